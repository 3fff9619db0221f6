"""Taking an import back: every order as it was before, and no trace of the file. Refused where something newer stands on it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.orm import Session, aliased

from jobs.app import App, JobError
from jobs.imports_invoices import sum_up
from jobs.imports_statements import put_back, replaced
from jobs.stock import count_stock, taken
from models import FileEntry, FileHold, FileImport, SalesOrder, Shop
from models.among import among
from models.imports_store import INCOME, NEW, ORDER, STATEMENT, UPDATED
from models.order_images import content_hash, remove, restore
from models.rollup_store import mark_due

CHUNK = 1_000


class _Named(NamedTuple):
    """An order by its marketplace's id, which is all that counting stock looks at."""

    external_id: str


class Undone(NamedTuple):
    """How many orders are gone, and how many are as they were before."""

    removed: int
    restored: int


def undo_import(app: App, import_id: int) -> Undone:
    """Raises JobError when there is no such import, or when a later import or the API has said more of its orders since."""
    with app.database.write() as session:
        imported = session.get(FileImport, import_id)
        if imported is None:
            raise JobError(f"Không có lần nhập {import_id}. Xem `ocop import list`.")
        _refuse_later(session, imported)
        if imported.shop_id is None:
            return _forget_invoices(session, imported, app.zone)
        shop = session.get_one(Shop, imported.shop_id)
        touched, statements = _touched(session, imported)
        _refuse_replaced(session, imported, touched, replaced(session, shop.id, statements))
        undone = Undone(0, 0)
        for at in range(0, len(touched), CHUNK):
            undone = Undone(*map(sum, zip(undone, _put_back(session, shop, touched[at : at + CHUNK]), strict=True)))
        put_back(session, shop.id, statements)
        _forget(session, import_id)
        return undone


def _forget(session: Session, import_id: int) -> None:
    session.execute(delete(FileEntry).where(FileEntry.import_id == import_id))
    session.execute(delete(FileImport).where(FileImport.id == import_id))


def _forget_invoices(session: Session, imported: FileImport, zone: ZoneInfo) -> Undone:
    """Sales outside the marketplaces are summed again without the file."""
    undone = Undone(imported.new, imported.updated)
    _forget(session, imported.id)
    sum_up(session, imported.kind, zone)
    return undone


def _refuse_later(session: Session, imported: FileImport) -> None:
    mine = select(FileEntry.external_id).where(FileEntry.import_id == imported.id)
    of_same = FileImport.kind == imported.kind if imported.shop_id is None else FileImport.shop_id == imported.shop_id
    later = session.scalar(
        select(func.max(FileImport.id))
        .join(FileEntry, FileEntry.import_id == FileImport.id)
        .where(FileImport.id > imported.id, of_same, FileEntry.external_id.in_(mine))
    )
    if later is not None:
        raise JobError(f"Lần nhập {later} nói về cùng các đơn và đến sau. Hãy hoàn tác lần nhập {later} trước.")


def _touched(session: Session, imported: FileImport) -> tuple[Sequence[FileEntry], Sequence[FileEntry]]:
    """Entries that changed rows: of orders, and of statements."""
    query = select(FileEntry).where(FileEntry.import_id == imported.id, FileEntry.outcome.in_((NEW, UPDATED)))
    entries = session.scalars(query.order_by(FileEntry.external_id)).all()
    statements = [entry for entry in entries if entry.external_id.startswith(STATEMENT)]
    return [entry for entry in entries if not entry.external_id.startswith(STATEMENT)], statements


def _refuse_replaced(session: Session, imported: FileImport, touched: Sequence[FileEntry], restated: int) -> None:
    """What the import wrote must still be its own, and nothing of the API's may hang on it."""
    if restated:
        raise JobError(
            f"Từ lần nhập {imported.id}, {restated} bảng kê đã được đọc lại qua API: số của API chính xác hơn nên không hoàn tác."
        )
    held = session.scalar(_HELD, {"import_id": imported.id}) or 0
    paid = session.scalar(_PAID_BY_API, {"import_id": imported.id}) or 0
    if said := len(touched) - held + paid + _moved_on(session, imported, touched):
        raise JobError(
            f"Từ lần nhập {imported.id}, {said} đơn đã được đọc lại qua API: số của API chính xác hơn nên không hoàn tác."
        )


def _moved_on(session: Session, imported: FileImport, touched: Sequence[FileEntry]) -> int:
    """Orders of the API's own that it has changed since this file paid them: what they were before would put them back too far."""
    before = {entry.external_id: content_hash(entry.kept) for entry in touched if entry.kept is not None}
    now = session.execute(_OF_THE_API, {"shop_id": imported.shop_id, "keys": before}).all()
    return sum(digest != before[key] for key, digest in now)


_MONEY = aliased(FileHold)
_OF_THE_API = (
    select(SalesOrder.external_id, SalesOrder.content_hash)
    .outerjoin(FileHold, (FileHold.order_id == SalesOrder.id) & (FileHold.aspect == ORDER))
    .where(
        SalesOrder.shop_id == bindparam("shop_id"), among(SalesOrder.external_id, "keys"), FileHold.order_id.is_(None)
    )
)
_HELD = select(func.count(FileHold.order_id.distinct())).where(FileHold.import_id == bindparam("import_id"))
_PAID_BY_API = (
    select(func.count(SalesOrder.id))
    .join(FileHold, (FileHold.order_id == SalesOrder.id) & (FileHold.aspect == ORDER))
    .outerjoin(_MONEY, (_MONEY.order_id == SalesOrder.id) & (_MONEY.aspect == INCOME))
    .where(FileHold.import_id == bindparam("import_id"), SalesOrder.settled_at.is_not(None), _MONEY.order_id.is_(None))
)


def _put_back(session: Session, shop: Shop, entries: Sequence[FileEntry]) -> Undone:
    names = [_Named(entry.external_id) for entry in entries]
    before = taken(session, shop, names)
    keys = [entry.external_id for entry in entries]
    mark_due(session, shop.id, _placed(session, shop, keys))
    gone = _ids(session, shop, [entry.external_id for entry in entries if entry.kept is None])
    kept = [entry.kept for entry in entries if entry.kept is not None]
    remove(session, gone)
    restore(session, kept)
    mark_due(session, shop.id, _placed(session, shop, keys))  # what they say now may be another day
    count_stock(session, shop, before, names)
    return Undone(len(gone), len(kept))


def _ids(session: Session, shop: Shop, keys: Collection[str]) -> Sequence[int]:
    query = select(SalesOrder.id).where(SalesOrder.shop_id == shop.id, among(SalesOrder.external_id, "keys"))
    return session.scalars(query, {"keys": keys}).all()


def _placed(session: Session, shop: Shop, keys: Collection[str]) -> Sequence[datetime]:
    query = select(SalesOrder.placed_at).where(SalesOrder.shop_id == shop.id, among(SalesOrder.external_id, "keys"))
    return session.scalars(query, {"keys": keys}).all()
