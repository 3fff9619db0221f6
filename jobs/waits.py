"""How long one kind of a listing's changes is held back. A wait is its kind's own: a refused price never holds back stock."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from connectors.errors import MarketplaceError
from connectors.facts.listing import RowOutcome
from jobs.records import AnyRow
from models import Listing, ListingWait, Shop

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
REFUSED_FOR = timedelta(days=1)


class Kind(StrEnum):
    """What can wait by itself. A create waits as content: without it there are no figures to send."""

    CONTENT = "content"
    PRICE = "price"
    STOCK = "stock"
    ON_OFF = "on_off"


Waits = Mapping[
    tuple[int, str], int | None
]  # by listing and kind: the only figure that waits, None for whatever is wanted


def waiting(session: Session, shop: Shop, now: datetime) -> Waits:
    """Everything of a shop that has to wait now."""
    columns = ListingWait.listing_id, ListingWait.kind, ListingWait.refused_figure
    query = select(*columns).join(Listing, ListingWait.listing_id == Listing.id)
    held = query.where(Listing.shop_id == shop.id, ListingWait.next_try_at > now)
    return {(listing_id, kind): refused for listing_id, kind, refused in session.execute(held)}


def is_held(listing: Listing | AnyRow, kind: Kind, waits: Waits) -> bool:
    """Whether this kind of change has to wait. A refusal holds back the refused figure alone: a mended one may go at once."""
    key = listing.id, kind.value
    return key in waits and waits[key] in {None, figure(listing, kind)}


def figure(listing: Listing | AnyRow, kind: Kind) -> int | None:
    """What is wanted of this kind, as a number. None: it is words, or there is none."""
    match kind:
        case Kind.PRICE:
            return listing.intended_price_vnd
        case Kind.STOCK:
            return listing.intended_stock
        case Kind.ON_OFF:
            return int(listing.wanted)
        case Kind.CONTENT:
            return None


def back_off(listing: Listing, kind: Kind, now: datetime, err: MarketplaceError | RowOutcome) -> None:
    """Nothing is wrong with it: try again later, twice as long each time, at most six hours, never sooner than the marketplace says."""
    attempts = listing.waits[kind].attempts if kind in listing.waits else 0
    wait = min(FIRST_WAIT * 2 ** min(attempts, 10), LONGEST_WAIT)
    until = now + max(wait, timedelta(seconds=err.retry_after_s or 0))
    listing.waits[kind] = ListingWait(
        kind=kind, attempts=attempts + 1, next_try_at=until, refused_figure=None, code=err.code
    )
    listing.last_code, listing.last_error = err.code, err.reason


def refuse(listing: Listing, kind: Kind, now: datetime, code: str, refused: int | None) -> None:
    """The same figure is not worth sending before tomorrow."""
    listing.waits[kind] = ListingWait(
        kind=kind, attempts=0, next_try_at=now + REFUSED_FOR, refused_figure=refused, code=code
    )


def settled(listing: Listing, kind: Kind) -> None:
    """A change of this kind was taken. What is still refused or waiting keeps its reason."""
    listing.waits.pop(kind, None)
    is_refused = listing.refused_hash is not None and listing.refused_hash == listing.intended_hash
    if not listing.waits and not is_refused:
        listing.last_code = listing.last_error = None


def all_settled(session: Session, listing_ids: Sequence[int], kind: Kind) -> None:
    """The same for many listings at once."""
    these = Listing.id.in_(listing_ids)
    session.execute(delete(ListingWait).where(ListingWait.listing_id.in_(listing_ids), ListingWait.kind == kind))
    is_fine = or_(Listing.refused_hash.is_(None), Listing.refused_hash.is_distinct_from(Listing.intended_hash))
    over = Listing.last_error.is_not(None), ~Listing.waits.any(), is_fine
    mended = update(Listing).where(these, *over).values(last_code=None, last_error=None)
    session.execute(mended.execution_options(synchronize_session=False))
