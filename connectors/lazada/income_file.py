"""Lazada's transactions into incomes: a row a fee and piece, signed. Paid rows are settled, others an estimate.

`VAT in Amount` is the tax inside a fee of Lazada's and no money of its own; the tax withheld beside an amount is.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from catalog.money import format_dong
from connectors.base import Income, MoneyLine, MoneyStage
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, moment, plain_dong, text
from connectors.lazada.file_columns import API_CODES, FINANCE_COLUMNS, FINANCE_LAYOUT
from connectors.lazada.mapper.money import WITHHELD

FORMS = ("%Y-%m-%d", "%d %b %Y", "%d %b %Y %H:%M")
PAID = {"paid": True, "not paid": False}
INSIDE = {"yes": True, "no": False, "": False}


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


def _dong(cell: Cell) -> int:
    """Commas part thousands in some of these files."""
    return plain_dong(cell.replace(",", "") if isinstance(cell, str) else cell)


def _word(words: dict[str, bool], cell: Cell) -> bool:
    word = text(cell).lower()
    if word not in words:
        raise ValueError("không phải một trong các chữ đã biết")
    return words[word]


READER = row_reader(
    FINANCE_COLUMNS,
    {
        **dict.fromkeys(("order", "unit"), identity),
        **dict.fromkeys(("amount", "withheld"), _dong),
        "date": _moment,
        "paid": lambda cell: _word(PAID, cell),
        "withheld_inside": lambda cell: _word(INSIDE, cell),
    },
    "fee",
    "date",
)


def read_finance(_book: Book, place: Place) -> Content:
    content = Content()
    content.incomes = _incomes(open_table(place, FINANCE_LAYOUT), content)
    return content


def _incomes(table: Table, content: Content) -> Iterator[Income]:
    found: dict[str, list[dict[str, Any]]] = {}
    for number, cells in table.rows():
        content.rows += 1
        row = READER.read(number, cells)
        if row["paid"] and not row["statement"]:
            raise at_row(number, READER.heading("statement"), ValueError("trống ở một khoản đã trả"))
        if row["order"]:
            found.setdefault(row["order"], []).append(row)
        else:
            content.notes.say(
                f"Khoản «{row['fee']}» {format_dong(row['amount'])} không gắn với đơn nào: chưa được lưu."
            )
    if table.dropped:
        content.notes.say(f"Không đọc {len(table.dropped)} cột lạ: {', '.join(table.dropped)}.")
    for order, rows in found.items():
        is_paid = all(row["paid"] for row in rows)
        yield Income(
            order_external_id=order,
            lines=tuple(line for row in rows for line in _lines(row)),
            settled_at=max(row["date"] for row in rows) if is_paid else None,
        )


def _lines(row: dict[str, Any]) -> Iterator[MoneyLine]:
    """The amount and, apart from it, the tax withheld on it; their sum is what moves."""
    code = API_CODES.get(row["fee"], row["fee"])
    inside_vnd = row["withheld"] if row["withheld_inside"] else 0
    for name, amount_vnd in ((code, row["amount"] - inside_vnd), (f"{code} {WITHHELD}", row["withheld"])):
        if amount_vnd:
            yield MoneyLine(
                code=name,
                amount_vnd=amount_vnd,
                stage=MoneyStage.SETTLED if row["paid"] else MoneyStage.PROCESSING,
                line_external_id=row["unit"],
                statement=row["statement"] if row["paid"] else "",
            )
