"""What a counter says over time: an interval each time, tighter together than alone."""

from datetime import timedelta

from analysis.market.counter import Reading, rising_runs, telling, tightened
from tests.analysis.market.sellers import START


def readings(*shown: tuple[int, int | None]) -> list[Reading]:
    """One a day."""
    return [Reading(START + timedelta(days=day), lo, hi) for day, (lo, hi) in enumerate(shown)]


def bounds(found: list[Reading]) -> list[tuple[int, int | None]]:
    return [(reading.lo, reading.hi) for reading in found]


def test_readings_tighten_each_other() -> None:
    """A counter does not go back: an exact reading before lifts the low ends after it, one later lowers the high ends before it."""
    found = tightened(readings((1200, 1299), (1250, 1250), (1200, 1299), (1280, 1280), (1200, 1299)))
    assert bounds(found) == [(1200, 1250), (1250, 1250), (1250, 1280), (1280, 1280), (1280, 1299)]


def test_the_moment_of_a_flip_is_information() -> None:
    """Between 1,2k and 1,3k the counter stood at no more than 1299 and then at no less than 1300."""
    assert bounds(tightened(readings((1200, 1299), (1300, 1399)))) == [(1200, 1299), (1300, 1399)]


def test_a_cap_is_open_until_a_later_reading_bounds_it() -> None:
    """5k+ says nothing of how many more; once the page shows 7 312 again, what went before was at most that."""
    assert bounds(tightened(readings((5000, None), (7312, 7312), (9999, None)))) == [
        (5000, 7312),
        (7312, 7312),
        (9999, None),
    ]


def test_a_counter_that_falls_begins_a_new_run() -> None:
    """A listing put up anew counts from the start: nothing before it bounds what comes after. A text that only may have fallen does not."""
    runs = rising_runs(readings((1200, 1299), (1300, 1399), (40, 40), (41, 41)))
    assert [bounds(run) for run in runs] == [[(1200, 1299), (1300, 1399)], [(40, 40), (41, 41)]]
    assert len(rising_runs(readings((1250, 1250), (1200, 1299)))) == 1


def test_only_readings_that_say_something_are_kept() -> None:
    """Of days that read the same, the first and the last."""
    same = readings(*[(1200, 1299)] * 5, *[(1300, 1399)] * 3)
    assert [(reading.at - START).days for reading in telling(same)] == [0, 4, 5, 7]
