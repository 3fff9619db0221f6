"""Orders and what they earned, a page at a time. Safe to repeat, and in any order: an older reading never wins.

A page costs a few statements however many orders it holds, and one that says nothing new costs one SELECT. Lines the
marketplace no longer names are kept and counted: quantities are its to change, and a sale does not disappear silently.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.orm import Session

from models.among import among
from models.bulk import upsert
from models.money_store import add_money, replace_money
from models.order import OrderLine, SalesOrder
from models.order_rows import IncomeRow, LineRow, MoneyRow, OrderRow
from models.register import Variant
from models.rollup_store import mark_due
from models.shop import Shop

__all__ = [
    "Counts",
    "IncomeCounts",
    "IncomeRow",
    "LineRow",
    "MoneyRow",
    "OrderRow",
    "link_lines",
    "store_income",
    "store_orders",
]

_PLACED = (("placed", ""),)  # the money an order's own answer always speaks for, even when it names none
_ORDER_FIELDS = OrderRow._fields[:-2]  # all but lines and money
_LINE_KEY = ("order_id", "external_id")
_THESE = (SalesOrder.shop_id == bindparam("shop_id"), among(SalesOrder.external_id, "keys"))
_KNOWN = select(SalesOrder.external_id, SalesOrder.id, SalesOrder.content_hash, SalesOrder.updated_at).where(*_THESE)
_IDS = select(SalesOrder.external_id, SalesOrder.id).where(*_THESE)
_PLACED_AT = select(SalesOrder.placed_at).where(*_THESE)
_ORDERS = select(SalesOrder).where(*_THESE)
_VARIANTS = select(Variant.sku, Variant.id).where(among(Variant.sku, "skus"))
_LINES = select(OrderLine.order_id, OrderLine.external_id).where(among(OrderLine.order_id, "ids"))


class Counts(NamedTuple):
    """Orders by what became of them; `vanished_lines` were stored once and are missing from the new answer."""

    new: int
    updated: int
    unchanged: int
    vanished_lines: int = 0


class IncomeCounts(NamedTuple):
    """Incomes by what became of them; `unknown` belong to orders that were never stored: pull those orders and ask again."""

    new: int
    updated: int
    unchanged: int
    unknown: int


class _Known(NamedTuple):
    id: int
    content_hash: str
    updated_at: datetime


def store_orders(session: Session, shop_id: int, orders: Sequence[OrderRow]) -> Counts:
    """Write what is new or changed of a page (at most 10,000). Raises ValueError when an order names a line or amount twice."""
    _take_turn(session, shop_id)
    newest = {order.external_id: order for order in sorted(orders, key=lambda order: order.updated_at)}
    known = _known(session, shop_id, newest)
    new = [order for key, order in newest.items() if key not in known]
    changed = [order for key, order in newest.items() if key in known and _says_more(order, known[key])]
    vanished = 0
    if new or changed:
        mark_due(session, shop_id, _placed(session, shop_id, changed))  # a moment that moves leaves its old day too
        _upsert_orders(session, shop_id, [*new, *changed])
        ids = {key: row.id for key, row in known.items()} | _ids(session, shop_id, [order.external_id for order in new])
        vanished = _count_vanished(session, {ids[order.external_id]: order for order in changed})
        _upsert_lines(session, {ids[order.external_id]: order for order in (*new, *changed)})
        add_money(session, {ids[order.external_id]: order.money for order in new})
        replace_money(session, {ids[order.external_id]: order.money for order in changed}, always=_PLACED)
        mark_due(session, shop_id, (order.placed_at for order in (*new, *changed)))
    return Counts(len(new), len(changed), len(orders) - len(new) - len(changed), vanished)


def store_income(session: Session, shop_id: int, incomes: Sequence[IncomeRow]) -> IncomeCounts:
    """Write amounts, payout and settlement of known orders; what an income leaves as None keeps its stored value."""
    _take_turn(session, shop_id)
    by_order = {income.order_external_id: income for income in incomes}
    these = {"shop_id": shop_id, "keys": by_order}
    orders = session.scalars(_ORDERS, these, execution_options={"populate_existing": True}).all()
    moved = replace_money(session, {order.id: by_order[order.external_id].money for order in orders})
    first = {order.id for order in orders if order.payout_vnd is None and order.settled_at is None}
    for order in orders:
        income = by_order[order.external_id]
        order.payout_vnd = order.payout_vnd if income.payout_vnd is None else income.payout_vnd
        order.settled_at = income.settled_at or order.settled_at
    moved |= {order.id for order in orders if session.is_modified(order)}
    session.flush()
    mark_due(session, shop_id, (order.placed_at for order in orders if order.id in moved))
    new = len(moved & first)
    return IncomeCounts(new, len(moved) - new, len(orders) - len(moved), len(by_order) - len(orders))


def link_lines(session: Session) -> int:
    """Give lines whose SKU the register has learnt since to their variant; returns how many. Run after an import."""
    mine = Variant.sku == OrderLine.sku
    variant = select(Variant.id).where(mine).scalar_subquery()
    orphans = update(OrderLine).where(OrderLine.variant_id.is_(None), exists().where(mine)).values(variant_id=variant)
    linked = session.scalars(orphans.returning(OrderLine.id), execution_options={"synchronize_session": False})
    return len(linked.all())


def _take_turn(session: Session, shop_id: int) -> None:
    """One writer of a shop's orders at a time: on PostgreSQL the shop's row is locked, SQLite's writers are alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(Shop.id).where(Shop.id == shop_id).with_for_update(key_share=True))


def _known(session: Session, shop_id: int, keys: Collection[str]) -> dict[str, _Known]:
    rows = session.execute(_KNOWN, {"shop_id": shop_id, "keys": keys})
    return {key: _Known(row_id, digest, updated_at) for key, row_id, digest, updated_at in rows}


def _says_more(order: OrderRow, known: _Known) -> bool:
    return order.content_hash != known.content_hash and order.updated_at >= known.updated_at


def _ids(session: Session, shop_id: int, keys: Sequence[str]) -> dict[str, int]:
    if not keys:
        return {}
    return dict(session.execute(_IDS, {"shop_id": shop_id, "keys": keys}).all())


def _placed(session: Session, shop_id: int, orders: Sequence[OrderRow]) -> Sequence[datetime]:
    """When they were placed as far as is known yet."""
    if not orders:
        return ()
    return session.scalars(_PLACED_AT, {"shop_id": shop_id, "keys": [order.external_id for order in orders]}).all()


def _upsert_orders(session: Session, shop_id: int, orders: Iterable[OrderRow]) -> None:
    upsert(
        session,
        SalesOrder,
        ("shop_id", *_ORDER_FIELDS),
        [(shop_id, *order[:-2]) for order in orders],
        key=("shop_id", "external_id"),
        update=_ORDER_FIELDS[1:],
    )


def _upsert_lines(session: Session, orders: dict[int, OrderRow]) -> None:
    skus = {line.sku for order in orders.values() for line in order.lines}
    variants = dict(session.execute(_VARIANTS, {"skus": skus}).all())
    upsert(
        session,
        OrderLine,
        ("order_id", "variant_id", *LineRow._fields),
        [(order_id, variants.get(line.sku), *line) for order_id, order in orders.items() for line in order.lines],
        key=_LINE_KEY,
        update=("variant_id", *LineRow._fields[1:]),
    )


def _count_vanished(session: Session, orders: dict[int, OrderRow]) -> int:
    if not orders:
        return 0
    given = {(order_id, line.external_id) for order_id, order in orders.items() for line in order.lines}
    return sum((order_id, key) not in given for order_id, key in session.execute(_LINES, {"ids": orders}))
