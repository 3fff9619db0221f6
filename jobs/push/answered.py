"""What came of creates: the ones that were made are kept together, the others one by one, and never sent ones are freed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.orm import Session

from connectors.errors import MarketplaceError, OutcomeUnknownError, RejectedError
from connectors.facts.listing import ListingState, Pushed
from jobs.intend import Intended
from jobs.placement import learn
from jobs.plan import Action
from jobs.push.context import Push
from jobs.push.outcome import EVENT, event, record, refuse_content
from jobs.waits import Kind, back_off
from models import Listing, ListingEvent, ListingWait, PushAttempt
from models.bulk import insert_ignore, update_rows

Answer = Pushed | MarketplaceError


class Create(NamedTuple):
    """One create as it was written down."""

    attempt_id: int
    wanted: Intended


class Made(NamedTuple):
    """The columns of a listing's row that a create sets."""

    id: int
    external_id: str | None
    external_variant_id: str | None
    tracking_id: str | None
    sent_hash: str
    sent_price_vnd: int
    sent_stock: int
    sent_at: datetime
    reported_state: ListingState
    sent_wanted: bool = True
    must_look_up: bool = False
    refused_hash: None = None
    last_code: None = None
    last_error: None = None


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
    update_rows(session, Listing, ("id", "must_look_up"), [(one, must_look_up) for one in listing_ids])


def _keep_made(push: Push, session: Session, made: Sequence[tuple[Create, Pushed]]) -> None:
    now, ids = push.run.app.now(), [create.wanted.listing_id for create, _ in made]
    done = [(create.attempt_id, "done", now) for create, _ in made]
    update_rows(session, PushAttempt, ("id", "state", "finished_at"), done)
    update_rows(session, Listing, Made._fields, [_as_made(create.wanted, pushed, now) for create, pushed in made])
    session.execute(delete(ListingWait).where(ListingWait.listing_id.in_(ids)))
    insert_ignore(
        session, ListingEvent, [_told(create.wanted.listing_id, pushed, now) for create, pushed in made], EVENT
    )
    push.done["create"] += len(made)


def _as_made(wanted: Intended, pushed: Pushed, now: datetime) -> Made:
    """The marketplace has this listing as it was wanted."""
    return Made(
        id=wanted.listing_id,
        external_id=pushed.external_id,
        external_variant_id=pushed.variant_id,
        tracking_id=pushed.tracking_id,
        sent_hash=wanted.content_hash,
        sent_price_vnd=wanted.listing.price_vnd,
        sent_stock=wanted.listing.stock,
        sent_at=now,
        reported_state=ListingState.PENDING if pushed.tracking_id else ListingState.LIVE,
    )


def _told(listing_id: int, pushed: Pushed, now: datetime) -> tuple[object, ...]:
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
