"""Content, one listing a call. Where the marketplace reviews edits, its answer comes later under a tracking id."""

from collections.abc import Sequence

from connectors.errors import RejectedError, TransientError
from connectors.facts.listing import ListingState
from jobs.intend import intended
from jobs.placement import learn
from jobs.plan import HELD, Action, Change
from jobs.push.context import Push
from jobs.push.outcome import record, reference, refuse_content
from jobs.waits import Kind, back_off, settled
from models import Listing


def update_listings(push: Push, changes: Sequence[Change]) -> None:
    """Send changed content. Setting the whole content again is safe, so a lost answer is simply sent once more."""
    for change in changes:
        push.run.check()
        _update(push, change.listing_id)


def _update(push: Push, listing_id: int) -> None:
    database, now = push.run.app.database, push.run.app.now()
    with database.session() as session:
        (wanted,) = intended(session, [listing_id])
        ref = reference(session.get_one(Listing, listing_id))
    try:
        pushed = push.connector.update(ref, wanted.listing)
    except RejectedError as err:
        with database.write() as session:
            listing = session.get_one(Listing, listing_id)
            refuse_content(push, session, listing, Action.UPDATE, err.code, err.reason, content=wanted.content_hash)
            learn(session, push.shop, wanted.listing.sub_group, err.missing)
    except TransientError as err:
        with database.write() as session:
            back_off(session.get_one(Listing, listing_id), Kind.CONTENT, now, err)
    else:
        with database.write() as session:
            listing = session.get_one(Listing, listing_id)
            listing.sent_hash, listing.tracking_id = wanted.content_hash, pushed.tracking_id
            listing.refused_hash = None
            if listing.reported_state in HELD:  # new words are reviewed, and it comes back on sale by itself
                listing.reported_state, listing.sent_wanted = ListingState.PENDING, True
            settled(listing, Kind.CONTENT)
            record(session, listing, now, "updated", tracking_id=pushed.tracking_id)
        push.done["update"] += 1
