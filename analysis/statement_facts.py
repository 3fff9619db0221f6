"""What a reconciliation rests on: statements of a period, the settled amounts that name them, and the orders these belong to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from analysis.report import Period
from models import MoneyLine, OrderLine, SalesOrder, Shop, Statement, StatementLine

UNDONE = ("cancelled", "returned")
LONGEST_WAIT = timedelta(days=14)  # the slowest statement is weekly and is cut a day after its week (Lazada 4.4)


class Amount(NamedTuple):
    """One settled amount of one order."""

    order: str
    statement: str
    line: str
    code: str
    amount_vnd: int


@dataclass(frozen=True)
class Sold:
    """One order: what was ordered, what stayed sold, and the SKUs in it. Goods are at the buyer's price."""

    is_undone: bool
    changed_at: datetime
    goods_vnd: int
    kept_vnd: int
    pieces: int
    skus: frozenset[str]


@dataclass(frozen=True)
class Said:
    """One statement in the marketplace's own words."""

    external_id: str
    period_end: datetime
    total_vnd: int
    payout_vnd: int | None
    by_order: Mapping[str, int]  # empty: it says nothing order by order
    of_the_shop: tuple[tuple[str, int], ...]  # code and amount of what belongs to no order


@dataclass
class Account:
    """One shop's statements of the period, oldest first, and all that is held against them."""

    shop: str
    statements: list[Said] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    orders: dict[str, Sold] = field(default_factory=dict)
    unpaid: dict[str, int | None] = field(
        default_factory=dict
    )  # completed long ago, no payout names them; what is expected


def accounts(session: Session, period: Period) -> tuple[list[Account], list[str]]:
    """Every shop that ever had a statement, and the names of those that never had one. Five SELECTs, however many statements."""
    shops = session.execute(_shops()).all()
    found = {shop_id: Account(name) for shop_id, name, has_any in shops if has_any}
    for shop_id, said in _statements(session, period):
        found[shop_id].statements.append(said)
    for shop_id, order, statement, line, code, amount_vnd in session.execute(_amounts(period)):
        found[shop_id].amounts.append(Amount(order, statement, line, code, amount_vnd))
    for shop_id, order, state, changed_at, goods, kept, pieces, sku in session.execute(_sold(period)):
        part = Sold(state in UNDONE, changed_at, int(goods), int(kept), int(pieces), frozenset({sku}))
        _add(found[shop_id].orders, order, part)
    for shop_id, order, expected_vnd, completed_at, last_cut in session.execute(_unpaid(period)):
        if completed_at + LONGEST_WAIT < last_cut:
            found[shop_id].unpaid[order] = expected_vnd
    return list(found.values()), [name for _, name, has_any in shops if not has_any]


def _shops() -> Select[int, str, bool]:
    return select(Shop.id, Shop.name, exists().where(Statement.shop_id == Shop.id)).order_by(Shop.name)


def _inside(period: Period) -> Select[int]:
    """A statement belongs to the period in which it was cut; one that ends at midnight belongs to the day before."""
    return select(Statement.id).where(Statement.period_end > period.start, Statement.period_end <= period.end)


def _statements(session: Session, period: Period) -> Iterable[tuple[int, Said]]:
    query = (
        select(Statement, StatementLine)
        .outerjoin(StatementLine, StatementLine.statement_id == Statement.id)
        .where(Statement.id.in_(_inside(period)))
        .order_by(Statement.shop_id, Statement.period_end, Statement.external_id, StatementLine.position)
    )
    heads: dict[int, Statement] = {}
    by_order: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    of_the_shop: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for head, line in session.execute(query):
        heads[head.id] = head
        if line is not None and line.order_external_id:
            by_order[head.id][line.order_external_id] += line.amount_vnd
        elif line is not None:
            of_the_shop[head.id].append((line.code, line.amount_vnd))
    for key, head in heads.items():
        rest = dict(by_order[key]), tuple(of_the_shop[key])
        yield head.shop_id, Said(head.external_id, head.period_end, head.total_vnd, head.payout_vnd, *rest)


def _paid(period: Period) -> Select[int]:
    """Orders that a statement of the period names."""
    named = (Statement.shop_id == SalesOrder.shop_id) & (Statement.external_id == MoneyLine.statement)
    return (
        select(SalesOrder.id)
        .join(MoneyLine, MoneyLine.order_id == SalesOrder.id)
        .join(Statement, named)
        .where(Statement.id.in_(_inside(period)), MoneyLine.stage == "settled")
    )


def _amounts(period: Period) -> Select[int, str, str, str, str, int]:
    """All their settled amounts, those of other periods' statements too: a fee may be charged again a month later."""
    columns = (MoneyLine.statement, MoneyLine.line_external_id, MoneyLine.code, MoneyLine.amount_vnd)
    return (
        select(SalesOrder.shop_id, SalesOrder.external_id, *columns)
        .join(MoneyLine, MoneyLine.order_id == SalesOrder.id)
        .where(SalesOrder.id.in_(_paid(period)), MoneyLine.stage == "settled")
        .order_by(SalesOrder.id, MoneyLine.id)
    )


def _sold(period: Period) -> Select[int, str, str, datetime, int, int, int, str]:
    """A row an order and SKU."""
    of_the_order = (SalesOrder.shop_id, SalesOrder.external_id, SalesOrder.state, SalesOrder.updated_at)
    price = OrderLine.unit_price_vnd
    stayed = OrderLine.quantity - OrderLine.cancelled_quantity - OrderLine.returned_quantity
    sums = (func.sum(OrderLine.quantity * price), func.sum(stayed * price), func.sum(OrderLine.quantity))
    return (
        select(*of_the_order, *sums, OrderLine.sku)
        .join(OrderLine, OrderLine.order_id == SalesOrder.id)
        .where(SalesOrder.id.in_(_paid(period)))
        .group_by(SalesOrder.id, *of_the_order, OrderLine.sku)
        .order_by(SalesOrder.id, OrderLine.sku)
    )


def _add(orders: dict[str, Sold], order: str, part: Sold) -> None:
    if before := orders.get(order):
        part = replace(
            before,
            goods_vnd=before.goods_vnd + part.goods_vnd,
            kept_vnd=before.kept_vnd + part.kept_vnd,
            pieces=before.pieces + part.pieces,
            skus=before.skus | part.skus,
        )
    orders[order] = part


def _unpaid(period: Period) -> Select[int, str, int | None, datetime, datetime]:
    """Completed orders of the period that no payout names: their estimate, their last change and the shop's last statement."""
    last = select(func.max(Statement.period_end)).where(Statement.shop_id == SalesOrder.shop_id).scalar_subquery()
    return (
        select(SalesOrder.shop_id, SalesOrder.external_id, SalesOrder.payout_vnd, SalesOrder.updated_at, last)
        .where(
            SalesOrder.shop_id.in_(select(Statement.shop_id)),
            SalesOrder.placed_at >= period.start,
            SalesOrder.placed_at < period.end,
            SalesOrder.state == "completed",
            SalesOrder.settled_at.is_(None),
            ~exists().where(MoneyLine.order_id == SalesOrder.id, MoneyLine.stage == "settled"),  # stated, not paid yet
        )
        .order_by(SalesOrder.id)
    )
