"""Pushed messages (v2 reference 6, read 2026-11-24)."""

from typing import Any

from connectors.endpoint import Answer, Payload
from connectors.shopee.payloads.kinds import Id, Seconds


class Pushed(Answer):
    """The envelope. `data` differs with every code; only an order's number is read from it."""

    ignores = frozenset({"partner_id"})

    code: int
    data: dict[str, Any]
    shop_id: Id | None = None  # absent from messages of the app as a whole
    timestamp: Seconds | None = None


class Lost(Answer):
    """A push that never arrived. `data` is the whole envelope, as the text that was to be sent."""

    ignores = frozenset({"shop_id", "code", "timestamp"})

    data: str


class LostPage(Answer):
    """The earliest hundred of the last three days that were not confirmed."""

    push_message_list: list[Lost]
    has_next_page: bool
    last_message_id: int


class Confirm(Payload):
    last_message_id: int


class Confirmed(Answer):
    pass
