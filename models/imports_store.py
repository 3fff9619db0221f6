"""What files said, as rows: which orders they hold, and how the marketplace's own answer takes a file's place."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, delete, literal, select, update
from sqlalchemy.orm import Session

from models.among import among
from models.bulk import insert_into, upsert
from models.imports import FileEntry, FileHold, FileImport
from models.order import MoneyLine, OrderLine, SalesOrder

ORDER, INCOME = "order", "income"  # the aspects of an order that a file may hold
NEW, UPDATED, UNCHANGED, WAITING, EXACT = "new", "updated", "unchanged", "waiting", "exact"
STATEMENT = "statement:"  # an entry that is of a statement begins so; orders' ids never do
FILE_LINES = "~%"  # order lines that have no id of the marketplace's own
_NOTHING_YET = ""  # a content hash that equals none
_QUIET = {"synchronize_session": False}


class Known(NamedTuple):
    """An order as it is stored, and which import holds it; None: the API's."""

    id: int
    state: str
    content_hash: str
    updated_at: datetime
    settled_at: datetime | None
    payout_vnd: int | None
    held_by: int | None


class Entry(NamedTuple):
    import_id: int
    external_id: str
    outcome: str
    kept: str | None


def known_orders(session: Session, shop_id: int, keys: Collection[str], aspect: str) -> dict[str, Known]:
    """By the marketplace's id."""
    columns = (
        SalesOrder.state,
        SalesOrder.content_hash,
        SalesOrder.updated_at,
        SalesOrder.settled_at,
        SalesOrder.payout_vnd,
    )
    query = (
        select(SalesOrder.external_id, SalesOrder.id, *columns, FileHold.import_id)
        .outerjoin(FileHold, (FileHold.order_id == SalesOrder.id) & (FileHold.aspect == aspect))
        .where(SalesOrder.shop_id == shop_id, among(SalesOrder.external_id, "keys"))
    )
    return {row[0]: Known(*row[1:]) for row in session.execute(query, {"keys": keys})}


def hold(session: Session, order_ids: Iterable[int], aspect: str, import_id: int) -> None:
    """From now on these orders' facts are this import's."""
    rows = [(order_id, aspect, import_id) for order_id in order_ids]
    upsert(
        session, FileHold, ("order_id", "aspect", "import_id"), rows, key=("order_id", "aspect"), update=("import_id",)
    )


def hold_named(session: Session, shop_id: int, keys: Collection[str], aspect: str, import_id: int) -> None:
    """The same by the marketplace's ids, without reading the orders back."""
    orders = select(SalesOrder.id, literal(aspect), literal(import_id)).where(
        SalesOrder.shop_id == shop_id, among(SalesOrder.external_id, "keys")
    )
    held = insert_into(session, FileHold).from_select(["order_id", "aspect", "import_id"], orders)
    taken_over = held.on_conflict_do_update(
        index_elements=["order_id", "aspect"], set_={"import_id": held.excluded.import_id}
    )
    session.connection().execute(taken_over, {"keys": keys})


def note_entries(session: Session, entries: Iterable[Entry]) -> None:
    """An order that a file names again keeps its newest entry."""
    by_key = {(one.import_id, one.external_id): one for one in entries}
    upsert(session, FileEntry, Entry._fields, list(by_key.values()), key=Entry._fields[:2], update=Entry._fields[2:])


def forget_file_lines(session: Session, order_ids: Collection[int]) -> None:
    """Lines without a marketplace's id go before the order is written anew: the same goods under other names would count twice."""
    lines = delete(OrderLine).where(among(OrderLine.order_id, "ids"), OrderLine.external_id.like(FILE_LINES))
    session.execute(lines, {"ids": order_ids}, execution_options=_QUIET)
    names = (MoneyLine.stage == "placed") & MoneyLine.line_external_id.like(FILE_LINES)
    session.execute(
        delete(MoneyLine).where(among(MoneyLine.order_id, "ids"), names), {"ids": order_ids}, execution_options=_QUIET
    )


def yield_orders(session: Session, shop_id: int, keys: Collection[str]) -> None:
    """The marketplace itself speaks of these orders now: what a file said of their lines and its estimates go.

    Costs one SELECT where no file was ever read.
    """
    ids = _held(session, shop_id, keys, ORDER)
    if not ids:
        return
    forget_file_lines(session, ids)
    estimates = delete(MoneyLine).where(among(MoneyLine.order_id, "ids"), MoneyLine.stage == "processing")
    session.execute(estimates, {"ids": ids}, execution_options=_QUIET)
    older = update(SalesOrder).where(among(SalesOrder.id, "ids"))
    older = older.values(content_hash=_NOTHING_YET, updated_at=SalesOrder.placed_at)
    session.execute(older, {"ids": ids}, execution_options=_QUIET)
    _release(session, ids, ORDER)


def yield_income(session: Session, shop_id: int, keys: Collection[str]) -> None:
    """Likewise for their settled money."""
    if ids := _held(session, shop_id, keys, INCOME):
        settled = delete(MoneyLine).where(among(MoneyLine.order_id, "ids"), MoneyLine.stage == "settled")
        session.execute(settled, {"ids": ids}, execution_options=_QUIET)
        _release(session, ids, INCOME)


def waiting_money(session: Session, shop_id: int, keys: Collection[str]) -> Mapping[str, str]:
    """Money that files named before its orders were known, as JSON by order; the newest file's."""
    query: Select[str, str | None] = (
        select(FileEntry.external_id, FileEntry.kept)
        .join(FileImport, FileEntry.import_id == FileImport.id)
        .where(FileImport.shop_id == shop_id, FileEntry.outcome == WAITING, among(FileEntry.external_id, "keys"))
        .order_by(FileImport.id)
    )
    return {key: kept for key, kept in session.execute(query, {"keys": keys}) if kept is not None}


def unpaid_money(session: Session, shop_id: int, keys: Collection[str]) -> list[tuple[int, str]]:
    """(import, money as JSON) of these orders that waits and that no file has given them yet."""
    query = (
        select(FileEntry.import_id, FileEntry.kept)
        .join(FileImport, FileEntry.import_id == FileImport.id)
        .join(
            SalesOrder, (SalesOrder.shop_id == FileImport.shop_id) & (SalesOrder.external_id == FileEntry.external_id)
        )
        .outerjoin(FileHold, (FileHold.order_id == SalesOrder.id) & (FileHold.aspect == INCOME))
        .where(
            FileImport.shop_id == shop_id,
            FileEntry.outcome == WAITING,
            FileHold.order_id.is_(None),
            among(FileEntry.external_id, "keys"),
        )
    )
    return [(import_id, kept) for import_id, kept in session.execute(query, {"keys": keys}) if kept is not None]


def _held(session: Session, shop_id: int, keys: Collection[str], aspect: str) -> list[int]:
    query = (
        select(SalesOrder.id)
        .join(FileHold, FileHold.order_id == SalesOrder.id)
        .where(SalesOrder.shop_id == shop_id, FileHold.aspect == aspect, among(SalesOrder.external_id, "keys"))
    )
    return list(session.scalars(query, {"keys": keys}))


def _release(session: Session, ids: Collection[int], aspect: str) -> None:
    holds = delete(FileHold).where(among(FileHold.order_id, "ids"), FileHold.aspect == aspect)
    session.execute(holds, {"ids": ids}, execution_options=_QUIET)
