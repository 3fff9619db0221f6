"""What our own listings teach: with and without a public counter, with ratings that come days after their orders."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from analysis.market.calibration import BELIEVED_KEPT, TRUSTED_PIECES, Calibration
from analysis.market.counter import Reading
from analysis.market.habits import Habit, habit
from analysis.market.ours import Ours, Sale
from analysis.market.own import Lessons
from analysis.market.series import Series
from tests.analysis.books import local, period

OCTOBER = period(date(2026, 10, 1), date(2026, 10, 31))
WAIT_DAYS = 6


def opened(listing_id: int = 1, site: str = "tiki", *, rated: bool = True, kept_until: int = 31) -> Ours:
    """Opened on the first: four pieces a day, two of them rated six days later; those after `kept_until` were all returned."""
    sales = [Sale(local(10, day, 12), 4, 4 if day <= kept_until else 0) for day in range(1, 32)]
    readings = [(local(10, day, 23), 2 * max(0, day - WAIT_DAYS)) for day in range(1, 32)]
    return Ours(listing_id, site, sales, readings if rated else [])


def taught(*ours: Ours, series: tuple[Series, ...] = ()) -> Lessons:
    known: Mapping[int, Ours] = {one.listing_id: one for one in ours}
    return Lessons(known, series, OCTOBER)


def test_ratings_are_held_against_the_pieces_they_are_of() -> None:
    """Half of all pieces are rated, six days later: a shop's first month still says a half, not two fifths."""
    assert habit([opened()], OCTOBER) == Habit(0.5, 50)


def test_too_few_ratings_are_no_habit() -> None:
    """A listing that shows none, and one read once."""
    once = Ours(2, "tiki", opened().sales, [(local(10, 31), 50)])
    assert habit([opened(rated=False), once], OCTOBER) is None


def test_a_counter_is_not_needed_to_teach() -> None:
    """Where no page of ours shows a counter, the orders say how many pieces stay sold and how unevenly they come."""
    known = taught(opened()).of("tiki")
    even = (
        20 * 2.5 / (31 * 4 + 20 - 2 * 4)
    )  # the same every day; the days of the first and the last order are not whole
    assert known.dispersion == pytest.approx(max(even, 1.05))
    assert known.listings == 1
    assert known.habit == Habit(0.5, 50)


def test_what_may_still_come_back_says_nothing_of_what_is_kept() -> None:
    """Everything ordered since the 22nd was returned at once; of earlier orders, nothing: the share kept is of those alone."""
    known = taught(opened(kept_until=21)).of("tiki")
    assert known.lost == pytest.approx(TRUSTED_PIECES * (1 - BELIEVED_KEPT))
    assert known.kept == pytest.approx(TRUSTED_PIECES * BELIEVED_KEPT + 20 * 4 / known.dispersion)


def test_a_counter_that_counts_more_than_was_ordered_is_believed() -> None:
    """Twice as many pieces counted as ordered: of what such a counter says, half is kept."""
    counter = Series("tiki", "https://tiki.vn/a", "", 1)
    counter.readings = [Reading(local(10, day, 23), 8 * day, 8 * day) for day in range(1, 32)]
    known = taught(opened(), series=(counter,)).of("tiki")
    assert known.lost == pytest.approx(TRUSTED_PIECES * (1 - BELIEVED_KEPT) + 19 * 4 / known.dispersion)


def test_who_rates_is_learnt_elsewhere_where_nobody_shows_it_here() -> None:
    """A marketplace without ratings of ours borrows the habit of all; what is kept is its own."""
    lessons = taught(opened(1, "tiki"), opened(2, "lazada", rated=False))
    assert lessons.of("lazada").habit == Habit(0.5, 50)
    assert lessons.of("lazada", without=[2]) == Calibration(habit=Habit(0.5, 50))
    assert lessons.of("lazada", without=[1, 2]) == Calibration()


def test_a_strangers_habit_may_differ() -> None:
    """However many ratings were seen, another shop's buyers may give three tenths more or less; few ratings add their own doubt."""
    assert Habit(0.2, 10**9).unsure == pytest.approx(0.3)
    assert Habit(0.2, 25).unsure == pytest.approx((0.09 + 0.04) ** 0.5)


def test_the_whole_month_is_sure_once_ten_days_have_passed() -> None:
    """A report of October made in November knows what became of all of October."""
    ours = opened()
    ours.sales += [Sale(local(11, 1, 12) + timedelta(days=day), 4, 4) for day in range(10)]
    known = taught(ours).of("tiki")
    assert known.kept == pytest.approx(TRUSTED_PIECES * BELIEVED_KEPT + 30 * 4 / known.dispersion)
