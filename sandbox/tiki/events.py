"""Event queues instead of webhooks: pulled, in order, at least once (tiki.md section 8, read 2026-11-24).

What was pulled comes again until the next pull names its `ack_id`. Order events follow from the orders themselves, so nothing has to be
told when an order moves; product changes are logged as they are made.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sandbox.tiki.answers import Refusal, body_of
from sandbox.tiki.moments import to_epoch_ms
from sandbox.tiki.order_states import code_of, turns
from sandbox.tiki.routing import Call, Route
from sandbox.tiki.seller import MARKET, Seller
from sandbox.world import Order, World

EVENT_TYPES = frozenset(
    {
        "ORDER_CREATED_SUCCESSFULLY",
        "ORDER_STATUS_UPDATED",
        "PRODUCT_PRICE_UPDATED",
        "PRODUCT_MARKET_PRICE_UPDATED",
        "PRODUCT_INVENTORY_UPDATED",
    }
)
BATCH = 20
SUBSCRIBING_TAKES = timedelta(seconds=5)


@dataclass(frozen=True)
class Event:
    """`key` names it for good: the same event has the same id in every pull."""

    key: str
    at: datetime
    kind: str
    version: str
    payload: dict[str, Any]


class EventLog:
    """Product events, oldest first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.events: list[Event] = []

    def add(self, kind: str, version: str, payload: dict[str, Any]) -> None:
        self.events.append(Event(f"product {len(self.events)}", self._world.clock.now(), kind, version, payload))


@dataclass
class Queue:
    """`acked` are the keys of events that need not come again; `pulled` what the last pull gave, under `ack_id`."""

    code: str
    name: str
    subscriptions: dict[str, datetime] = field(default_factory=dict)  # event type -> from when on
    acked: set[str] = field(default_factory=set)
    pulled: list[str] = field(default_factory=list)
    ack_id: str | None = None

    def to_json(self) -> dict[str, str]:
        return {"code": self.code, "name": self.name, "status": "ACTIVE"}


class QueueCalls:
    def __init__(self, world: World, seller: Seller, log: EventLog) -> None:
        self._world = world
        self._seller = seller
        self._log = log
        self._queues: dict[str, Queue] = {}

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("GET", "/queues", self._list, needs_seller=False),
            Route("POST", "/queues", self._create, needs_seller=False),
            Route("GET", "/queues/{code}/subscriptions", self._subscriptions),
            Route("POST", "/queues/{code}/subscriptions", self._subscribe),
            Route("POST", "/queues/{code}/events/pull", self._pull, needs_seller=False),
        )

    def _list(self, _: Call) -> Any:
        return [queue.to_json() for queue in self._queues.values()]

    def _create(self, call: Call) -> Any:
        name = body_of(call.request).get("name")
        if not isinstance(name, str) or not name:
            raise Refusal(400, "name is required")
        queue = Queue(self._uuid(), name)
        self._queues[queue.code] = queue
        return queue.to_json()

    def _subscriptions(self, call: Call) -> Any:
        return [self._subscription(kind) for kind in self._queue(call).subscriptions]

    def _subscribe(self, call: Call) -> Any:
        """Only what happens from five seconds on is told. Subscribing again changes nothing."""
        kind = body_of(call.request).get("event_type")
        queue = self._queue(call)
        if not isinstance(kind, str) or kind not in EVENT_TYPES:
            raise Refusal(400, f"event_type must be one of {', '.join(sorted(EVENT_TYPES))}")
        queue.subscriptions.setdefault(kind, self._world.clock.now() + SUBSCRIBING_TAKES)
        return self._subscription(kind)

    def _pull(self, call: Call) -> Any:
        """The oldest events not yet acknowledged; `ack_id` of the pull before acknowledges what that one gave."""
        ack_id = body_of(call.request).get("ack_id")
        queue = self._queue(call)
        if ack_id is not None and ack_id == queue.ack_id:
            queue.acked.update(queue.pulled)
        waiting = [event for event in self._events(queue) if event.key not in queue.acked]
        batch = sorted(waiting, key=lambda event: event.at)[:BATCH]
        queue.pulled, queue.ack_id = [event.key for event in batch], self._uuid()
        return {"events": [self._event(event) for event in batch], "ack_id": queue.ack_id}

    def _events(self, queue: Queue) -> Iterator[Event]:
        for event in (*self._log.events, *self._order_events()):
            since = queue.subscriptions.get(event.kind)
            if since is not None and event.at >= since:
                yield event

    def _order_events(self) -> Iterator[Event]:
        for order in self._world.orders(MARKET, self._seller.shop):
            yield from _events_of(order)

    def _event(self, event: Event) -> dict[str, Any]:
        return {
            "id": str(UUID(int=self._world.rng("tiki event", event.key).getrandbits(128))),
            "sid": self._seller.sid,
            "created_at": to_epoch_ms(event.at),
            "type": event.kind,
            "version": event.version,
            "payload": event.payload,
        }

    def _subscription(self, kind: str) -> dict[str, Any]:
        code = UUID(int=self._world.rng("tiki subscription", kind).getrandbits(128))
        return {"code": str(code), "active": True, "event_type": kind, "sid": self._seller.sid}

    def _queue(self, call: Call) -> Queue:
        queue = self._queues.get(call.path["code"])
        if queue is None:
            raise Refusal(404, "Queue not found")
        return queue

    def _uuid(self) -> str:
        return str(UUID(self._world.token("tiki queue")))


def _events_of(order: Order) -> Iterator[Event]:
    """Created when it is accepted, then one event a change of status."""
    code = code_of(order)
    if order.paid_at is not None:
        created = {"order_code": code, "status": "queueing"}
        yield Event(f"order {code}", order.paid_at, "ORDER_CREATED_SUCCESSFULLY", "v1", created)
    for turn in turns(order):
        payload = {"order_code": code, "orderCode": code, "status": turn.status}
        yield Event(f"order {code} {turn.status}", turn.at, "ORDER_STATUS_UPDATED", "v1", payload)
