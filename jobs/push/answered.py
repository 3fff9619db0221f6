"""What came of creates: the ones that were made are kept together, the others one by one, and never sent ones are freed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from connectors.base import ListingState, Pushed
from connectors.errors import MarketplaceError, OutcomeUnknownError, RejectedError
from jobs.intend import Intended
from jobs.placement import learn
from jobs.plan import Action
from jobs.push.context import Push
from jobs.push.outcome import event, record, refuse_content
from jobs.waits import Kind, back_off
from models import Listing, ListingEvent, ListingWait, PushAttempt

Answer = Pushed | MarketplaceError


class Create(NamedTuple):
    """One create as it was written down."""

    attempt_id: int
    wanted: Intended


def keep(push: Push, session: Session, answered: Sequence[tuple[Create, Answer | None]]) -> None:
    """None: it was not sent any more, and is as if it had never been written down."""
    if made := [(create, answer) for create, answer in answered if isinstance(answer, Pushed)]:
        _keep_made(push, session, made)
    for create, answer in answered:
        if isinstance(answer, MarketplaceError):
            _keep_failure(push, session, create, answer)
    if unsent := [create for create, answer in answered if answer is None]:
        session.execute(delete(PushAttempt).where(PushAttempt.id.in_([create.attempt_id for create in unsent])))
        mark(session, [create.wanted.listing_id for create in unsent], must_look_up=False)


def mark(session: Session, listing_ids: Sequence[int], *, must_look_up: bool) -> None:
    """A listing that must be looked up is created by nobody."""
    marked = update(Listing).where(Listing.id.in_(listing_ids)).values(must_look_up=must_look_up)
    session.execute(marked.execution_options(synchronize_session=False))


def _keep_made(push: Push, session: Session, made: Sequence[tuple[Create, Pushed]]) -> None:
    now = push.run.app.now()
    done = update(PushAttempt).where(PushAttempt.id.in_([create.attempt_id for create, _ in made]))
    session.execute(done.values(state="done", finished_at=now).execution_options(synchronize_session=False))
    session.execute(update(Listing), [_as_made(create.wanted, pushed, now) for create, pushed in made])
    session.execute(delete(ListingWait).where(ListingWait.listing_id.in_([one.wanted.listing_id for one, _ in made])))
    session.execute(insert(ListingEvent), [_told(create.wanted.listing_id, pushed, now) for create, pushed in made])
    push.done["create"] += len(made)


def _as_made(wanted: Intended, pushed: Pushed, now: datetime) -> dict[str, Any]:
    """The marketplace has this listing as it was wanted."""
    return {
        "id": wanted.listing_id,
        "external_id": pushed.external_id,
        "external_variant_id": pushed.variant_id,
        "tracking_id": pushed.tracking_id,
        "sent_wanted": True,
        "sent_hash": wanted.content_hash,
        "sent_price_vnd": wanted.listing.price_vnd,
        "sent_stock": wanted.listing.stock,
        "sent_at": now,
        "reported_state": ListingState.PENDING if pushed.tracking_id else ListingState.LIVE,
        "must_look_up": False,
        "refused_hash": None,
        "last_code": None,
        "last_error": None,
    }


def _told(listing_id: int, pushed: Pushed, now: datetime) -> dict[str, Any]:
    return event(listing_id, now, "created", external_id=pushed.external_id, tracking_id=pushed.tracking_id)


def _keep_failure(push: Push, session: Session, create: Create, err: MarketplaceError) -> None:
    now, listing = push.run.app.now(), session.get_one(Listing, create.wanted.listing_id)
    attempt = session.get_one(PushAttempt, create.attempt_id)
    attempt.finished_at, attempt.code, attempt.state = now, err.code, "refused"
    listing.must_look_up = isinstance(err, OutcomeUnknownError)
    match err:
        case RejectedError():
            refused = create.wanted.content_hash
            refuse_content(push, session, listing, Action.CREATE, err.code, err.reason, content=refused)
            learn(session, push.shop, create.wanted.listing.sub_group, err.missing)
        case OutcomeUnknownError():
            attempt.state = "unknown"
            record(session, listing, now, "unknown", code=err.code)
        case MarketplaceError():
            back_off(listing, Kind.CONTENT, now, err)
