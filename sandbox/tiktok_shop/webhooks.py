"""Events told to the address a seller's app registered for them (Partner Center webhook pages, read 2026-11-23).

An order's changes are noticed every two minutes of the world's time; what happens to a product is told as it happens. Nobody documents
how often a lost message is tried again, so none is: a poll has to cover it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sandbox.tiktok_shop.accounts import Accounts
from sandbox.tiktok_shop.call import MARKET
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.order_words import cancel_id, changes, order_id, return_id
from sandbox.tiktok_shop.outbox import Outbox
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.shelf import Product
from sandbox.tiktok_shop.signing import sign_event
from sandbox.world import Order, World

FIRST_NOTIFICATION_ID = 7_327_112_393_057_371_910
LOOK_EVERY = timedelta(minutes=2)
NOTICE = timedelta(days=30)  # before a consent runs out, and then daily
TYPES = {
    "ORDER_STATUS_CHANGE": 1,
    "RECIPIENT_ADDRESS_UPDATE": 3,
    "PACKAGE_UPDATE": 4,
    "PRODUCT_STATUS_CHANGE": 5,
    "SELLER_DEAUTHORIZATION": 6,
    "UPCOMING_AUTHORIZATION_EXPIRATION": 7,
    "CANCELLATION_STATUS_CHANGE": 11,
    "RETURN_STATUS_CHANGE": 12,
    "PRODUCT_INFORMATION_CHANGE": 15,
    "PRODUCT_CREATION": 16,
    "PRODUCT_CATEGORY_CHANGE": 18,
    "PRODUCT_AUDIT_STATUS_CHANGE": 37,
}
OF_ORDERS = frozenset({"ORDER_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE", "RETURN_STATUS_CHANGE"})


@dataclass
class Hook:
    address: str
    created_at: datetime
    updated_at: datetime


@dataclass
class Webhooks:
    world: World
    accounts: Accounts
    rules: Rules
    outbox: Outbox
    hooks: dict[tuple[str, str], Hook] = field(default_factory=dict)  # by shop and event type
    _watched: list[Order] | None = None
    _seen: int = 0

    def __post_init__(self) -> None:
        self.world.later(self.world.clock.now() + timedelta(days=1), self._remind)

    def put(self, shop_id: str, event_type: str, address: str) -> None:
        now = self.world.clock.now()
        known = self.hooks.get((shop_id, event_type))
        self.hooks[shop_id, event_type] = Hook(address, known.created_at if known else now, now)
        if event_type in OF_ORDERS and self._watched is None:
            self._watched = []
            self.world.later(now + LOOK_EVERY, partial(self._look, now))

    def product(self, product: Product, event_type: str, **data: Any) -> None:
        """Here a product's id is an integer."""
        now = epoch(self.world.clock.now())
        self.tell(product.shop, event_type, {"product_id": product.product_id} | data | {"update_time": now})

    def tell(self, shop_id: str, event_type: str, data: dict[str, Any]) -> None:
        hook = self.hooks.get((shop_id, event_type))
        if hook is None:
            return
        envelope = {
            "type": TYPES[event_type],
            "tts_notification_id": str(self.world.counter("tiktok_shop.notification", FIRST_NOTIFICATION_ID)),
            "shop_id": shop_id,
            "timestamp": epoch(self.world.clock.now()),
            "data": data,
        }
        body = json.dumps(envelope, separators=(",", ":"), ensure_ascii=False).encode()
        signature = sign_event(self.accounts.app_key, self.accounts.app_secret, body)
        for _ in range(self.rules.webhook_copies):
            self.outbox.send(hook.address, body, signature)

    def _look(self, since: datetime) -> None:
        """Tell what changed after `since` up to now."""
        now, orders = self.world.clock.now(), self.world.orders(MARKET)
        watched = (self._watched or []) + orders[self._seen :]
        self._seen = len(orders)
        for order in watched:
            if order.updated_at > since:
                for event_type, data in _events(order, since):
                    self.tell(order.shop, event_type, data)
        self._watched = [order for order in watched if not _is_over(order)]
        self.world.later(now + LOOK_EVERY, partial(self._look, now))

    def _remind(self) -> None:
        now = self.world.clock.now()
        for shop in self.accounts.shops.values():
            if shop.linked and shop.refresh_until is not None and shop.refresh_until - now <= NOTICE:
                data = {"message": "The authorization expires soon.", "expiration_time": epoch(shop.refresh_until)}
                self.tell(shop.shop_id, "UPCOMING_AUTHORIZATION_EXPIRATION", data)
        self.world.later(now + timedelta(days=1), self._remind)


def _events(order: Order, since: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """The last word of a status differs here: CANCEL."""
    named = {"order_id": order_id(order)}
    for word, moment in changes(order):
        if moment > since:
            told = {"order_status": "CANCEL" if word == "CANCELLED" else word, "is_on_hold_order": False}
            yield "ORDER_STATUS_CHANGE", named | told | {"update_time": epoch(moment)}
    if order.cancelled_at is not None and order.cancelled_at > since:
        at = epoch(order.cancelled_at)
        told = {"cancel_id": cancel_id(order), "cancel_status": "CANCELLATION_REQUEST_COMPLETE"}
        yield "CANCELLATION_STATUS_CHANGE", named | told | {"cancellations_role": "BUYER", "create_time": at}
    if order.returned_at is not None and order.returned_at > since:
        at = epoch(order.returned_at)
        told = {"return_id": return_id(order), "return_type": "RETURN_AND_REFUND", "return_role": "BUYER"}
        told |= {"return_status": "RETURN_OR_REFUND_REQUEST_COMPLETE"}
        yield "RETURN_STATUS_CHANGE", named | told | {"create_time": at, "update_time": at}


def _is_over(order: Order) -> bool:
    return order.completed_at is not None or order.cancelled_at is not None or order.returned_at is not None
