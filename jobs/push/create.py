"""New listings, each written to the outbox before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.listing import Listing as IntendedListing
from connectors.base import ListingState, Pushed
from connectors.errors import MarketplaceError, OutcomeUnknownError, RejectedError, TransientError
from jobs.intend import intended_listing, load_listings
from jobs.plan import Action, Change
from jobs.push.context import Push
from jobs.push.outcome import record, refuse_content
from jobs.waits import Kind, back_off, settled
from models import Listing, PushAttempt

Row = TypeVar("Row", Listing, PushAttempt)

CHUNK = 50  # creates written down together: a crash leaves at most so many to look up by SKU


@dataclass(frozen=True)
class Sent:
    """One create and what came of it."""

    listing_id: int
    attempt_id: int
    wanted: IntendedListing
    answer: Pushed | MarketplaceError


def create_listings(push: Push, changes: Sequence[Change]) -> None:
    """Create what is missing, chunk by chunk. Stops at the first error that concerns the shop as a whole."""
    for start in range(0, len(changes), CHUNK):
        push.run.check()
        intents = _write_down(push, changes[start : start + CHUNK])
        sent = []
        for listing_id, attempt_id, wanted in intents:
            sent.append(Sent(listing_id, attempt_id, wanted, _send(push, wanted)))
            if _ends_the_run(sent[-1].answer):
                break
        _keep(push, intents, sent)


def _write_down(push: Push, changes: Sequence[Change]) -> list[tuple[int, int, IntendedListing]]:
    with push.run.app.database.write() as session:
        intents = []
        for listing in load_listings(session, [change.listing_id for change in changes]):
            listing.must_look_up = True  # until an answer says otherwise: no other run may create it meanwhile
            wanted = intended_listing(listing, push.today)
            attempt = PushAttempt(
                listing_id=listing.id,
                action="create",
                payload_hash=wanted.content_hash(),
                price_vnd=wanted.price_vnd,
                stock=wanted.stock,
                fence=push.run.fence,
                state="in_flight",
                started_at=push.run.app.now(),
            )
            session.add(attempt)
            intents.append((listing.id, attempt, wanted))
        session.flush()
        return [(listing_id, attempt.id, wanted) for listing_id, attempt, wanted in intents]


def _send(push: Push, wanted: IntendedListing) -> Pushed | MarketplaceError:
    try:
        return push.connector.push_new(wanted)
    except MarketplaceError as err:
        return err


def _ends_the_run(answer: Pushed | MarketplaceError) -> bool:
    """Refused, unknown and passing faults concern one listing; a login or an answer we cannot read concerns all."""
    return isinstance(answer, MarketplaceError) and not isinstance(
        answer, RejectedError | OutcomeUnknownError | TransientError
    )


def _keep(push: Push, intents: Sequence[tuple[int, int, IntendedListing]], sent: Sequence[Sent]) -> None:
    with push.run.app.database.write() as session:
        listings = _by_id(session, Listing, [listing_id for listing_id, _, _ in intents])
        attempts = _by_id(session, PushAttempt, [attempt_id for _, attempt_id, _ in intents])
        for one in sent:
            _keep_one(push, session, listings[one.listing_id], attempts[one.attempt_id], one)
        for listing_id, attempt_id, _ in intents[len(sent) :]:  # written down but never sent
            listings[listing_id].must_look_up = False
            session.delete(attempts[attempt_id])
    if sent and isinstance(last := sent[-1].answer, MarketplaceError) and _ends_the_run(last):
        raise last


def _by_id(session: Session, kind: type[Row], ids: Sequence[int]) -> dict[int, Row]:
    return {row.id: row for row in session.scalars(select(kind).where(kind.id.in_(ids)))}


def _keep_one(push: Push, session: Session, listing: Listing, attempt: PushAttempt, sent: Sent) -> None:
    now = push.run.app.now()
    attempt.finished_at = now
    listing.must_look_up = isinstance(sent.answer, OutcomeUnknownError)
    match sent.answer:
        case Pushed():
            attempt.state = "done"
            adopt(listing, sent.wanted, sent.answer.external_id, sent.answer.variant_id, sent.answer.tracking_id)
            listing.reported_state = ListingState.PENDING if sent.answer.tracking_id else ListingState.LIVE
            listing.sent_at = now
            record(
                session,
                listing,
                now,
                "created",
                external_id=sent.answer.external_id,
                tracking_id=sent.answer.tracking_id,
            )
            push.done["create"] += 1
        case RejectedError() as err:
            attempt.state, attempt.code = "refused", err.code
            refuse_content(push, session, listing, Action.CREATE, err.code, err.reason, content=attempt.payload_hash)
        case OutcomeUnknownError() as err:
            attempt.state, attempt.code = "unknown", err.code
            record(session, listing, now, "unknown", code=err.code)
        case MarketplaceError() as err:
            attempt.state, attempt.code = "refused", err.code
            back_off(listing, Kind.CONTENT, now, err)


def adopt(
    listing: Listing, wanted: IntendedListing, external_id: str | None, variant_id: str | None, tracking_id: str | None
) -> None:
    """The marketplace has this listing as `wanted`."""
    listing.external_id, listing.external_variant_id, listing.tracking_id = external_id, variant_id, tracking_id
    listing.sent_wanted, listing.sent_hash = True, wanted.content_hash()
    listing.sent_price_vnd, listing.sent_stock = wanted.price_vnd, wanted.stock
    listing.must_look_up, listing.refused_hash = False, None
    settled(listing, Kind.CONTENT)
