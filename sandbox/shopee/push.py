"""Pushes that never arrived: kept three days, oldest first, until confirmed (Shopee v2 reference, push pages, read 2026-11-23).

This marketplace calls nobody back, so once a callback address is configured every order status change lies here.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.shopee.order_words import MARKET, changes, order_sn
from sandbox.world import Order, World

KEPT = timedelta(days=3)
MOST = 100
ORDER_STATUS_PUSH = 3


@dataclass
class PushDesk:
    """`configured_at` None: no address, no pushes. Message ids grow with time and stay the same from call to call."""

    world: World
    callback_url: str = ""
    configured_at: datetime | None = None
    switched_on: set[int] = field(default_factory=set)
    blocked_shops: set[int] = field(default_factory=set)
    confirmed_id: int = 0

    def waiting(self) -> list[tuple[int, dict[str, Any]]]:
        """(message id, push) not yet confirmed, oldest first."""
        if self.configured_at is None or ORDER_STATUS_PUSH not in self.switched_on:
            return []
        since = max(self.configured_at, self.world.clock.now() - KEPT)
        pushes = (
            (message_id(order, moment), _push(order, status, moment))
            for order in self.world.orders(MARKET)
            for status, moment in changes(order)
            if moment >= since and int(order.shop) not in self.blocked_shops
        )
        return sorted((push for push in pushes if push[0] > self.confirmed_id), key=lambda push: push[0])


def message_id(order: Order, moment: datetime) -> int:
    return int(moment.timestamp()) * 10_000 + order.order_id % 10_000


def _push(order: Order, status: str, moment: datetime) -> dict[str, Any]:
    """A lost push: `data` is the envelope that was to be sent, as text."""
    at, shop_id = int(moment.timestamp()), int(order.shop)
    data = {"ordersn": order_sn(order), "status": status, "update_time": at}
    envelope = {"data": data, "shop_id": shop_id, "code": ORDER_STATUS_PUSH, "timestamp": at}
    text = json.dumps(envelope, separators=(",", ":"), ensure_ascii=False)
    return {"shop_id": shop_id, "code": ORDER_STATUS_PUSH, "timestamp": at, "data": text}
