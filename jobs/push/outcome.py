"""What an answer leaves behind besides the new state: a line of history, a refusal told to a person."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef
from jobs.plan import Action
from jobs.push.context import Push
from jobs.push.mended import refusal_key
from jobs.trouble import what_to_do
from models import Listing, ListingEvent
from models.runs_store import report_problem

EVENT = ("listing_id", "at", "kind", "detail")


def reference(listing: Listing) -> ListingRef:
    """How the marketplace names a listing that it already has."""
    if listing.external_id is None:
        raise AssertionError(f"listing {listing.id} has no marketplace id yet")
    return ListingRef(sku=listing.variant.sku, external_id=listing.external_id, variant_id=listing.external_variant_id)


def record(session: Session, listing: Listing, now: datetime, kind: str, **detail: object) -> None:
    """One append-only line of what happened to a listing."""
    session.add(ListingEvent(**dict(zip(EVENT, event(listing.id, now, kind, **detail), strict=True))))


def event(listing_id: int, now: datetime, kind: str, **detail: object) -> tuple[object, ...]:
    """Such a line as a row of the columns EVENT."""
    return listing_id, now, kind, json.dumps(detail, ensure_ascii=False)


def refuse_content(
    push: Push, session: Session, listing: Listing, action: Action, code: str, reason: str, *, content: str | None
) -> None:
    """Understood and refused: `content` (its hash, as it was sent) goes out no more; what the register wants by now may."""
    listing.refused_hash = content
    tell_refusal(push, session, listing, action, code, reason)


def tell_refusal(push: Push, session: Session, listing: Listing, action: Action, code: str, reason: str) -> None:
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
