"""What an answer does to a listing's row: kept, refused until it changes, or tried again later."""

import json
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from connectors.base import ListingRef
from connectors.errors import MarketplaceError, RejectedError
from jobs.plan import Action
from jobs.push.context import Push
from jobs.push.mended import refusal_key
from jobs.trouble import what_to_do
from models import Listing, ListingEvent
from models.runs_store import report_problem

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


def reference(listing: Listing) -> ListingRef:
    """How the marketplace names a listing that it already has."""
    if listing.external_id is None:
        raise AssertionError(f"listing {listing.id} has no marketplace id yet")
    return ListingRef(sku=listing.variant.sku, external_id=listing.external_id, variant_id=listing.external_variant_id)


def record(session: Session, listing: Listing, now: datetime, kind: str, **detail: object) -> None:
    """One append-only line of what happened to a listing."""
    session.add(ListingEvent(listing_id=listing.id, at=now, kind=kind, detail=json.dumps(detail, ensure_ascii=False)))


def back_off(listing: Listing, now: datetime, err: MarketplaceError) -> None:
    """Try again later: twice as long each time, at most six hours, never sooner than the marketplace says."""
    wait = min(FIRST_WAIT * 2 ** min(listing.attempts, 10), LONGEST_WAIT)
    asked = timedelta(seconds=err.retry_after_s or 0)
    listing.attempts += 1
    listing.next_try_at = now + max(wait, asked)
    listing.last_code, listing.last_error = err.code, err.reason


def settled(listing: Listing) -> None:
    """Something was taken: nothing waits any more. Words that are still refused keep their reason."""
    listing.attempts, listing.next_try_at = 0, None
    if listing.refused_hash is None or listing.refused_hash != listing.intended_hash:
        listing.last_code = listing.last_error = None


def refuse_content(
    push: Push, session: Session, listing: Listing, action: Action, code: str, reason: str, *, content: str | None
) -> None:
    """Understood and refused: `content` (its hash, as it was sent) goes out no more; what the register wants by now may."""
    listing.refused_hash = content
    _tell(push, session, listing, action, code, reason)


def refuse_figure(push: Push, session: Session, listing: Listing, action: Action, code: str, reason: str) -> None:
    """The same figure is not worth sending before tomorrow."""
    listing.next_try_at = push.run.app.now() + timedelta(days=1)
    _tell(push, session, listing, action, code, reason)


def _tell(push: Push, session: Session, listing: Listing, action: Action, code: str, reason: str) -> None:
    """Shown to a person once, in the marketplace's words."""
    now = push.run.app.now()
    listing.last_code, listing.last_error = code, reason
    todo = what_to_do(RejectedError(reason))
    sku, product = listing.variant.sku, listing.variant.product.name
    record(session, listing, now, "refused", action=action.value, code=code, reason=reason)
    push.rejected.append({"sku": sku, "shop": push.shop.name, "code": code, "reason": reason, "what_to_do": todo})
    sentence = f"{push.connector.title} từ chối «{product}» ({sku}) ở gian hàng «{push.shop.name}»: {reason}. {todo}"
    key = refusal_key(push.shop.name, sku, code)
    report_problem(session, key, sentence, now, shop=push.shop.name, sku=sku, code=code)
