"""New listings, each written to the outbox before it is sent."""

from collections.abc import Sequence

from sqlalchemy import insert

from connectors.errors import MarketplaceError, OutcomeUnknownError, RejectedError, TransientError
from jobs.intend import Intended, intended
from jobs.plan import Change
from jobs.push.answered import Answer, Create, keep, mark
from jobs.push.context import Push
from models import PushAttempt

CHUNK = 50  # creates written down together: a crash leaves at most so many to look up by SKU


def create_listings(push: Push, changes: Sequence[Change]) -> None:
    """Create what is missing, chunk by chunk. Stops at the first error that concerns the shop as a whole."""
    for start in range(0, len(changes), CHUNK):
        push.run.check()
        creates = _write_down(push, [change.listing_id for change in changes[start : start + CHUNK]])
        answers: list[Answer] = []
        for create in creates:
            answers.append(_send(push, create))
            if _ends_the_run(answers[-1]):
                break
        keep(push, creates, answers)
        if answers and isinstance(last := answers[-1], MarketplaceError) and _ends_the_run(last):
            raise last


def _write_down(push: Push, listing_ids: Sequence[int]) -> list[Create]:
    """Until an answer says otherwise the listings must be looked up: no other run may create them meanwhile."""
    with push.run.app.database.write() as session:
        wanted = intended(session, listing_ids)
        attempts = insert(PushAttempt).returning(PushAttempt.id, sort_by_parameter_order=True)
        ids = session.scalars(attempts, [_attempt(push, one) for one in wanted])
        creates = [Create(attempt_id, one) for attempt_id, one in zip(ids, wanted, strict=True)]
        mark(session, listing_ids, must_look_up=True)
    return creates


def _attempt(push: Push, wanted: Intended) -> dict[str, object]:
    return {
        "listing_id": wanted.listing_id,
        "action": "create",
        "payload_hash": wanted.content_hash,
        "price_vnd": wanted.listing.price_vnd,
        "stock": wanted.listing.stock,
        "fence": push.run.fence,
        "state": "in_flight",
        "started_at": push.run.app.now(),
    }


def _send(push: Push, create: Create) -> Answer:
    try:
        return push.connector.push_new(create.wanted.listing)
    except MarketplaceError as err:
        return err


def _ends_the_run(answer: Answer) -> bool:
    """Refused, unknown and passing faults concern one listing; a login or an answer we cannot read concerns all."""
    return isinstance(answer, MarketplaceError) and not isinstance(
        answer, RejectedError | OutcomeUnknownError | TransientError
    )
