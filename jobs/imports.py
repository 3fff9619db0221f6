"""Files into tables: each whole or not at all, the same facts once however often and from wherever they come, and all of it undoable."""

import gc
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from connectors import marketplaces
from connectors.files.book import open_book
from connectors.files.kind import Content, FileKind
from jobs.app import App
from jobs.imports_invoices import keep_invoices
from jobs.imports_money import keep_file_incomes
from jobs.imports_orders import keep_file_orders
from jobs.imports_returns import keep_file_returns
from jobs.imports_statements import keep_file_statements
from jobs.imports_task import Task
from jobs.imports_whose import recognised, whose
from jobs.originals import keep_if_wanted
from models import FileImport, Shop

CHUNK = 1_000
DIGEST_CHUNK = 2**20

T = TypeVar("T")


@dataclass
class Verdict:
    """What became of one file. `import_id` None: the file was known already, and nothing was written."""

    file: str
    kind: str
    marketplace: str
    shop: str
    rows: int
    counts: Counter[str]
    notes: list[str] = field(default_factory=list)
    import_id: int | None = None


def import_file(app: App, path: Path, shop_name: str | None = None) -> Verdict:
    """Read one file of a seller centre into a shop's orders and money, in one transaction. Safe to repeat.

    Raises FileError when the file cannot be taken, JobError when it is not clear whose it is; then nothing is stored.
    """
    with open_book(path) as book:
        kind, place = recognised(app, path, book)
        shop = whose(app, kind, shop_name) if kind.marketplace in marketplaces() else None
        digest = fingerprint(path)
        with app.database.session() as session:
            before = _known(session, kind, shop, digest)
        if before is not None and not before.waiting:
            return _again(path, kind, shop, before)
        return _take(app, path, kind, shop, digest, kind.read(book, place))


def fingerprint(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(DIGEST_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _known(session: Session, kind: FileKind, shop: Shop | None, digest: str) -> FileImport | None:
    of_shop = FileImport.shop_id.is_not_distinct_from(shop.id if shop else None)
    same = select(FileImport).where(FileImport.sha256 == digest, FileImport.kind == kind.code, of_shop)
    return session.scalar(same.order_by(FileImport.id.desc()).limit(1))


def _again(path: Path, kind: FileKind, shop: Shop | None, before: FileImport) -> Verdict:
    orders = before.new + before.updated + before.unchanged
    said = [f"Tệp này đã nhập rồi (lần nhập {before.id}); không có gì thay đổi."]
    return Verdict(path.name, kind.code, kind.marketplace, _name(shop), before.rows, Counter(unchanged=orders), said)


def _take(app: App, path: Path, kind: FileKind, shop: Shop | None, digest: str, content: Content) -> Verdict:
    counts: Counter[str] = Counter()
    with _no_collector(), app.database.write() as session:
        imported = FileImport(
            sha256=digest, kind=kind.code, shop_id=shop.id if shop else None, file_name=path.name, imported_at=app.now(),
            rows=0, new=0, updated=0, unchanged=0, waiting=0, notes="[]",
        )  # fmt: skip
        session.add(imported)
        session.flush()
        keep_if_wanted(app, session, imported.id, path)
        if shop is None:
            counts.update(keep_invoices(session, imported, content, app.zone))
        else:
            counts.update(_of_shop(Task(session, shop, imported.id, app.zone, content.notes), content))
        _sum_up(imported, content, counts)
    notes = [*content.notes.all(), *_waiting(counts["waiting"])]
    return Verdict(path.name, kind.code, kind.marketplace, _name(shop), content.rows, counts, notes, imported.id)


def _of_shop(task: Task, content: Content) -> Counter[str]:
    """Of orders; of statements where the file says nothing of any order."""
    counts: Counter[str] = Counter()
    for orders in _chunks(content.orders):
        counts.update(keep_file_orders(task, orders))
    counts.update(keep_file_returns(task, list(content.returns)))
    for incomes in _chunks(content.incomes):
        counts.update(keep_file_incomes(task, incomes))
    of_statements = keep_file_statements(task, list(content.statements))
    return counts or of_statements


def _name(shop: Shop | None) -> str:
    return shop.name if shop else ""


@contextmanager
def _no_collector() -> Iterator[None]:
    """Facts of a file are trees: the collector of cycles finds nothing among them and takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _waiting(orders: int) -> Iterator[str]:
    """Said, and not kept: how many still wait is counted, and grows less."""
    if orders:
        yield (
            f"{orders} đơn của tệp chưa có trong sổ: khi đơn đến (từ tệp đơn hàng hay qua API) là tiền tự vào đơn; "
            "hàng trả thì nhập lại tệp này."
        )


def _sum_up(imported: FileImport, content: Content, counts: Counter[str]) -> None:
    imported.rows, imported.notes = content.rows, json.dumps(content.notes.all(), ensure_ascii=False)
    imported.new, imported.updated, imported.waiting = counts["new"], counts["updated"], counts["waiting"]
    imported.unchanged = counts["unchanged"] + counts["exact"]


def _chunks(facts: Iterable[T]) -> Iterator[list[T]]:
    left = iter(facts)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
