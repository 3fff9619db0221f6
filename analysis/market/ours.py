"""Our own listings around a period: what was ordered of each, what of that stayed sold, and the ratings its faces showed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.revenue import NOT_REVENUE, pieces
from models import Listing, Observation, OrderLine, SalesOrder, Shop, WatchedPage

COMES_BACK = timedelta(days=10)  # what was sold so long ago is cancelled or returned by now, or kept
LONGEST_WAIT = timedelta(days=14)  # from an order to its rating: pieces so far before the period are looked at too


@dataclass(frozen=True)
class Sale:
    """Pieces of one order line: ordered, and of them kept."""

    at: datetime
    ordered: int
    kept: int


@dataclass
class Ours:
    """One listing. `ratings`: how many there were ever, at each reading of the period that says so."""

    listing_id: int
    site: str
    sales: list[Sale] = field(default_factory=list)
    ratings: list[tuple[datetime, int]] = field(default_factory=list)


def load_ours(session: Session, period: Period) -> dict[int, Ours]:
    """Every listing of ours, by its id; sales oldest first, those of the wait before the period and some days after it too."""
    places = session.execute(select(Listing.id, Shop.marketplace).join(Shop, Listing.shop_id == Shop.id))
    ours = {listing_id: Ours(listing_id, site) for listing_id, site in places}
    for listing_id, sale in _sales(session, period):
        ours[listing_id].sales.append(sale)
    for listing_id, readings in _ratings(session, period).items():
        ours[listing_id].ratings.extend(readings)
    return ours


def _sales(session: Session, period: Period) -> Iterator[tuple[int, Sale]]:
    kept = case((SalesOrder.state.in_(NOT_REVENUE), 0), else_=pieces())
    query = (
        select(Listing.id, SalesOrder.placed_at, OrderLine.quantity, func.coalesce(kept, 0))
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .join(Listing, (Listing.shop_id == SalesOrder.shop_id) & (Listing.variant_id == OrderLine.variant_id))
        .where(SalesOrder.placed_at >= period.start - LONGEST_WAIT, SalesOrder.placed_at < period.end + COMES_BACK)
        .order_by(SalesOrder.placed_at)
    )
    for listing_id, at, ordered, stayed in session.execute(query):
        yield listing_id, Sale(at, ordered, stayed)


def _ratings(session: Session, period: Period) -> dict[int, list[tuple[datetime, int]]]:
    """Of the first face of each listing that shows any: two faces of one listing count the same buyers."""
    query = (
        select(WatchedPage.listing_id, WatchedPage.id, Observation.seen_at, Observation.rating_count)
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .where(
            WatchedPage.listing_id.is_not(None),
            Observation.rating_count.is_not(None),
            Observation.seen_at >= period.start,
            Observation.seen_at < period.end,
        )
        .order_by(WatchedPage.id, Observation.seen_at)
    )
    face: dict[int, int] = {}
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = cast("Iterable[tuple[int, int, datetime, int]]", session.execute(query))  # none of them is None: see above
    for listing_id, page_id, seen_at, count in rows:
        if face.setdefault(listing_id, page_id) == page_id:
            found[listing_id].append((seen_at, count))
    return found
