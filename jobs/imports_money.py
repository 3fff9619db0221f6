"""Incomes of a file: money for orders that are known, kept waiting for those that are not, and never over the API's own."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace
from sqlalchemy import exists, select

from catalog.money import format_dong
from connectors.facts.order import Income, MoneyStage
from jobs.imports_task import Task
from jobs.income import income_rows
from models import MoneyLine, SalesOrder
from models.among import among
from models.imports_store import (
    EXACT,
    INCOME,
    NEW,
    UNCHANGED,
    UPDATED,
    WAITING,
    Entry,
    Known,
    hold,
    known_orders,
    note_entries,
)
from models.order_images import images
from models.orders_store import store_income


def keep_file_incomes(task: Task, incomes: Sequence[Income], *, is_noted: bool = True) -> Counter[str]:
    """Counts by outcome. Safe to repeat. Without `is_noted` they are part of what the file says of its orders."""
    known = known_orders(task.session, task.shop.id, [one.order_external_id for one in incomes], INCOME)
    waiting = [one for one in incomes if one.order_external_id not in known]
    told = _told_by_api(task, known.values())
    exact = [one for one in incomes if one.order_external_id in known and known[one.order_external_id].id in told]
    late = [one for one in incomes if _is_late(one, known.get(one.order_external_id))]
    aside = {one.order_external_id for one in (*waiting, *exact, *late)}
    given = {one.order_external_id: one for one in incomes if one.order_external_id not in aside}
    entries = [Entry(task.import_id, one.order_external_id, WAITING, one.as_json()) for one in waiting]
    entries += [Entry(task.import_id, one.order_external_id, EXACT, None) for one in exact]
    entries += [Entry(task.import_id, one.order_external_id, UNCHANGED, None) for one in late]
    entries += _write(task, given, known)
    for income in exact:
        _compare(task, income, known[income.order_external_id])
    if is_noted:
        note_entries(task.session, entries)
    return Counter(entry.outcome for entry in entries)


def _told_by_api(task: Task, known: Iterable[Known]) -> set[int]:
    """Orders whose settled amounts the API has told, paid already or not: a file names their statements otherwise."""
    ids = [one.id for one in known if one.held_by is None]
    return set(task.session.scalars(_SETTLED, {"ids": ids})) if ids else set()


_SETTLED = (
    select(SalesOrder.id)
    .where(among(SalesOrder.id, "ids"))
    .where(
        SalesOrder.settled_at.is_not(None)
        | exists().where(MoneyLine.order_id == SalesOrder.id, MoneyLine.stage == "settled")
    )
)


def _is_late(income: Income, known: Known | None) -> bool:
    """An estimate says nothing of an order that a file has settled."""
    is_settled = known is not None and known.settled_at is not None and known.held_by is not None
    return is_settled and all(line.stage is MoneyStage.PROCESSING for line in income.lines)


def _write(task: Task, given: dict[str, Income], known: dict[str, Known]) -> Iterator[Entry]:
    """An order whose rows are as before was not changed."""
    ids = [known[key].id for key in given]
    before = images(task.session, ids)
    latest = [_latest(income, known[key]) for key, income in given.items()]
    store_income(task.session, task.shop.id, income_rows(latest))
    after = images(task.session, ids)
    changed = [order_id for order_id in ids if before[order_id] != after[order_id]]
    hold(task.session, changed, INCOME, task.import_id)
    for key in given:
        order_id, held_by = known[key].id, known[key].held_by
        if before[order_id] == after[order_id]:
            yield Entry(task.import_id, key, UNCHANGED, None)
        else:
            yield Entry(task.import_id, key, NEW if held_by is None else UPDATED, before[order_id])


def _latest(income: Income, known: Known) -> Income:
    """An older report adds its days' amounts, but the last word on payout and day stays."""
    if known.settled_at is None or income.settled_at is None or income.settled_at >= known.settled_at:
        return income
    return replace(income, payout_vnd=None, settled_at=None)


def _compare(task: Task, income: Income, known: Known) -> None:
    if known.payout_vnd != income.payout_vnd and None not in {known.payout_vnd, income.payout_vnd}:
        task.notes.say(
            f"Đơn {income.order_external_id}: tệp ghi thực nhận {format_dong(income.payout_vnd or 0)}, "
            f"API ghi {format_dong(known.payout_vnd or 0)}; giữ số của API."
        )
