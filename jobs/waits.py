"""How long one kind of a listing's changes is held back. A wait is its kind's own: a refused price never holds back stock."""

from datetime import datetime, timedelta
from enum import StrEnum

from connectors.errors import MarketplaceError
from models import Listing, ListingWait

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
REFUSED_FOR = timedelta(days=1)


class Kind(StrEnum):
    """What can wait by itself. A create waits as content: without it there are no figures to send."""

    CONTENT = "content"
    PRICE = "price"
    STOCK = "stock"
    ON_OFF = "on_off"


def is_held(listing: Listing, kind: Kind, now: datetime) -> bool:
    """Whether this kind of change has to wait. A refusal holds back the refused figure alone: a mended one may go at once."""
    wait = listing.waits.get(kind)
    if wait is None or wait.next_try_at <= now:
        return False
    return wait.refused_figure is None or wait.refused_figure == figure(listing, kind)


def figure(listing: Listing, kind: Kind) -> int | None:
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


def back_off(listing: Listing, kind: Kind, now: datetime, err: MarketplaceError) -> None:
    """Try again later: twice as long each time, at most six hours, never sooner than the marketplace says."""
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
