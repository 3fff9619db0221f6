"""Events from a queue of our own, pulled in order and at least once: Tiki pushes nothing (notes, section 8, read 2026-11-24).

The queue belongs to the app and has one seller's subscriptions, so each shop has a queue named after it. What was pulled
comes again until the next pull names its `ack_id`.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from connectors.endpoint import NoPayload
from connectors.errors import UnexpectedAnswerError
from connectors.facts.shop import Message, Tokens
from connectors.http import HttpChannel
from connectors.signing import AppSigning
from connectors.tiki import endpoints as e
from connectors.tiki.auth import BearerAuth
from connectors.tiki.payloads.queues import Event, NewQueue, Pull, Subscribe

WANTED = ("ORDER_CREATED_SUCCESSFULLY", "ORDER_STATUS_UPDATED")


class EventQueue:
    """`own_tokens` asks for the app's own token: a queue is its owner's, whoever the seller is."""

    def __init__(self, channel: HttpChannel, shop_id: str, own_tokens: Callable[[], Tokens]) -> None:
        self._channel = channel
        self._shop_id = shop_id
        self._own_tokens = own_tokens

    def pull(self) -> Iterator[list[Message]]:
        """Until a batch comes empty. The queue and its subscriptions are made at first; they tell only what comes after."""
        own = self._own_signing()
        code = self._code(own)
        ack_id: str | None = None
        while True:
            batch = self._channel.call(e.PULL_EVENTS, Pull(ack_id=ack_id), path={"code": code}, signing=own)
            if not batch.events:
                return
            yield [self._message(event) for event in batch.events if event.type in WANTED]
            ack_id = batch.ack_id

    def _own_signing(self) -> AppSigning:
        tokens = self._own_tokens()
        return AppSigning(lambda: BearerAuth(tokens), (tokens.access_token.get_secret_value(),))

    def _code(self, own: AppSigning) -> str:
        name = f"ocop-{self._shop_id}"
        queues = self._channel.call(e.QUEUES, NoPayload(), signing=own)
        code = next((queue.code for queue in queues if queue.name == name), None)
        if code is None:
            code = self._channel.call(e.CREATE_QUEUE, NewQueue(name=name), signing=own).code
        known = {one.event_type for one in self._channel.call(e.SUBSCRIPTIONS, NoPayload(), path={"code": code})}
        for kind in WANTED:
            if kind not in known:
                self._channel.call(e.SUBSCRIBE, Subscribe(event_type=kind), path={"code": code})
        return code

    def _message(self, event: Event) -> Message:
        order = event.payload.get("order_code")
        if not isinstance(order, str) or not order:
            raise UnexpectedAnswerError("an order's event without its code", marketplace="tiki", code=event.type)
        return Message(
            kind=event.type,
            identity=event.id,
            order_external_id=order,
            shop_external_id=self._shop_id,
            sent_at=datetime.fromtimestamp(event.created_at / 1000, UTC),
        )
