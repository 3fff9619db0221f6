"""Sales outside the marketplaces, as tills and sheets tell them: kept one by one, so that overlapping files count each once.

A product's month (or a producer's, where no goods are named) is summed from all that is kept of one kind of file, each as the newest
file says it; taking a file back sums them again. Kinds stand apart: each is a source of its own.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from catalog.money import format_dong
from connectors.files.kind import Content, Invoice, InvoiceLine
from jobs.imports_goods import KIND as GOODS
from jobs.imports_goods import goods_entries, tell_goods, unit_bases
from models import FileEntry, FileImport, OfflineSale, Producer, Product, Variant
from models.bulk import upsert
from models.imports_store import NEW, UNCHANGED, UPDATED, Entry, note_entries

INVOICES = "kiotviet.invoices"
SOURCES = {INVOICES: "kiotviet"}  # a mapping's kind is its own source
KEY = ("producer_id", "product_key", "month", "source")
COLUMNS = (
    "producer_id", "product_id", "product_key", "month", "source", "amount_vnd", "is_demonstration", "recorded_at",
)  # fmt: skip
Key = tuple[int, int | None, str, int]  # producer, product, its code, month


class _Owner(NamedTuple):
    """Whose a line's goods are; a producer's sales as a whole have no product and no code."""

    producer_id: int
    product_id: int | None
    product_key: str


def keep_invoices(session: Session, imported: FileImport, content: Content, zone: ZoneInfo) -> Counter[str]:
    """Counts by outcome, of goods where the file is a till's list of them. Safe to repeat."""
    before = {key: kept for key, (kept, _) in _kept(session, imported.kind).items()}
    goods = list(content.goods)
    entries = [*goods_entries(session, imported.id, goods)]
    entries += [_entry(imported.id, invoice, before) for invoice in content.invoices]
    note_entries(session, entries)
    if goods:
        tell_goods(session, goods, content.notes)
    strange_vnd = sum_up(session, imported.kind, zone)
    if strange_vnd:
        content.notes.say(
            f"{format_dong(strange_vnd)} bán mã hàng không có trong sổ đăng ký: chưa tính cho sản phẩm nào."
        )
    return Counter(entry.outcome for entry in entries)


def sum_up(session: Session, kind: str, zone: ZoneInfo) -> int:
    """Make the declared sales of one kind equal to what is kept of it; returns what brought goods nobody here has.

    A till's list of goods says whose its invoices' codes are, so it sums up those.
    """
    kind = INVOICES if kind == GOODS else kind
    owners = _Owners(session, unit_bases(session) if kind == INVOICES else {})
    sums: dict[Key, int] = defaultdict(int)
    newest: dict[Key, datetime] = {}
    strange_vnd = 0
    for kept, imported_at in _kept(session, kind).values():
        invoice = Invoice.model_validate_json(kept)
        local = invoice.sold_at.astimezone(zone)
        for line in invoice.lines:
            if (owner := owners.of(line)) is None:
                strange_vnd += line.amount_vnd
                continue
            key = (*owner, local.year * 100 + local.month)
            sums[key] += line.amount_vnd
            newest[key] = max(imported_at, newest.get(key, imported_at))
    source = SOURCES.get(kind, kind)
    rows = [(*key, source, sums[key], False, newest[key]) for key in sorted(sums, key=lambda key: (key[0], *key[2:]))]
    _forget_others(session, source, sums)
    upsert(session, OfflineSale, COLUMNS, rows, key=KEY, update=("amount_vnd", "is_demonstration", "recorded_at"))
    return strange_vnd


class _Owners:
    """The register, asked by SKU, by a product's code or by a producer's. `units`: codes of the same goods in another unit."""

    def __init__(self, session: Session, units: Mapping[str, str]) -> None:
        goods = session.execute(_GOODS).all()
        self._by_sku = {sku: _Owner(producer, product, code) for sku, producer, product, code in goods}
        self._by_sku |= {
            code: self._by_sku[base]
            for code, base in units.items()
            if code not in self._by_sku and base in self._by_sku
        }
        self._by_product = {code: _Owner(producer, product, code) for _, producer, product, code in goods}
        self._by_producer = {code: _Owner(row_id, None, "") for code, row_id in session.execute(_PRODUCERS)}

    def of(self, line: InvoiceLine) -> _Owner | None:
        """None for goods that are not in the register, and for goods of another producer than the line names."""
        named = self._by_producer.get(line.producer)
        if line.sku or line.product:
            owner = self._by_sku.get(line.sku) if line.sku else self._by_product.get(line.product)
            is_theirs = not line.producer or (named and owner and named.producer_id == owner.producer_id)
            return owner if is_theirs else None
        return named


def _forget_others(session: Session, source: str, sums: Collection[Key]) -> None:
    """Months without a sale any more. Rows that stay keep their ids."""
    standing = {(producer, code, month) for producer, _, code, month in sums}
    rows = session.execute(_STORED, {"source": source}).all()
    gone = [row_id for row_id, *key in rows if tuple(key) not in standing]
    session.execute(delete(OfflineSale).where(OfflineSale.id.in_(gone)))


_STORED = select(OfflineSale.id, OfflineSale.producer_id, OfflineSale.product_key, OfflineSale.month).where(
    OfflineSale.source == bindparam("source")
)
_GOODS = select(Variant.sku, Product.producer_id, Product.id, Product.code).join(Variant.product, full=True)
_PRODUCERS = select(Producer.code, Producer.id)


def _entry(import_id: int, invoice: Invoice, before: dict[str, str]) -> Entry:
    said = json.dumps(invoice.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
    stored = before.get(invoice.external_id)
    outcome = NEW if stored is None else UNCHANGED if stored == said else UPDATED
    return Entry(import_id, invoice.external_id, outcome, said)


def _kept(session: Session, kind: str) -> dict[str, tuple[str, datetime]]:
    """Sales as the newest file says them, with when that was."""
    query = (
        select(FileEntry.external_id, FileEntry.kept, FileImport.imported_at)
        .join(FileImport, FileEntry.import_id == FileImport.id)
        .where(FileImport.kind == bindparam("kind"))
        .order_by(FileImport.id)
    )
    return {key: (kept, at) for key, kept, at in session.execute(query, {"kind": kind}) if kept is not None}
