"""Tiki's own words turned into ours: times, states, refusals. Pure.

Tiki Open API notes, read 2026-11-23: times are `YYYY-MM-DD HH:mm:ss` without a zone and mean Vietnam time.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from connectors.errors import UnexpectedAnswerError
from connectors.facts.listing import ListingState
from connectors.facts.order import OrderState

State = TypeVar("State")

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"

REQUEST_STATES = {
    "queuing": ListingState.PENDING,
    "processing": ListingState.PENDING,
    "drafted": ListingState.PENDING,
    "awaiting_approve": ListingState.PENDING,
    # The state table writes "awaiting", the guide page "waiting": both are met.
    "md_awaiting_approve": ListingState.PENDING,
    "md_waiting_approve": ListingState.PENDING,
    "bot_awaiting_approve": ListingState.PENDING,
    "bot_waiting_approve": ListingState.PENDING,
    "approved": ListingState.LIVE,
    "rejected": ListingState.REJECTED,
    "deleted": ListingState.DELETED,
}

ORDER_STATES = {
    # Tiki counts an order as accepted only from "queueing" on.
    "waiting_payment": OrderState.UNPAID,
    "payment_review": OrderState.UNPAID,
    "processing": OrderState.UNPAID,
    "queueing": OrderState.PLACED,
    "paid": OrderState.PLACED,
    "holded": OrderState.PLACED,
    "picking": OrderState.PLACED,
    "packaging": OrderState.PLACED,
    "finished_packing": OrderState.PLACED,
    "ready_to_ship": OrderState.PLACED,
    "handover_to_partner": OrderState.SHIPPED,
    "shipping": OrderState.SHIPPED,
    "delivered": OrderState.DELIVERED,
    "successful_delivery": OrderState.DELIVERED,
    "complete": OrderState.COMPLETED,
    "canceled": OrderState.CANCELLED,
    "closed": OrderState.CANCELLED,
    "returned": OrderState.RETURNED,
}


def to_utc(text: str) -> datetime:
    """Their wall-clock text as aware UTC. Another form is an UnexpectedAnswerError."""
    try:
        return datetime.strptime(text, TIME_FORMAT).replace(tzinfo=VIETNAM).astimezone(UTC)
    except ValueError:
        raise UnexpectedAnswerError(f"Not a Tiki time: {text!r}", marketplace="tiki") from None


def to_vietnam_text(moment: datetime) -> str:
    """An aware moment as their wall-clock text; parts of a second are dropped."""
    return moment.astimezone(VIETNAM).strftime(TIME_FORMAT)


def request_state(word: str) -> ListingState:
    return _known(REQUEST_STATES, word, "request state")


def order_state(word: str) -> OrderState:
    return _known(ORDER_STATES, word, "order status")


def _known(table: Mapping[str, State], word: str, what: str) -> State:
    try:
        return table[word]
    except KeyError:
        raise UnexpectedAnswerError(f"Unknown Tiki {what}: {word!r}", marketplace="tiki", code=word) from None


class _Complaint(BaseModel):
    code: int | str
    description: str | None = None
    msg: str | None = None


class _Complaints(BaseModel):
    errors: list[_Complaint]


def refusal(reason: str) -> tuple[str, str]:
    """(code, words) of a rejected request. `reason` is plain text, or a JSON string with a list of errors."""
    try:
        errors = _Complaints.model_validate_json(reason).errors
    except ValidationError:
        return "", reason
    words = "; ".join(text for e in errors if (text := e.description if e.description is not None else e.msg))
    return (str(errors[0].code) if errors else ""), words or reason
