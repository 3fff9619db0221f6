"""New listings, each written to the outbox before it is sent."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.floors import floors
from jobs.intend import Intended, intended
from jobs.plan import Change
from jobs.push.answered import Create, keep, mark
from jobs.push.context import Push
from jobs.push.sending import BATCHES, Sending
from models import PushAttempt
from models.bulk import insert_ignore

UNHEARD = 100  # creates written down and not heard of: a crash leaves at most so many to look up by SKU
CHUNK = UNHEARD // BATCHES
ATTEMPT = ("listing_id", "action", "payload_hash", "price_vnd", "stock", "fence", "state", "started_at")


def create_listings(push: Push, changes: Sequence[Change]) -> None:
    """Create what is missing, chunk by chunk. Stops at the first error that concerns the shop as a whole."""
    write = push.run.app.database.write
    with Sending(push.connector) as sending:
        for start in range(0, len(changes), CHUNK):
            push.run.check()
            if sending.error:
                break
            landed = sending.landed() if sending.is_full else []
            with write() as session:
                keep(push, session, landed)
                creates = _write_down(push, session, [change.listing_id for change in changes[start : start + CHUNK]])
            sending.start(creates)
        while sending.is_under_way:
            landed = sending.landed()
            with write() as session:
                keep(push, session, landed)
    if sending.error:
        raise sending.error


def _write_down(push: Push, session: Session, listing_ids: Sequence[int]) -> list[Create]:
    """Until an answer says otherwise the listings must be looked up: no other run may create them meanwhile."""
    lowest = floors(session, push.shop.marketplace, listing_ids)
    wanted = [one for one in intended(session, listing_ids) if one.listing.price_vnd >= lowest.get(one.listing_id, 0)]
    listing_ids = [one.listing_id for one in wanted]
    insert_ignore(session, PushAttempt, [_attempt(push, one) for one in wanted], ATTEMPT)
    mark(session, listing_ids, must_look_up=True)
    in_flight = PushAttempt.listing_id.in_(listing_ids), PushAttempt.state == "in_flight"
    attempts = dict(session.execute(select(PushAttempt.listing_id, PushAttempt.id).where(*in_flight)).all())
    return [Create(attempts[one.listing_id], one) for one in wanted]


def _attempt(push: Push, wanted: Intended) -> tuple[object, ...]:
    figures = wanted.listing.price_vnd, wanted.listing.stock
    return wanted.listing_id, "create", wanted.content_hash, *figures, push.run.fence, "in_flight", push.run.app.now()
