"""A seller's orders by the number Lazada gives them, one row a piece (Lazada Open Platform reference, order pages, read 2026-11-24).

An order number is unique within one shop only: a cart over two shops gives both the same. Here two shops always share their numbers.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from sandbox.lazada.rules import MARKET
from sandbox.world import Order, OrderLine, World

FIRST_ORDER = 410_000_000_000_001
FIRST_PIECE = 410_000_100_000_000


class Piece(NamedTuple):
    """One physical unit of a line, and its share of the seller's voucher (đồng)."""

    item_id: int
    line: OrderLine
    voucher_vnd: int


@dataclass
class OrderBook:
    world: World
    shop: str
    _orders: list[Order] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)  # world's id -> number
    _open: list[Order] = field(default_factory=list)  # not shipped, not cancelled
    _seen: int = 0

    def orders(self) -> list[Order]:
        """In the order they were placed."""
        self._read()
        return self._orders

    def by_number(self, number: int) -> Order | None:
        orders, place = self.orders(), number - FIRST_ORDER
        return orders[place] if 0 <= place < len(orders) else None

    def number(self, order: Order) -> int:
        if order.order_id not in self._numbers:
            self._read()
        return self._numbers[order.order_id]

    def reserved(self) -> tuple[Counter[int], Counter[int]]:
        """Pieces withheld for unpaid orders, and occupied by paid ones not yet shipped, by SKU id."""
        self._read()
        self._open = [one for one in self._open if one.shipped_at is None and one.cancelled_at is None]
        withheld: Counter[int] = Counter()
        occupied: Counter[int] = Counter()
        for order in self._open:
            held = withheld if order.paid_at is None else occupied
            for line in order.lines:
                held[line.offer_id] += line.quantity
        return withheld, occupied

    def _read(self) -> None:
        everything = self.world.orders(MARKET)
        for order in everything[self._seen :]:
            if order.shop == self.shop:
                self._numbers[order.order_id] = FIRST_ORDER + len(self._orders)
                self._orders.append(order)
                self._open.append(order)
        self._seen = len(everything)


def pieces(order: Order) -> Iterator[Piece]:
    """Its units. The voucher is shared out by value, to the đồng; the last piece takes what is left."""
    units = [(line, number) for line in order.lines for number in range(line.quantity)]
    left, goods_vnd = order.seller_voucher_vnd, order.goods_vnd
    for place, (line, number) in enumerate(units, 1):
        is_last = place == len(units)
        voucher_vnd = left if is_last else order.seller_voucher_vnd * line.unit_price_vnd // goods_vnd
        left -= voucher_vnd
        yield Piece(FIRST_PIECE + line.line_id % 10**9 * 10 + number, line, voucher_vnd)
