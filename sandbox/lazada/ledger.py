"""A seller's account: what was booked, in which statement, and what each statement comes to (đồng).

Option `statement_errors` seeds three mistakes, the same ones in every run of a seed: the commission of one piece booked twice, one returned order
whose price was not taken back, and one statement that pays out an order too little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sandbox.lazada import fees
from sandbox.lazada.accounts import Seller
from sandbox.lazada.fees import Entry
from sandbox.lazada.order_book import OrderBook
from sandbox.lazada.rules import Rules
from sandbox.lazada.weeks import Week, booked_at, week_of
from sandbox.world import Order

CHARGED_TWICE = 2  # which of the completed orders of several pieces, counted from 0
PAID_SHORT = 4  # which of all the completed ones
NOT_TAKEN_BACK = 0  # which of the returned ones


class Booking(NamedTuple):
    order: Order
    at: datetime
    entries: list[Entry]

    @property
    def week(self) -> Week:
        return week_of(self.at)

    @property
    def amount_vnd(self) -> int:
        return sum(entry.amount_vnd for entry in self.entries)


@dataclass
class Ledger:
    seller: Seller
    rules: Rules
    book: OrderBook
    _booked: dict[int, Booking] = field(default_factory=dict)

    def bookings(self) -> list[Booking]:
        """Every order that reached the account, in the order they did."""
        for order in self.book.orders():
            at = booked_at(order)
            if at is not None and order.order_id not in self._booked:
                entries = fees.entries(self.seller, self.rules, order)
                self._booked[order.order_id] = Booking(order, at, entries)
        ordered = sorted(self._booked.values(), key=lambda one: (one.at, one.order.order_id))
        return self._with_mistakes(ordered) if self.rules.statement_errors else ordered

    def statements(self, now: datetime) -> Iterator[tuple[Week, list[Booking]]]:
        """Weeks that have been drawn up by now, with what they cover, oldest first."""
        for week, bookings in groupby(self.bookings(), key=lambda one: one.week):
            if week.drawn_up_at <= now:
                yield week, list(bookings)

    def paid_in(self, bookings: Sequence[Booking]) -> list[Booking]:
        """What the statement over these pays for: all, or all but the one it forgot."""
        forgotten = self._forgotten()
        return [one for one in bookings if forgotten is None or one.order is not forgotten]

    def mistakes(self, now: datetime) -> list[dict[str, Any]]:
        """The seeded ones that can be seen by now: kind, shop, order, code of the fee, statement.

        `amount_vnd` is how much more (or, negative, less) the seller got than is right.
        """
        if not self.rules.statement_errors:
            return []
        shop = {"shop": self.seller.world_name}
        return [
            shop
            | {"kind": kind, "order": str(self.book.number(one.order)), "code": fee_name, "amount_vnd": amount_vnd}
            | {"statement": one.week.number(self.seller.short_code)}
            for one in self.bookings()
            for kind, fee_name, amount_vnd in self._mistaken(one, now)
        ]

    def _mistaken(self, one: Booking, now: datetime) -> Iterator[tuple[str, str, int]]:
        clean = fees.entries(self.seller, self.rules, one.order)
        if len(one.entries) > len(clean):
            yield "fee_charged_twice", fees.COMMISSION, one.entries[-1].amount_vnd
        if len(one.entries) < len(clean):
            yield "missing_refund", fees.REVERSAL + fees.ITEM_PRICE, one.order.goods_vnd
        if one.order is self._forgotten() and one.week.drawn_up_at <= now:
            yield "order_not_paid", "", -one.amount_vnd

    def _with_mistakes(self, ordered: list[Booking]) -> list[Booking]:
        several = [one.order for one in ordered if one.order.completed_at and _has_several(one.order)]
        twice = _nth(several, CHARGED_TWICE)
        kept = _nth([one.order for one in ordered if one.order.returned_at], NOT_TAKEN_BACK)
        return [self._mistake(one, twice, kept) for one in ordered]

    def _mistake(self, one: Booking, twice: Order | None, kept: Order | None) -> Booking:
        if one.order is twice:
            commission = next(entry for entry in one.entries if entry.fee_name == fees.COMMISSION)
            return one._replace(entries=[*one.entries, commission])
        if one.order is kept:
            forgotten = fees.REVERSAL + fees.ITEM_PRICE
            return one._replace(entries=[entry for entry in one.entries if entry.fee_name != forgotten])
        return one

    def _forgotten(self) -> Order | None:
        if not self.rules.statement_errors:
            return None
        completed = [order for order in self.book.orders() if order.completed_at]
        return _nth(sorted(completed, key=lambda one: (one.completed_at, one.order_id)), PAID_SHORT)


def _has_several(order: Order) -> bool:
    """Each piece is charged by itself, so the order's fee is not twice what it should be."""
    return sum(line.quantity for line in order.lines) > 1


def _nth(orders: list[Order], place: int) -> Order | None:
    return orders[place] if place < len(orders) else None
