"""TikTok Shop's settled income into incomes and statements: one row an order, and rows of adjustments, whose ids look the same.

Texts of digits only; anything else fails the file. Of each row the report's own arithmetic is held to the đồng:
(goods + goods sent back) + (discounts + discounts sent back) + fees with taxes + adjustment = settlement. The report names no
statement but its day: statements are cut at 00:00 UTC (Partner reference 5, read 2026-11-24), so a day is one statement.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from catalog.money import format_dong
from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.facts.statement import Statement, StatementLine
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.errors import FileError
from connectors.files.kind import Content, Notes, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, local_day, moment, strict_dong, text
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
SUMMARY_SHEETS = frozenset({"Báo cáo", "Reports"})
SETTLEMENT_NAMES = next(column.names for column in SETTLED_COLUMNS if column.field == "settlement")
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


def read_settled(book: Book, place: Place) -> Content:
    content = Content()
    report = _Report(book, open_table(place, SETTLED_LAYOUT), content)
    content.incomes, content.statements = report.incomes(), report.statements()
    return content


@dataclass
class _Report:
    """The whole of it: an order that stands in several rows is one income, a day is one statement."""

    book: Book
    table: Table
    content: Content
    orders: dict[str, list[tuple[int, dict[str, Any]]]] = field(default_factory=lambda: defaultdict(list))
    days: dict[date, list[StatementLine]] = field(default_factory=lambda: defaultdict(list))

    def incomes(self) -> Iterator[Income]:
        for number, cells in self.table.rows():
            self.content.rows += 1
            self._take(number, READER.read(number, cells))
        self.content.notes.not_read(self.table.dropped)
        for order, rows in self.orders.items():
            yield Income(
                order_external_id=order,
                lines=tuple(line for number, row in rows for line in _lines(number, row, self.content.notes)),
                payout_vnd=sum(row["settlement"] for _, row in rows),
                settled_at=max(row["settled_at"] for _, row in rows),
            )

    def statements(self) -> Iterator[Statement]:
        """After the incomes. The total is the report's own where it states one; a difference is noted."""
        total_vnd = sum(line.amount_vnd for lines in self.days.values() for line in lines)
        if (said_vnd := _stated_total(self.book)) not in {None, total_vnd}:
            self.content.notes.say(
                f"Trang báo cáo ghi tổng quyết toán {format_dong(said_vnd or 0)}, các dòng cộng lại {format_dong(total_vnd)}."
            )
        yield from (_statement(day, lines) for day, lines in sorted(self.days.items()))

    def _take(self, number: int, row: dict[str, Any]) -> None:
        _check(number, row)
        if order := _order_of(row):
            self.orders[order].append((number, row))
        else:
            self.content.notes.say(
                f"Khoản «{row['type']}» {format_dong(row['settlement'])} không gắn với đơn nào: chỉ ghi trong bảng kê."
            )
        line = StatementLine(order_external_id=order, code=row["type"], amount_vnd=row["settlement"])
        self.days[local_day(row["settled_at"])].append(line)


def _statement(day: date, lines: list[StatementLine]) -> Statement:
    cut_at = datetime.combine(day, time(), UTC)
    return Statement(
        external_id=day.isoformat(),
        total_vnd=sum(line.amount_vnd for line in lines),
        period_start=cut_at - timedelta(days=1),
        period_end=cut_at,
        lines=tuple(lines),
    )


def _stated_total(book: Book) -> int | None:
    """What the sheet of totals says beside the settlement's own heading; None where it is laid out in another way."""
    for name in SUMMARY_SHEETS & book.keys():
        for _, row in book[name].rows(None):
            cells = [cell for cell in row if cell is not None]
            if len(cells) > 1 and text(cells[0]) in SETTLEMENT_NAMES:
                try:
                    return strict_dong(cells[-1])
                except ValueError:
                    return None
    return None


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
