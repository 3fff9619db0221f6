"""Event queues, field for field (Tiki Open API notes, section 8, read 2026-11-24)."""

from typing import Any

from connectors.endpoint import Answer, Payload


class Queue(Answer):
    code: str
    name: str
    ignores = frozenset({"status"})


class NewQueue(Payload):
    name: str


class Subscription(Answer):
    event_type: str
    ignores = frozenset({"code", "active", "sid"})


class Subscribe(Payload):
    event_type: str


class Pull(Payload):
    ack_id: str | None  # null is sent: nothing to acknowledge yet


class Event(Answer):
    id: str
    type: str
    created_at: int  # milliseconds
    payload: dict[str, Any]
    ignores = frozenset({"sid", "version"})


class Events(Answer):
    events: list[Event]
    ack_id: str
