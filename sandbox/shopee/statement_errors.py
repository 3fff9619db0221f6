"""Errors Shopee's accounts make on purpose, when asked to: one of each kind a shop, in orders fixed when they were placed.

With the option `statement_errors` the first order that will be paid is charged its commission twice, the first that will
be sent back is paid out as if it had not been, and the second that will be paid is never released.
"""

from datetime import datetime, timedelta
from typing import Any

from sandbox.shopee.order_words import order_sn
from sandbox.shopee.rules import Rules
from sandbox.world import Order, World

DOUBLED = "commission_fee"
REFUND = "seller_return_refund"


class Errors:
    """Which orders are wrong. Decided by an order's fate, which is drawn when it is placed, so it never changes."""

    def __init__(self, world: World, market: str, rules: Rules) -> None:
        self._world = world
        self._market = market
        self._rules = rules

    def said(self, order: Order, amounts: dict[str, int]) -> dict[str, int]:
        """The true amounts as Shopee states them."""
        if order is self._twice(order.shop) and DOUBLED in amounts:
            return amounts | {DOUBLED: 2 * amounts[DOUBLED]}
        if order is self._unrefunded(order.shop):
            return {name: amount for name, amount in amounts.items() if name != REFUND}
        return amounts

    def released_at(self, order: Order) -> datetime | None:
        if order is self._unreleased(order.shop):
            return None
        if order is self._unrefunded(order.shop) and order.returned_at is not None:
            return self._passed(order.returned_at + timedelta(seconds=order.fate.settle_s))
        return order.settled_at

    def seeded(self) -> list[dict[str, Any]]:
        """What a reconciliation should find, as far as it has happened."""
        shops = sorted({order.shop for order in self._world.orders(self._market)})
        return [error for shop in shops for error in self._seeded(shop)]

    def _seeded(self, shop: str) -> list[dict[str, Any]]:
        found = {
            "fee_charged_twice": (self._twice(shop), DOUBLED),
            "missing_refund": (self._unrefunded(shop), REFUND),
            "order_not_paid": (self._unreleased(shop), ""),
        }
        return [
            {"kind": kind, "shop": shop, "order": order_sn(order), "code": code}
            for kind, (order, code) in found.items()
            if order is not None and (order.settled_at or self.released_at(order)) is not None
        ]

    def _twice(self, shop: str) -> Order | None:
        return self._nth_paid(shop, 0)

    def _unreleased(self, shop: str) -> Order | None:
        return self._nth_paid(shop, 1)

    def _nth_paid(self, shop: str, place: int) -> Order | None:
        if not self._rules.statement_errors:
            return None
        kept = (o for o in self._orders(shop) if o.fate.return_s is None and o.fate.cancel_s is None)
        return next((order for nth, order in enumerate(kept) if nth == place), None)

    def _unrefunded(self, shop: str) -> Order | None:
        if not self._rules.statement_errors:
            return None
        returned = (o for o in self._orders(shop) if o.fate.return_s is not None and o.fate.cancel_s is None)
        return next(returned, None)

    def _orders(self, shop: str) -> list[Order]:
        return sorted(self._world.orders(self._market, shop), key=lambda order: (order.placed_at, order.order_id))

    def _passed(self, moment: datetime) -> datetime | None:
        return moment if moment <= self._world.clock.now() else None
