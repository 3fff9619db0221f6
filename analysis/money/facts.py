"""Orders with their lines and amounts, as stored: read in the order of their ids, so memory does not grow with them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from analysis.report import Period
from models import MoneyLine, OrderLine, SalesOrder, Shop

AT_ONCE = 5_000


class Line(NamedTuple):
    """One order line; quantities are pieces, the price is before vouchers."""

    order_id: int
    external_id: str
    sku: str
    variant_id: int | None
    quantity: int
    cancelled: int
    returned: int
    unit_price_vnd: int

    @property
    def stayed(self) -> int:
        return self.quantity - self.cancelled - self.returned

    @property
    def goods_vnd(self) -> int:
        return self.quantity * self.unit_price_vnd


class Amount(NamedTuple):
    """One signed amount. `line` "" belongs to the order as a whole."""

    order_id: int
    line: str
    code: str
    stage: str
    statement: str
    amount_vnd: int


class Order(NamedTuple):
    """One order and all that is known of its money."""

    id: int
    external_id: str
    shop: str
    marketplace: str
    state: str
    placed_at: datetime
    delivered_at: datetime | None
    settled_at: datetime | None
    payout_vnd: int | None
    lines: tuple[Line, ...]
    amounts: tuple[Amount, ...]


def placed_in(period: Period) -> ColumnElement[bool]:
    return and_(SalesOrder.placed_at >= period.start, SalesOrder.placed_at < period.end)


def orders(session: Session, where: ColumnElement[bool]) -> Iterator[Order]:
    """Every order of the condition (on SalesOrder and Shop) with its lines and amounts: three SELECTs, side by side."""
    lines = _Following(_rows(session, _lines(where), Line))
    amounts = _Following(_rows(session, _amounts(where), Amount))
    for row in session.execute(_orders(where), execution_options={"yield_per": AT_ONCE}):
        yield Order._make((*row, lines.of(row.id), amounts.of(row.id)))


class _Following:
    """Rows grouped by order, handed out as the orders come by; an order without rows has none."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._groups = groupby(rows, key=attrgetter("order_id"))
        self._next = next(self._groups, None)

    def of(self, order_id: int) -> tuple[Any, ...]:
        if self._next is None or self._next[0] != order_id:
            return ()
        found = tuple(self._next[1])
        self._next = next(self._groups, None)
        return found


def _rows(session: Session, query: Select[Any], kind: type[Any]) -> Iterator[Any]:
    return (kind(*row) for row in session.execute(query, execution_options={"yield_per": AT_ONCE}))


def _orders(where: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (SalesOrder.id, SalesOrder.external_id, Shop.name, Shop.marketplace, SalesOrder.state)
    rest = (SalesOrder.placed_at, SalesOrder.delivered_at, SalesOrder.settled_at, SalesOrder.payout_vnd)
    return select(*columns, *rest).join(Shop, SalesOrder.shop_id == Shop.id).where(where).order_by(SalesOrder.id)


def _lines(where: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (OrderLine.order_id, OrderLine.external_id, OrderLine.sku, OrderLine.variant_id)
    figures = (OrderLine.quantity, OrderLine.cancelled_quantity, OrderLine.returned_quantity, OrderLine.unit_price_vnd)
    return (
        select(*columns, *figures)
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .where(where)
        .order_by(SalesOrder.id, OrderLine.id)
    )


def _amounts(where: ColumnElement[bool]) -> Select[Any]:
    columns: tuple[Any, ...] = (MoneyLine.order_id, MoneyLine.line_external_id, MoneyLine.code, MoneyLine.stage)
    return (
        select(*columns, MoneyLine.statement, MoneyLine.amount_vnd)
        .join(SalesOrder, MoneyLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .where(where)
        .order_by(SalesOrder.id, MoneyLine.id)
    )
