"""Our own listings seen from outside, beside their orders: what a counter's pieces are worth, and how wrong an estimate is."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean, median

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from analysis.market.calibration import Calibration, OwnListing, calibrate
from analysis.market.estimate import Estimate, estimate
from analysis.market.series import Series
from analysis.report import Period
from analysis.revenue import NOT_REVENUE, pieces
from models import Listing, OrderLine, SalesOrder

MONTH = timedelta(days=30)
SELLS_WELL = 30  # pieces a month: errors are told of such listings


@dataclass(frozen=True)
class Sale:
    """Pieces of one order line: ordered, and of them kept."""

    at: datetime
    ordered: int
    kept: int


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


Sales = Mapping[int, Sequence[Sale]]  # by listing


def load_sales(session: Session, series: Sequence[Series]) -> Sales:
    """What was ordered of our watched listings since the first reading."""
    ours = {one.listing_id for one in series if one.listing_id is not None}
    if not ours:
        return {}
    since = min(one.readings[0].at for one in series)
    kept = case((SalesOrder.state.in_(NOT_REVENUE), 0), else_=pieces())
    query = (
        select(Listing.id, SalesOrder.placed_at, OrderLine.quantity, func.coalesce(kept, 0))
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .join(Listing, (Listing.shop_id == SalesOrder.shop_id) & (Listing.variant_id == OrderLine.variant_id))
        .where(SalesOrder.placed_at >= since)
        .order_by(SalesOrder.placed_at)
    )
    sales: dict[int, list[Sale]] = defaultdict(list)
    for listing_id, at, ordered, stayed in session.execute(query):
        if listing_id in ours:
            sales[listing_id].append(Sale(at, ordered, stayed))
    return sales


def calibrated(series: Sequence[Series], sales: Sales, period: Period) -> Calibration:
    """From our listings of one marketplace whose counter was exact."""
    facts = [_own_listing(one, sales, period) for one in series if one.listing_id is not None]
    return calibrate([fact for fact in facts if fact is not None])


def check(series: Sequence[Series], sales: Sales, period: Period) -> tuple[Check, list[tuple[Series, Estimate, int]]]:
    """Every other listing teaches, the rest is tested, then the other way round; and each test with its truth."""
    own = [one for one in series if one.listing_id is not None]
    tested: list[tuple[Series, Estimate, int]] = []
    for half in (0, 1):
        known = calibrated(own[half::2], sales, period)
        for one in own[1 - half :: 2]:
            made = estimate(one.readings, period.start, period.end, known, one.seed)
            if made is not None:
                tested.append((one, made, _kept(sales.get(one.listing_id or 0, ()), made.first, made.last)))
    return scored([(made, truth) for _, made, truth in tested]), tested


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


def _own_listing(series: Series, sales: Sales, period: Period) -> OwnListing | None:
    exact = [one for one in series.readings if one.lo == one.hi and period.start <= one.at <= period.end]
    if not exact or exact[-1].lo < exact[0].lo:
        return None
    first, last = exact[0], exact[-1]
    sold = [sale for sale in sales.get(series.listing_id or 0, ()) if first.at < sale.at <= last.at]
    rated = None if first.ratings is None or last.ratings is None else last.ratings - first.ratings
    return OwnListing(
        last.lo - first.lo, sum(sale.kept for sale in sold), _daily(sold, first.at, last.at, period), rated
    )


def _daily(sold: Sequence[Sale], first: datetime, last: datetime, period: Period) -> list[int]:
    """Pieces of every local day that lies wholly between the two readings."""
    begin, end = (at.astimezone(period.zone).date() for at in (first, last))
    days: Counter[date] = Counter()
    for sale in sold:
        days[sale.at.astimezone(period.zone).date()] += sale.ordered
    return [days[begin + timedelta(days=number)] for number in range(1, (end - begin).days)]


def _kept(sold: Sequence[Sale], first: datetime, last: datetime) -> int:
    return sum(sale.kept for sale in sold if first <= sale.at < last)
