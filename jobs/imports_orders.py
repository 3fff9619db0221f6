"""Orders of a file: new ones are stored, known ones only where the file is further along, and never over the marketplace's own answer."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from catalog.money import format_dong
from connectors.facts.order import Income, Order, OrderState
from jobs.imports_money import keep_file_incomes
from jobs.imports_task import Task
from jobs.order_rows import order_row
from jobs.stock import count_stock, taken
from models import OrderLine, SalesOrder
from models.among import among
from models.imports_store import (
    EXACT,
    NEW,
    ORDER,
    UNCHANGED,
    UPDATED,
    Entry,
    Known,
    forget_file_lines,
    hold_named,
    known_orders,
    note_entries,
    waiting_money,
)
from models.order_images import images
from models.orders_store import OrderRow, store_orders

ORDERLY = [state.value for state in OrderState]  # an order only moves forward in these
_GOODS = (
    select(SalesOrder.external_id, func.sum(OrderLine.quantity * OrderLine.unit_price_vnd))
    .join(OrderLine, OrderLine.order_id == SalesOrder.id)
    .where(among(SalesOrder.id, "ids"))
    .group_by(SalesOrder.external_id)
)


class _Said(NamedTuple):
    order: Order
    row: OrderRow


def keep_file_orders(task: Task, orders: Sequence[Order]) -> Counter[str]:
    """Counts by outcome. Safe to repeat, and in any order of files."""
    said = {order.external_id: _Said(order, order_row(order, task.zone)) for order in orders}
    known = known_orders(task.session, task.shop.id, said, ORDER)
    outcomes = {key: _outcome(one.row, known.get(key)) for key, one in said.items()}
    changed = {key: known[key].id for key, outcome in outcomes.items() if outcome == UPDATED}
    kept = images(task.session, changed.values()) if changed else {}
    written = [said[key].order for key, outcome in outcomes.items() if outcome in {NEW, UPDATED}]
    if written:
        _write(task, written, said, changed)
    entries = [Entry(task.import_id, key, outcome, kept.get(changed.get(key, 0))) for key, outcome in outcomes.items()]
    note_entries(task.session, entries)
    _compare(task, said, {key: known[key].id for key, outcome in outcomes.items() if outcome == EXACT})
    _pay(task, [key for key, outcome in outcomes.items() if outcome == NEW])
    return Counter(outcomes.values())


def _outcome(row: OrderRow, known: Known | None) -> str:
    if known is None:
        return NEW
    if known.held_by is None:
        return EXACT
    if row.content_hash == known.content_hash:
        return UNCHANGED
    return UPDATED if _place(row) > _place(known) else UNCHANGED


def _place(one: OrderRow | Known) -> tuple[object, ...]:
    """How far along a version of an order is. Two that are equally far are told apart by chance, but always the same way."""
    return one.updated_at, ORDERLY.index(one.state), one.content_hash


def _write(task: Task, orders: Sequence[Order], said: dict[str, _Said], changed: dict[str, int]) -> None:
    """As an API's page is written, with the stock it takes; only that the older file's lines go first."""
    before = taken(task.session, task.shop, [order for order in orders if order.external_id in changed])
    if changed:
        forget_file_lines(task.session, changed.values())
    store_orders(task.session, task.shop.id, [said[order.external_id].row for order in orders])
    count_stock(task.session, task.shop, before, orders)
    hold_named(task.session, task.shop.id, [order.external_id for order in orders], ORDER, task.import_id)


def _pay(task: Task, new: Sequence[str]) -> None:
    """Money that came before its order."""
    if waiting := waiting_money(task.session, task.shop.id, new):
        keep_file_incomes(task, [Income.from_json(kept) for kept in waiting.values()], is_noted=False)


def _compare(task: Task, said: dict[str, _Said], exact: dict[str, int]) -> None:
    """The API's figures stay; where the file's goods come to another sum, both are named."""
    if not exact:
        return
    goods = dict(task.session.execute(_GOODS, {"ids": exact.values()}).all())
    for key in exact:
        ours_vnd = int(goods.get(key, 0))
        theirs_vnd = sum(line.quantity * line.unit_price_vnd for line in said[key].order.lines)
        if ours_vnd != theirs_vnd:
            task.notes.say(
                f"Đơn {key}: tệp ghi tiền hàng {format_dong(theirs_vnd)}, API ghi {format_dong(ours_vnd)}; giữ số của API."
            )
