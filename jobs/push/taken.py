"""What came of figures: those that were taken are kept together, the others one by one."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from connectors.errors import MarketplaceError, RejectedError
from connectors.facts.listing import RowOutcome
from jobs.plan import KINDS, Action
from jobs.push.context import Push
from jobs.push.outcome import EVENT, event, tell_refusal
from jobs.records import AnyRow
from jobs.waits import all_settled, back_off, figure, refuse
from models import Listing, ListingEvent
from models.bulk import insert_ignore, update_rows

Outcome = RowOutcome | MarketplaceError
Answered = tuple[AnyRow, Outcome]  # a row as it was sent, and what became of it

# By action the column that says what the marketplace has, and what was sent of it.
SENT: Mapping[Action, tuple[str, Callable[[AnyRow], object]]] = {
    Action.WITHDRAW: ("sent_wanted", lambda _: False),
    Action.RESTORE: ("sent_wanted", lambda _: True),
    Action.STOCK: ("sent_stock", lambda row: row.intended_stock),
    Action.PRICE: ("sent_price_vnd", lambda row: row.intended_price_vnd),
}


def keep_answers(push: Push, session: Session, action: Action, answered: Sequence[Answered]) -> None:
    """Rows that were taken, refused, or have to wait."""
    if taken := [row for row, outcome in answered if _is_taken(outcome)]:
        _keep_taken(push, session, action, taken)
    for row, outcome in answered:
        if not _is_taken(outcome):
            _keep_untaken(push, session, action, row, outcome)


def _is_taken(outcome: Outcome) -> bool:
    return isinstance(outcome, RowOutcome) and outcome.ok


def _keep_taken(push: Push, session: Session, action: Action, taken: Sequence[AnyRow]) -> None:
    """The marketplace now has what was sent, whatever the register has come to want meanwhile."""
    now, ids, (column, sent) = push.run.app.now(), [row.id for row in taken], SENT[action]
    update_rows(session, Listing, ("id", column, "sent_at"), [(row.id, sent(row), now) for row in taken])
    all_settled(session, ids, KINDS[action])
    insert_ignore(session, ListingEvent, [event(listing_id, now, action.value) for listing_id in ids], EVENT)
    push.done[action.value] += len(taken)


def _keep_untaken(push: Push, session: Session, action: Action, row: AnyRow, outcome: Outcome) -> None:
    now, kind, listing = push.run.app.now(), KINDS[action], session.get_one(Listing, row.id)
    if _is_refusal(outcome):
        refuse(listing, kind, now, outcome.code, figure(row, kind))
        tell_refusal(push, session, listing, action, outcome.code, outcome.reason)
    else:
        back_off(listing, kind, now, outcome)


def _is_refusal(outcome: Outcome) -> bool:
    """Understood and refused; "not now" is none."""
    if isinstance(outcome, RowOutcome):
        return outcome.retry_after_s is None
    return isinstance(outcome, RejectedError)
