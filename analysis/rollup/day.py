"""One day's orders of one shop, added up: the rows of every sum. Pure, so that any way of coming to the orders gives the same."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from analysis.money.attribution import Part, parts, pieces, standing
from analysis.money.facts import Order
from analysis.money.table import FIGURES, MONEY, figures_of
from analysis.oddities import oddities
from analysis.sold import NOT_REVENUE
from models import AmountDay, BasketDay, MoneyDay, OddOrder, OrderDay, SaleDay, UnclassedDay
from models.base import Base

SALES = ("lines", "orders", "units", "revenue_vnd")
Key = tuple[str | int, ...]


class Kept(NamedTuple):
    """A table of sums by day: what tells its rows of a shop's day apart, and what they hold."""

    table: type[Base]
    key: tuple[str, ...]
    figures: tuple[str, ...]


_OF_MONEY = ("sku", "stage", "delivered_day", "paid_day")
MONEY_DAY = Kept(MoneyDay, _OF_MONEY, FIGURES)
UNCLASSED_DAY = Kept(UnclassedDay, (*_OF_MONEY, "code"), ("amount_vnd",))
AMOUNT_DAY = Kept(AmountDay, ("stage", "code"), ("plus_vnd", "minus_vnd"))
SALE_DAY = Kept(SaleDay, ("sku",), SALES)
BASKET_DAY = Kept(BasketDay, ("skus",), ("orders",))
ORDER_DAY = Kept(OrderDay, (), ("orders", "sold", "unsettled"))
ODD_ORDER = Kept(OddOrder, ("external_id", "kind"), ("amount_vnd", "against_vnd"))
OF_A_DAY = (MONEY_DAY, UNCLASSED_DAY, AMOUNT_DAY, SALE_DAY, BASKET_DAY, ORDER_DAY, ODD_ORDER)


class Day:
    """Sums by table and key."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._sums: dict[Kept, dict[Key, list[int]]] = defaultdict(dict)

    def rows(self, kept: Kept) -> Iterator[tuple[str | int, ...]]:
        """Key and figures, in the order of the keys."""
        return ((*key, *figures) for key, figures in sorted(self._sums[kept].items()))

    def add(self, order: Order) -> None:
        money = list(parts(order))
        self._add_money(order, money)
        self._add_sales(order)
        for stage, code, amounts in standing(order):
            for amount in amounts:
                self._sum(AMOUNT_DAY, (stage, code), (max(amount.amount_vnd, 0), min(amount.amount_vnd, 0)))
        for odd in oddities(order, money):
            self._sum(ODD_ORDER, (order.external_id, odd.kind.value), (odd.amount_vnd, odd.against_vnd))

    def _sum(self, kept: Kept, key: Key, figures: Sequence[int]) -> None:
        sums = self._sums[kept].setdefault(key, [0] * len(kept.figures))
        for place, figure in enumerate(figures):
            sums[place] += figure

    def _add_money(self, order: Order, money: Sequence[Part]) -> None:
        days = _number(order.delivered_at, self._zone), _number(order.settled_at, self._zone)
        for part in money:
            key = (part.line.sku if part.line else "", part.stage, *days)
            if part.kind is None:
                self._sum(UNCLASSED_DAY, (*key, part.code), (part.amount_vnd,))
            self._sum(MONEY_DAY, key, figures_of(part))
        for line, stage, count in pieces(order):
            self._sum(MONEY_DAY, (line.sku, stage, *days), (count, *(0,) * len(MONEY)))

    def _add_sales(self, order: Order) -> None:
        stands = order.state not in NOT_REVENUE
        sold = [line for line in order.lines if stands and line.stayed]
        for line in order.lines:
            self._sum(SALE_DAY, (line.sku,), (1,))
        for line in sold:
            self._sum(SALE_DAY, (line.sku,), (0, 0, line.stayed, line.stayed * line.unit_price_vnd))
        skus = sorted({line.sku for line in sold})
        for sku in skus:
            self._sum(SALE_DAY, (sku,), (0, 1))
        if len(skus) > 1:
            self._sum(BASKET_DAY, (json.dumps(skus, ensure_ascii=False),), (1,))
        self._sum(ORDER_DAY, (), (1, bool(sold), stands and order.settled_at is None))


def number(day: date) -> int:
    """As a number, yyyymmdd."""
    return (day.year * 100 + day.month) * 100 + day.day


def _number(moment: datetime | None, zone: ZoneInfo) -> int:
    return number(moment.astimezone(zone).date()) if moment else 0
