"""TikTok Shop's settled income into incomes: one row an order, and rows of adjustments, whose ids look the same.

Texts of digits only; anything else fails the file. Of each row the report's own arithmetic is held to the đồng:
(goods + goods sent back) + (discounts + discounts sent back) + fees with taxes + adjustment = settlement.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from catalog.money import format_dong
from connectors.base import Income, MoneyLine, MoneyStage
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.errors import FileError
from connectors.files.kind import Content, Notes, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, local_day, moment, strict_dong
from connectors.tiktok_shop.file_columns import SETTLED_COLUMNS, SETTLED_LAYOUT, TERMS

FORMS = ("%Y/%m/%d", "%Y/%m/%d %H:%M:%S")
ORDER = frozenset({"Đơn hàng", "Order"})
VND = "VND"
GOODS = (
    "subtotal_before_discount_amount",
    "refund_subtotal_before_discount_amount",
    "seller_discount_amount",
    "seller_discount_refund_amount",
)
NONE = frozenset({"", "/", "-"})  # ways to say that no order is meant


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


def _dong(cell: Cell) -> int:
    """An older report lacks a column, and adjustments leave cells empty: both are no money."""
    return 0 if cell is None else strict_dong(cell)


READER = row_reader(
    SETTLED_COLUMNS,
    {
        "order": identity,
        "related": identity,
        "settled_at": _moment,
        **dict.fromkeys(("settlement", "fees", "adjustment", *TERMS), _dong),
    },
    "order",
    "settled_at",
)


def read_settled(_book: Book, place: Place) -> Content:
    content = Content()
    content.incomes = _incomes(open_table(place, SETTLED_LAYOUT), content)
    return content


def _incomes(table: Table, content: Content) -> Iterator[Income]:
    """An order that stands in several rows is one income."""
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for number, cells in table.rows():
        content.rows += 1
        row = READER.read(number, cells)
        _check(number, row)
        if order := _order_of(row):
            found.setdefault(order, []).append((number, row))
        else:
            content.notes.say(
                f"Khoản «{row['type']}» {format_dong(row['settlement'])} không gắn với đơn nào: chưa được lưu."
            )
    if table.dropped:
        content.notes.say(f"Không đọc {len(table.dropped)} cột lạ: {', '.join(table.dropped)}.")
    for order, rows in found.items():
        yield Income(
            order_external_id=order,
            lines=tuple(line for number, row in rows for line in _lines(number, row, content.notes)),
            payout_vnd=sum(row["settlement"] for _, row in rows),
            settled_at=max(row["settled_at"] for _, row in rows),
        )


def _order_of(row: dict[str, Any]) -> str:
    """The order a row is about; "" for an amount of the shop."""
    if row["type"] in ORDER:
        return str(row["order"])
    return "" if row["related"] in NONE else str(row["related"])


def _check(number: int, row: dict[str, Any]) -> None:
    if row["currency"] != VND:
        raise at_row(number, READER.heading("currency"), ValueError("không phải VND"))
    missing_vnd = row["settlement"] - sum(row[code] for code in GOODS) - row["fees"] - row["adjustment"]
    if missing_vnd:
        raise FileError(
            f"Dòng {number}: các khoản cộng lại lệch {format_dong(missing_vnd)} so với số quyết toán. Chưa nhập gì từ tệp này."
        )


def _lines(number: int, row: dict[str, Any], notes: Notes) -> Iterator[MoneyLine]:
    """Amounts that are not 0; an adjustment bears the name of its kind."""
    amounts = {code: row[code] for code in TERMS if row[code]}
    missing_vnd = row["fees"] - sum(amount for code, amount in amounts.items() if code not in GOODS)
    if missing_vnd:
        notes.say(f"Dòng {number}: các cột phí cộng lại lệch {format_dong(missing_vnd)} so với «Tổng phí».")
    if row["adjustment"]:
        amounts[row["type"]] = row["adjustment"]
    day = local_day(row["settled_at"]).isoformat()
    for code, amount_vnd in amounts.items():
        yield MoneyLine(code=code, amount_vnd=amount_vnd, stage=MoneyStage.SETTLED, statement=day)
