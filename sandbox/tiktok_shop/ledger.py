"""The books: a statement a day and shop, cut at 00:00 UTC for the day before (Partner Center finance pages, read 2026-11-23).

An order's money is settled by the cut that follows its completion; a returned order is booked and taken back by the cut that follows
its return. So that the world says the same, an order on its way to completion is told here when it will settle.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial

from sandbox.tiktok_shop import fees, seeded
from sandbox.tiktok_shop.accounts import ShopAccount
from sandbox.tiktok_shop.call import MARKET
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.statement import Statement, Transaction
from sandbox.world import Order, World

FIRST_STATEMENT_ID, FIRST_TRANSACTION_ID = 3_458_764_513_820_530_001, 3_458_764_513_820_540_001
DAY = timedelta(days=1)


@dataclass
class Ledger:
    world: World
    shops: dict[str, ShopAccount]
    rules: Rules
    statements: list[Statement] = field(default_factory=list)
    by_order: dict[int, list[tuple[Statement, Transaction]]] = field(default_factory=dict)
    _open: list[Order] = field(default_factory=list)
    _seen: int = 0
    _faults: dict[str, seeded.Faults] = field(default_factory=dict)

    def __post_init__(self) -> None:
        first = datetime.combine(self.world.clock.now().astimezone(UTC).date() + DAY, time(), UTC)
        self.world.later(first, partial(self._midnight, first))
        self._faults = {shop_id: seeded.Faults() for shop_id in self.shops}

    def open_orders(self, shop: str) -> list[Order]:
        """Orders whose money is not booked yet, cancelled ones until the next cut."""
        self._look()
        return [order for order in self._open if order.shop == shop]

    def amounts(self, order: Order) -> dict[str, int]:
        return fees.signed_amounts(self.world, self.shops[order.shop], order)

    def seeded_errors(self) -> list[dict[str, object]]:
        return [error for faults in self._faults.values() for error in faults.made]

    def _look(self) -> None:
        orders = self.world.orders(MARKET)
        self._open += orders[self._seen :]
        self._seen = len(orders)

    def _midnight(self, at: datetime) -> None:
        """The cut comes after everything else that is due at this moment, settlements above all."""
        self._look()
        for order in self._open:
            if order.delivered_at is not None and order.completed_at is None:
                self._settle_by_a_cut(order, order.delivered_at)
        self.world.later(at, partial(self._cut, at))
        self.world.later(at + DAY, partial(self._midnight, at + DAY))

    def _settle_by_a_cut(self, order: Order, delivered_at: datetime) -> None:
        completed = delivered_at.astimezone(UTC) + timedelta(seconds=order.fate.complete_s)
        cut = datetime.combine(completed.date() + DAY, time(), UTC)
        order.fate = replace(order.fate, settle_s=int((cut - completed).total_seconds()))

    def _cut(self, at: datetime) -> None:
        due = [order for order in self._open if _is_due(order)]
        self._open = [order for order in self._open if not _is_due(order) and order.cancelled_at is None]
        for shop_id in self.shops:
            rows = [self._transaction(order, self.amounts(order)) for order in due if order.shop == shop_id]
            statement = Statement(shop_id, at, rows)
            if self.rules.statement_errors:
                statement = self._faults[shop_id].put_into(statement, self._transaction)
            if statement.transactions:
                self._publish(statement)

    def _publish(self, statement: Statement) -> None:
        statement.statement_id = str(self.world.counter("tiktok_shop.statement", FIRST_STATEMENT_ID))
        self._faults[statement.shop_id].name_statement(statement.statement_id)
        self.statements.append(statement)
        for row in statement.transactions:
            self.by_order.setdefault(row.order.order_id, []).append((statement, row))

    def _transaction(self, order: Order, amounts: dict[str, int]) -> Transaction:
        number = self.world.counter("tiktok_shop.transaction", FIRST_TRANSACTION_ID)
        return Transaction(str(number), order, amounts)


def _is_due(order: Order) -> bool:
    return order.settled_at is not None or order.returned_at is not None
