"""Goods that came back, as a file of returns says: noted on the lines of orders that files brought; the API's own figures stay.

A line never loses a return again: an order file that is newer says itself what came back.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from connectors.facts.order import OrderState
from connectors.files.kind import Return
from jobs.imports_task import Task
from models import OrderLine, SalesOrder
from models.among import among
from models.imports_store import (
    EXACT,
    ORDER,
    UNCHANGED,
    UPDATED,
    WAITING,
    Entry,
    hold,
    known_orders,
    note_entries,
)
from models.order_images import images
from models.rollup_store import mark_due

Pieces = Mapping[str, int]  # by SKU


def keep_file_returns(task: Task, returns: Sequence[Return]) -> Counter[str]:
    """Counts by outcome. Safe to repeat. An order that is not here yet waits: the file is taken again after its order's."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for one in returns:
        said[one.order_external_id][one.sku] += one.quantity
    known = known_orders(task.session, task.shop.id, said, ORDER)
    entries = []
    for key, pieces in said.items():
        if key not in known:
            entries.append(Entry(task.import_id, key, WAITING, None))
        elif known[key].held_by is None:
            _compare(task, key, known[key].id, pieces)
            entries.append(Entry(task.import_id, key, EXACT, None))
        else:
            entries.append(_take_back(task, key, known[key].id, pieces))
    note_entries(task.session, entries)
    return Counter(entry.outcome for entry in entries)


def _take_back(task: Task, key: str, order_id: int, pieces: Pieces) -> Entry:
    before = images(task.session, [order_id])[order_id]
    lines = _lines(task, order_id)
    more = _more(lines, pieces)
    if not more:
        return Entry(task.import_id, key, UNCHANGED, None)
    for line_id, returned in more.items():
        task.session.execute(update(OrderLine).where(OrderLine.id == line_id).values(returned_quantity=returned))
    order = task.session.get_one(SalesOrder, order_id, populate_existing=True)
    if all(more.get(line.id, line.returned_quantity) == line.quantity for line in lines):
        order.state = OrderState.RETURNED.value
    task.session.flush()
    hold(task.session, [order_id], ORDER, task.import_id)
    mark_due(task.session, task.shop.id, [order.placed_at])
    return Entry(task.import_id, key, UPDATED, before)


def _more(lines: Sequence[OrderLine], pieces: Pieces) -> dict[int, int]:
    """Returned pieces of lines that have fewer so far. Of two lines of one SKU the first takes what it can hold."""
    left, more = Counter(pieces), dict[int, int]()
    for line in lines:
        returned = min(line.quantity - line.cancelled_quantity, left[line.sku])
        left[line.sku] -= returned
        if returned > line.returned_quantity:
            more[line.id] = returned
    return more


def _compare(task: Task, key: str, order_id: int, pieces: Pieces) -> None:
    ours = sum(line.returned_quantity for line in _lines(task, order_id))
    if ours != (theirs := sum(pieces.values())):
        task.notes.say(f"Đơn {key}: tệp ghi trả {theirs} sản phẩm, API ghi {ours}; giữ số của API.")


def _lines(task: Task, order_id: int) -> Sequence[OrderLine]:
    query = select(OrderLine).where(among(OrderLine.order_id, "ids")).order_by(OrderLine.id)
    return task.session.scalars(query, {"ids": [order_id]}, execution_options={"populate_existing": True}).all()
