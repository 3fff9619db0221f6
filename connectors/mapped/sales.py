"""Rows of a mapped sheet as sales outside the marketplaces: receipts by their numbers, or what a day or month brought.

With a document's number its newest file's word stands. Without, all rows of one day (or month), outlet, producer and goods are one
sum, and a file is taken to tell the whole of each such sum that it names: so periods may overlap, and a second file changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from catalog.money import format_dong
from connectors.files.book import Book
from connectors.files.kind import Content, Invoice, InvoiceLine, once_or_sum
from connectors.files.kiotviet import MIRRORED, spread
from connectors.files.table import Place
from connectors.files.values import local_day
from connectors.mapped.mapping import COUNTED, Mapping
from connectors.mapped.numbers import whole
from connectors.mapped.rows import Row, Rows

OWN = ("at", "outlet", "channel", "status", "producer")  # a receipt's own facts, which may stand on its first row only
GOODS = ("sku", "product", "producer")


class _Sale(NamedTuple):
    """One row, its amount after its own discount."""

    row: Row
    amount_vnd: int


def read_sales(mapping: Mapping, _book: Book, place: Place) -> Content:
    content = Content()
    content.invoices = _Sheet(mapping, place, content).invoices()
    return content


class _Sheet:
    """One sheet while it is read. `mirrored`: amounts of the marketplaces' own sales, by channel."""

    def __init__(self, mapping: Mapping, place: Place, content: Content) -> None:
        self._mapping, self._content = mapping, content
        self._rows = Rows(mapping, place)
        self._mirrored: dict[str, list[int]] = defaultdict(list)
        self._uncounted: Counter[str] = Counter()

    def invoices(self) -> Iterator[Invoice]:
        for key, sales in self._groups().items():
            yield _invoice(key, sales, self._mapping.producer)
        for channel, amounts in sorted(self._mirrored.items()):
            self._content.notes.say(
                f"{len(amounts)} dòng ({format_dong(sum(amounts))}) của kênh «{channel}» là đơn của sàn: "
                "không tính vào doanh thu ngoài sàn."
            )
        for status, count in sorted(self._uncounted.items()):
            self._content.notes.say(f"{count} dòng có trạng thái «{status}» không tính, như cách đọc đã lưu.")

    def _groups(self) -> dict[str, list[_Sale]]:
        groups: dict[str, list[_Sale]] = defaultdict(list)
        heads: dict[str, Row] = {}
        stated: list[int] = []
        for at, row, _ in self._rows:
            amount_vnd = self._amount_vnd(at, row)
            stated.append(int(row["amount"]) if "amount" in row else amount_vnd)
            whole_row = _completed(row, heads)
            if whole_row["at"] is None:
                raise self._rows.fault(at, "at", ValueError("trống"))
            if self._counts(at, whole_row, amount_vnd):
                groups[_key(whole_row)].append(_Sale(whole_row, amount_vnd))
        self._content.rows = len(stated)
        self._rows.check_totals(stated, self._content.notes)
        return groups

    def _amount_vnd(self, at: int, row: Row) -> int:
        factors = ("amount",) if "amount" in row else ("unit_price", "quantity")
        amount = Decimal(1)
        for name in factors:
            if row[name] is None:
                raise self._rows.fault(at, name, ValueError("trống"))
            amount *= row[name]
        try:
            return whole(amount - (row.get("discount") or 0))
        except ValueError as err:
            raise self._rows.fault(at, factors[0], err) from None

    def _counts(self, at: int, row: Row, amount_vnd: int) -> bool:
        if "status" in row and self._rows.status(at, row) != COUNTED:
            self._uncounted[row["status"]] += 1
            return False
        channel = row.get("channel", "")
        if any(name in channel.lower() for name in MIRRORED):
            self._mirrored[channel].append(amount_vnd)
            return False
        return True


def _completed(row: Row, heads: dict[str, Row]) -> Row:
    if not (document := row.get("document")):
        return row
    head = heads.setdefault(document, row)
    return row | {name: row[name] or head[name] for name in OWN if name in row}


def _key(row: Row) -> str:
    """Of cells the office named for it, so that nobody's data can be among them."""
    outlet, document = row.get("outlet", ""), row.get("document", "")
    if document:
        return f"{outlet}|{document}"
    return "|".join((local_day(row["at"]).isoformat(), outlet, *(row.get(name, "") for name in GOODS)))


def _invoice(key: str, sales: Sequence[_Sale], producer: str) -> Invoice:
    """A receipt's discount is spread over its rows by their worth; goods of one name are one line."""
    discounts = [whole(sale.row.get("document_discount") or Decimal(0)) for sale in sales]
    parts = spread(once_or_sum(discounts)[0], [sale.amount_vnd for sale in sales])
    sums: Counter[tuple[str, ...]] = Counter()
    for sale, part in zip(sales, parts, strict=True):
        sums[tuple(sale.row.get(name, "") for name in GOODS)] += sale.amount_vnd - part
    lines = (
        InvoiceLine(sku=sku, product=product, producer=named or producer, amount_vnd=amount_vnd)
        for (sku, product, named), amount_vnd in sorted(sums.items())
    )
    return Invoice(external_id=key, sold_at=min(sale.row["at"] for sale in sales), lines=tuple(lines))
