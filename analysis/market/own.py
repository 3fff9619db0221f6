"""Our own listings beside their orders: what a counter's pieces are worth, and how wrong an estimate is."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean, median

from sqlalchemy.orm import Session

from analysis.market.calibration import Calibration, OwnListing, calibrate
from analysis.market.counter import Reading
from analysis.market.estimate import Estimate, estimate
from analysis.market.habits import habit
from analysis.market.ours import COMES_BACK, Ours, Sale, load_ours
from analysis.market.series import Series
from analysis.report import Period

MONTH = timedelta(days=30)
SELLS_WELL = 30  # pieces a month: errors are told of such listings


@dataclass(frozen=True)
class Check:
    """Estimates of our own listings against their orders, each calibrated without itself. None: no listing to say it of."""

    listings: int
    coverage_90: float | None
    selling_well: int
    median_abs_error: float | None
    mean_abs_error: float | None

    def as_dict(self) -> dict[str, object]:
        return {
            "listings": self.listings,
            "coverage_90": self.coverage_90,
            "listings_30_a_month": self.selling_well,
            "median_abs_error_30_a_month": self.median_abs_error,
        }


class Lessons:
    """What our own listings teach about each marketplace, with all of them or without some."""

    def __init__(self, ours: Mapping[int, Ours], series: Sequence[Series], period: Period) -> None:
        self._ours, self._period = ours, period
        self._counters = {one.listing_id: one.readings for one in series if one.listing_id is not None}

    def of(self, site: str, without: Collection[int] = ()) -> Calibration:
        """Buyers' habit of rating is taken from everywhere where the marketplace's own buyers gave too few."""
        ours = [one for one in self._ours.values() if one.listing_id not in without]
        here = [one for one in ours if one.site == site]
        rated = habit(here, self._period) or habit(ours, self._period)
        return calibrate(self._facts([one for one in here if one.sales]), rated)

    def check(self, series: Sequence[Series]) -> tuple[Check, list[tuple[Series, Estimate, int]]]:
        """Of one site's series: every other listing of ours is tested on what the rest teaches, then the other way round."""
        own = {one.listing_id: one for one in series if one.listing_id is not None}
        tested: list[tuple[Series, Estimate, int]] = []
        for half in (0, 1):
            left_out = list(own)[half::2]
            known = self.of(series[0].site, left_out)
            for listing_id in left_out:
                one = own[listing_id]
                made = estimate(one.readings, self._period.start, self._period.end, known, one.seed)
                if made is not None:
                    sold = self._ours[listing_id].sales
                    kept = sum(sale.kept for sale in sold if made.first <= sale.at < made.last)
                    tested.append((one, made, kept))
        return scored([(made, truth) for _, made, truth in tested]), tested

    def _facts(self, ours: Sequence[Ours]) -> list[OwnListing]:
        read_until = max((one.sales[-1].at for one in ours), default=self._period.start)
        return [self._fact(one, read_until) for one in ours]

    def _fact(self, one: Ours, read_until: datetime) -> OwnListing:
        """By its exact counter where it has one, else from its first order on."""
        end, sure = min(read_until, self._period.end), min(read_until - COMES_BACK, self._period.end)
        exact = _exact(self._counters.get(one.listing_id, ()), self._period.start, sure)
        first, last = (exact[0].at, exact[-1].at) if exact else (one.sales[0].at, sure)
        sold = [sale for sale in one.sales if first < sale.at <= last]
        counted = exact[-1].lo - exact[0].lo if exact else sum(sale.ordered for sale in sold)
        return OwnListing(counted, sum(sale.kept for sale in sold), _daily(one.sales, first, end, self._period))


def lessons(session: Session, series: Sequence[Series], period: Period) -> Lessons:
    return Lessons(load_ours(session, period), series, period)


def scored(tested: Sequence[tuple[Estimate, int]]) -> Check:
    """How often the band holds the truth, and how far the point lies from it where at least 30 pieces a month were sold."""
    held = [made.units_band.lo <= truth <= made.units_band.hi for made, truth in tested]
    errors = [
        abs(made.units_band.point - truth) / truth
        for made, truth in tested
        if truth >= SELLS_WELL * ((made.last - made.first) / MONTH) and truth
    ]
    coverage, middle, average = (
        of(values) if values else None for of, values in ((mean, held), (median, errors), (mean, errors))
    )
    return Check(len(tested), coverage, len(errors), middle, average)


def _exact(readings: Sequence[Reading], start: datetime, end: datetime) -> list[Reading]:
    """Its exact readings of that time; none where the counter fell."""
    exact = [one for one in readings if one.lo == one.hi and start <= one.at <= end]
    return exact if len(exact) > 1 and exact[-1].lo >= exact[0].lo else []


def _daily(sold: Sequence[Sale], first: datetime, last: datetime, period: Period) -> list[int]:
    """Pieces of every local day that lies wholly between the two moments."""
    begin, end = (at.astimezone(period.zone).date() for at in (first, last))
    days: Counter[date] = Counter()
    for sale in sold:
        days[sale.at.astimezone(period.zone).date()] += sale.ordered
    return [days[begin + timedelta(days=number)] for number in range(1, (end - begin).days)]
