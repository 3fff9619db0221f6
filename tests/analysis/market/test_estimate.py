"""An estimate holds what it says: exact where the counter is, wide where it says little, right nine times of ten."""

from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analysis.market.calibration import Calibration, OwnListing, calibrate
from analysis.market.counter import Reading
from analysis.market.estimate import Band, Estimate, estimate
from analysis.market.habits import Habit
from analysis.market.own import scored
from analysis.market.process import chances, moves
from tests.analysis.market.sellers import (
    DAYS,
    KEPT,
    RATED,
    START,
    Seller,
    Shown,
    exactly,
    in_hundreds,
    in_thousands,
    sell,
)

END = START + timedelta(days=DAYS)
NOTHING_LOST = Calibration(dispersion=2.0, kept=1e9, lost=1e-3)
LEARNT = Calibration(dispersion=2.0, kept=1000 * KEPT, lost=1000 * (1 - KEPT), habit=Habit(RATED * KEPT / 1.53, 1000))
RATES = (1.2, 3.0, 8.0, 20.0)  # pieces a day
SEEDS = range(1000, 1010)  # ten worlds that no constant was chosen on


def read(day: float, lo: int, hi: int | None = None, price_vnd: int | None = 100_000) -> Reading:
    return Reading(START + timedelta(days=day), lo, lo if hi is None else hi, price_vnd)


def made(*readings: Reading, known: Calibration = NOTHING_LOST) -> Estimate:
    found = estimate(readings, START, END, known, 1)
    assert found is not None
    return found


def test_exact_counters_give_exact_units_and_money() -> None:
    """Two exact readings at the edges, nothing lost: their difference, without any band."""
    found = made(read(0, 40), read(30, 100))
    assert found.units_band == Band(60, 60, 60)
    assert found.revenue_band_vnd == Band(6_000_000, 6_000_000, 6_000_000)
    assert found.oddities == ()


def test_units_cost_what_they_cost_at_the_time() -> None:
    """Twenty pieces at 100 000 and thirty at 80 000 are 4,4 million, whatever a piece costs at the end."""
    found = made(read(0, 0), read(10, 20), read(10.001, 20, price_vnd=80_000), read(30, 50, price_vnd=80_000))
    assert found.revenue_band_vnd == Band(4_400_000, 4_400_000, 4_400_000)


def test_a_page_without_a_price_has_no_revenue() -> None:
    """Units yes, đồng unknown: never 0."""
    assert made(read(0, 0, price_vnd=None), read(30, 9, price_vnd=None)).revenue_band_vnd is None


def test_what_counters_count_is_not_all_kept() -> None:
    """A tenth of the pieces of our own listings was cancelled or returned: so is a tenth of theirs, give or take what shops differ."""
    units = made(read(0, 0), read(30, 1000), known=Calibration(dispersion=2.0, kept=9e6, lost=1e6)).units_band
    assert 895 <= units.point <= 910
    assert 830 <= units.lo <= 850
    assert 940 <= units.hi <= 950


def test_a_cap_on_every_reading_is_no_estimate() -> None:
    """5k+ from the first day to the last says nothing, and one reading alone neither."""
    capped = [Reading(START + timedelta(days=day), 5000, None, 1000) for day in range(30)]
    assert estimate(capped, START, END, LEARNT, 1) is None
    assert estimate([read(3, 12)], START, END, LEARNT, 1) is None


def test_a_listing_put_up_anew_is_two_runs_and_a_gap() -> None:
    """600 pieces in ten days, then from nothing to 1200 in twenty: 1800, and what the day between may have sold on top."""
    found = made(read(0, 1000), read(9, 1540), read(10, 0), read(30, 1200))
    assert found.oddities == ("counter_fell",)
    assert 1770 <= found.units_band.point <= 1830


def test_a_rate_is_carried_on_for_three_days_and_no_further() -> None:
    """Readings of ten days say little about the other twenty, and the estimate says which days it is of."""
    found = made(read(10, 100), read(20, 200))
    assert (found.first, found.last) == (START + timedelta(days=7), START + timedelta(days=23))
    assert found.oddities == ("not_whole_period",)
    assert 150 <= found.units_band.point <= 170


def test_neighbours_outside_the_period_bound_it() -> None:
    """Ten pieces from two days before to two days after: at most ten inside, at least none."""
    units = made(read(-2, 100), read(32, 110)).units_band
    assert 0 <= units.lo <= units.point <= units.hi <= 10


def test_the_same_readings_give_the_same_draws() -> None:
    """A report made again says the same, to the đồng."""
    readings = sell(3, 8.0, 2_000, in_hundreds).readings
    first, second = (estimate(readings, START, END, LEARNT, 7) for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.units.tolist() == second.units.tolist()


@pytest.mark.parametrize("shown", [exactly, in_hundreds, in_thousands], ids=lambda shown: shown.__name__)
def test_nine_truths_of_ten_lie_in_the_band(shown: Shown) -> None:
    """On worlds not used in choosing anything: 88 to 95 of a hundred bands hold the truth, whatever the text hides."""
    check = scored(_tested(shown))
    assert check.listings == 240
    assert check.coverage_90 is not None
    assert 0.86 <= check.coverage_90 <= 0.96


def test_the_middle_is_within_a_tenth_of_the_truth() -> None:
    """Half of all listings that sell 30 pieces a month or more, behind exact and rounded counters alike, are off by a tenth at most."""
    check = scored([one for shown in (exactly, in_hundreds, in_thousands) for one in _tested(shown)])
    assert check.median_abs_error is not None
    assert check.median_abs_error <= 0.10


@cache
def _tested(shown: Shown) -> list[tuple[Estimate, int]]:
    return [(_estimated(seller), seller.kept) for seller in _sellers(shown)]


def _sellers(shown: Shown) -> list[Seller]:
    return [
        sell(100 * seed + number, rate, 1_000 + 317 * seed % 7_000 + 10 * number, shown)
        for seed in SEEDS
        for number, rate in enumerate(RATES * 6)
    ]


def _estimated(seller: Seller) -> Estimate:
    found = estimate(seller.readings, START, END, LEARNT, len(seller.sales))
    assert found is not None
    return found


def test_ratings_tell_a_slow_seller_from_a_quick_one() -> None:
    """Behind 3k for thirty days, sixty new ratings are some three hundred pieces, and none is next to nothing."""

    def behind(ratings: int) -> int:
        days = [Reading(START + timedelta(days=day), 3000, 3999, 1000, ratings * day // 30) for day in range(31)]
        return made(*days, known=LEARNT).units_band.point

    assert behind(0) < 30
    assert 250 < behind(60) < 400


def test_own_listings_teach_what_is_kept_and_how_unevenly() -> None:
    """A hundred pieces, seventy kept: the mean share lies between the belief and the fact, whose pieces count by whole orders."""
    habit = Habit(0.25, 25)
    few = calibrate([OwnListing(100, 70, [0, 8] * 12)], habit)
    spread = (96 * 16 * 24 / 23 / 4 + 20 * 2.5) / 116
    assert few.dispersion == pytest.approx(spread)
    assert few.kept == pytest.approx(18 + 70 / spread)
    assert few.lost == pytest.approx(2 + 30 / spread)
    assert (few.habit, few.listings) == (habit, 1)
    assert calibrate([OwnListing(49, 20, [1] * 49)]) == Calibration()


@settings(max_examples=60, deadline=None)
@given(mean=some.floats(0.01, 60), dispersion=some.floats(1.05, 6))
def test_chances_add_up_and_have_their_mean_and_variance(mean: float, dispersion: float) -> None:
    """A negative binomial count, whatever its mean and dispersion."""
    row = chances(np.array([mean]), dispersion, 2_000)[0]
    number = np.arange(2_001)
    assert row.sum() == pytest.approx(1, abs=1e-6)
    assert (row * number).sum() == pytest.approx(mean, rel=1e-3)
    assert (row * (number - mean) ** 2).sum() == pytest.approx(dispersion * mean, rel=1e-2)


@settings(max_examples=40, deadline=None)
@given(here=some.integers(1, 30), there=some.integers(1, 30), first=some.integers(-40, 40), mean=some.floats(0.1, 30))
def test_a_wide_cell_is_the_sum_of_its_counts(here: int, there: int, first: int, mean: float) -> None:
    """The quick way of adding up two cells' counts agrees with adding them one by one."""
    single = chances(np.array([mean]), 2.0, 200)[0]
    slow = sum(
        single[first + end - begin] for begin in range(here) for end in range(there) if 0 <= first + end - begin <= 200
    )
    assert moves(np.array([mean]), 2.0, first, 1, 1, (here, there))[0, 0] == pytest.approx(slow / here, abs=1e-9)
