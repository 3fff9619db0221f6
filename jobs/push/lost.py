"""Creates whose answer was lost, found again by SKU before anything is sent twice."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from connectors.errors import TransientError
from connectors.facts.listing import ListingState, ReportedListing
from jobs.plan import HELD
from jobs.push.context import Push
from jobs.push.held import hold
from jobs.push.outcome import record
from jobs.waits import Kind, settled
from models import Listing, PushAttempt, Variant


def resolve_lost_creates(push: Push) -> None:
    """Look up by SKU what an earlier run sent without hearing the answer: adopt what is there, free what is not."""
    with push.run.app.database.session() as session:
        lost = session.execute(_lost(push)).all()
    for listing_id, attempt_id, sku in lost:
        push.run.check()
        try:
            found = push.connector.find(sku)
        except TransientError:
            push.done["cannot_tell_yet"] += 1  # stays marked: the next run asks again, nothing is sent meanwhile
            continue
        with push.run.app.database.write() as session:
            listing, attempt = session.get_one(Listing, listing_id), session.get_one(PushAttempt, attempt_id)
            _resolve(push, session, listing, attempt, found)


def _lost(push: Push) -> Select[int, int, str]:
    settled = push.run.app.now() - push.run.app.settle_after
    return (
        select(Listing.id, PushAttempt.id, Variant.sku)
        .join(PushAttempt, PushAttempt.listing_id == Listing.id)
        .join(Variant, Listing.variant_id == Variant.id)
        .where(
            Listing.shop_id == push.shop.id,
            PushAttempt.state.in_(("in_flight", "unknown")),
            PushAttempt.started_at <= settled,
        )
        .order_by(PushAttempt.id)
    )


def _is_there(found: ReportedListing) -> bool:
    """A refused create that became no listing leaves nothing there; one that did is ours, refused as it is."""
    if found.state is ListingState.REJECTED:
        return found.external_id is not None
    return found.state is not ListingState.DELETED


def _resolve(
    push: Push, session: Session, listing: Listing, attempt: PushAttempt, found: ReportedListing | None
) -> None:
    now = push.run.app.now()
    attempt.finished_at = now
    if found is None or not _is_there(found):
        attempt.state, listing.must_look_up = "refused", False
        record(session, listing, now, "lookup", found=False)
        return
    attempt.state = "done"
    listing.external_id, listing.external_variant_id = found.external_id, found.variant_id
    listing.tracking_id = found.tracking_id
    listing.sent_wanted, listing.sent_hash = found.state is not ListingState.HIDDEN, attempt.payload_hash
    listing.sent_price_vnd = attempt.price_vnd if found.price_vnd is None else found.price_vnd
    listing.sent_stock = attempt.stock  # not what is left there: orders still to be pulled will be taken off it
    listing.reported_state, listing.reported_raw_state, listing.reported_at = found.state, found.raw_state, now
    listing.must_look_up, listing.sent_at = False, now
    settled(listing, Kind.CONTENT)
    record(session, listing, now, "lookup", found=True, external_id=found.external_id)
    if found.state in HELD:
        hold(push, session, listing, found)
    push.done["found_again"] += 1
