"""Lazada's transactions into incomes and statements: a row a fee and piece, signed.

A row is settled when it is paid, or when its statement's week is over, as rows of a later week show; others are an estimate.
`VAT in Amount` is the tax inside a fee of Lazada's and no money of its own; the tax withheld beside an amount is.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from catalog.money import format_dong
from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.facts.statement import Statement, StatementLine
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, local_day, moment, plain_dong, text
from connectors.lazada.file_columns import API_CODES, FINANCE_COLUMNS, FINANCE_LAYOUT
from connectors.lazada.mapper.money import OF_AN_ORDER, WITHHELD
from connectors.lazada.times import read_period, start_of

FORMS = ("%Y-%m-%d", "%d %b %Y", "%d %b %Y %H:%M")
DAY = timedelta(days=1)
PAID = {"paid": True, "not paid": False}
INSIDE = {"yes": True, "no": False, "": False}


class Week(NamedTuple):
    """A statement, as the file names it."""

    name: str
    first: date
    last: date


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


def _dong(cell: Cell) -> int:
    """Commas part thousands in some of these files."""
    return plain_dong(cell.replace(",", "") if isinstance(cell, str) else cell)


def _week(cell: Cell) -> Week | None:
    """The days a statement covers: `11 May 2026 - 17 May 2026`."""
    if not (written := text(cell)):
        return None
    try:
        first, last = read_period(written)
    except ValueError:
        raise ValueError("không phải kỳ dạng 11 May 2026 - 17 May 2026") from None
    return Week(written, first, last)


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
        "statement": _week,
        "paid": lambda cell: _word(PAID, cell),
        "withheld_inside": lambda cell: _word(INSIDE, cell),
    },
    "fee",
    "date",
)


def read_finance(_book: Book, place: Place) -> Content:
    content = Content()
    ledger = _Ledger(open_table(place, FINANCE_LAYOUT), content)
    content.incomes, content.statements = ledger.incomes(), ledger.statements()
    return content


@dataclass
class _Ledger:
    """The whole file, by order; "" for the shop's own."""

    table: Table
    content: Content
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    days: set[date] = field(default_factory=set)  # on which anything was booked
    weeks: set[Week] = field(default_factory=set)

    def incomes(self) -> Iterator[Income]:
        for number, cells in self.table.rows():
            self.content.rows += 1
            self._take(number, READER.read(number, cells))
        self.content.notes.not_read(self.table.dropped)
        for order, rows in self.rows.items():
            if order:
                yield Income(
                    order_external_id=order,
                    lines=tuple(line for row in rows for line in self._lines(row)),
                    settled_at=max(row["date"] for row in rows) if all(row["paid"] for row in rows) else None,
                )

    def statements(self) -> Iterator[Statement]:
        """After the incomes. Of a week that the file may hold only in part nothing is said: its sum would be another."""
        for week in sorted(self.weeks, key=lambda week: week.first):
            if self._is_whole(week):
                yield self._statement(week)
            elif any(self._is_cut(row) for rows in self.rows.values() for row in rows if row["statement"] == week):
                self.content.notes.say(
                    f"Kỳ {week.name} có thể không trọn trong tệp: chưa ghi bảng kê. Hãy tải từ tuần trước kỳ này đến tuần sau."
                )

    def _take(self, number: int, row: dict[str, Any]) -> None:
        if row["paid"] and row["statement"] is None:
            raise at_row(number, READER.heading("statement"), ValueError("trống ở một khoản đã trả"))
        if not row["order"]:
            self.content.notes.say(
                f"Khoản «{row['fee']}» {format_dong(row['amount'])} không gắn với đơn nào: chỉ ghi trong bảng kê."
            )
        self.rows[row["order"]].append(row)
        self.days.add(local_day(row["date"]))
        self.weeks |= {row["statement"]} - {None}

    def _is_cut(self, row: dict[str, Any]) -> bool:
        week = row["statement"]
        return row["paid"] or (week is not None and any(week.last < other.first for other in self.weeks))

    def _is_whole(self, week: Week) -> bool:
        """Something was booked no later than its first day, and something no earlier than its last."""
        return min(self.days) <= week.first and max(self.days) >= week.last

    def _statement(self, week: Week) -> Statement:
        lines = list(self._stated(week))
        return Statement(
            external_id=week.name,
            total_vnd=sum(line.amount_vnd for line in lines),
            period_start=start_of(week.first),
            period_end=start_of(week.last + DAY),
            lines=tuple(lines),
        )

    def _stated(self, week: Week) -> Iterator[StatementLine]:
        """The sum of each order, and every amount that belongs to none."""
        for order, rows in self.rows.items():
            named = [amount for row in rows if row["statement"] == week for amount in _amounts(row)]
            if not order:
                yield from (StatementLine(code=code, amount_vnd=amount_vnd) for code, amount_vnd in named)
            elif named:
                total_vnd = sum(amount_vnd for _, amount_vnd in named)
                yield StatementLine(order_external_id=order, code=OF_AN_ORDER, amount_vnd=total_vnd)

    def _lines(self, row: dict[str, Any]) -> Iterator[MoneyLine]:
        is_cut = self._is_cut(row)
        for code, amount_vnd in _amounts(row):
            yield MoneyLine(
                code=code,
                amount_vnd=amount_vnd,
                stage=MoneyStage.SETTLED if is_cut else MoneyStage.PROCESSING,
                line_external_id=row["unit"],
                statement=row["statement"].name if is_cut else "",
            )


def _amounts(row: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The amount and, apart from it, the tax withheld on it; their sum is what moves. Zeroes say nothing."""
    code = API_CODES.get(row["fee"], row["fee"])
    inside_vnd = row["withheld"] if row["withheld_inside"] else 0
    for name, amount_vnd in ((code, row["amount"] - inside_vnd), (f"{code} {WITHHELD}", row["withheld"])):
        if amount_vnd:
            yield name, amount_vnd
