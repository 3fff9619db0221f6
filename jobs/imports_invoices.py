"""Invoices of a till as declared sales outside the marketplaces: kept one by one, so that overlapping files count each once.

A product's month is summed from all invoices that are kept, each as the newest file says it; taking a file back sums them again.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from catalog.money import format_dong
from connectors.files.kind import Content, Invoice
from models import FileEntry, FileImport, OfflineSale, Product, Variant
from models.bulk import upsert
from models.imports_store import NEW, UNCHANGED, UPDATED, Entry, note_entries

KIND = "kiotviet.invoices"
SOURCE = "kiotviet"
KEY = ("producer_id", "product_key", "month", "source")
COLUMNS = (
    "producer_id", "product_id", "product_key", "month", "source", "amount_vnd", "is_demonstration", "recorded_at",
)  # fmt: skip


def keep_invoices(session: Session, imported: FileImport, content: Content, zone: ZoneInfo) -> Counter[str]:
    """Counts by outcome. Safe to repeat."""
    before = {key: kept for key, (kept, _) in _kept(session).items()}
    entries = [_entry(imported.id, invoice, before) for invoice in content.invoices]
    note_entries(session, entries)
    strange_vnd = sum_up(session, zone)
    if strange_vnd:
        content.notes.say(
            f"{format_dong(strange_vnd)} bán mã hàng không có trong sổ đăng ký: chưa tính cho sản phẩm nào."
        )
    return Counter(entry.outcome for entry in entries)


def sum_up(session: Session, zone: ZoneInfo) -> int:
    """Make the declared sales equal to the invoices that are kept; returns what unknown SKUs brought."""
    products = {sku: (producer, product, code) for sku, producer, product, code in session.execute(_PRODUCTS).all()}
    sums: dict[tuple[int, int, str, int], int] = defaultdict(int)
    newest: dict[tuple[int, int, str, int], datetime] = {}
    strange_vnd = 0
    for kept, imported_at in _kept(session).values():
        invoice = Invoice.model_validate_json(kept)
        local = invoice.sold_at.astimezone(zone)
        for line in invoice.lines:
            if line.sku not in products:
                strange_vnd += line.amount_vnd
                continue
            key = (*products[line.sku], local.year * 100 + local.month)
            sums[key] += line.amount_vnd
            newest[key] = max(imported_at, newest.get(key, imported_at))
    rows = [(*key, SOURCE, amount_vnd, False, newest[key]) for key, amount_vnd in sorted(sums.items())]
    _forget_others(session, sums)
    upsert(session, OfflineSale, COLUMNS, rows, key=KEY, update=("amount_vnd", "is_demonstration", "recorded_at"))
    return strange_vnd


def _forget_others(session: Session, sums: Collection[tuple[int, int, str, int]]) -> None:
    """Months without an invoice any more. Rows that stay keep their ids."""
    standing = {(producer, code, month) for producer, _, code, month in sums}
    rows = session.execute(_STORED, {"source": SOURCE}).all()
    gone = [row_id for row_id, *key in rows if tuple(key) not in standing]
    session.execute(delete(OfflineSale).where(OfflineSale.id.in_(gone)))


_STORED = select(OfflineSale.id, OfflineSale.producer_id, OfflineSale.product_key, OfflineSale.month).where(
    OfflineSale.source == bindparam("source")
)
_PRODUCTS = select(Variant.sku, Product.producer_id, Product.id, Product.code).join(Variant.product)


def _entry(import_id: int, invoice: Invoice, before: dict[str, str]) -> Entry:
    said = json.dumps(invoice.model_dump(mode="json"), ensure_ascii=False)
    stored = before.get(invoice.external_id)
    outcome = NEW if stored is None else UNCHANGED if stored == said else UPDATED
    return Entry(import_id, invoice.external_id, outcome, said)


def _kept(session: Session) -> dict[str, tuple[str, datetime]]:
    """Invoices as the newest file says them, with when that was."""
    query = (
        select(FileEntry.external_id, FileEntry.kept, FileImport.imported_at)
        .join(FileImport, FileEntry.import_id == FileImport.id)
        .where(FileImport.kind == KIND)
        .order_by(FileImport.id)
    )
    return {key: (kept, at) for key, kept, at in session.execute(query) if kept is not None}
