"""Shopee's wallet (`Transaction Report`) into statements: what was paid for which order, with the very moment (public descriptions of
2026, read 2026-11-23; no real report was opened).

Cash, never revenue: the amounts of an order are only held against its income. What the shop moves itself (to its bank, into ads)
is no part of any statement and is told in the notes. Each row's balance is checked against its neighbour's.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from catalog.money import format_dong
from connectors.facts.statement import Statement
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Column, Layout, Place, Table, open_table
from connectors.files.values import grouped_dong, identity, moment
from connectors.shopee.paid_days import PAID, Days

FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
SIGNS = {"Tiền vào": 1, "Tiền ra": -1}
OF_AN_ORDER = "doanh thu đơn hàng"
NO_ORDER = frozenset({"", "-"})

COLUMNS = (
    Column("at", ("Ngày",)),
    Column("type", ("Loại giao dịch",)),
    Column("order", ("Mã đơn hàng",)),
    Column("flow", ("Dòng tiền",)),
    Column("amount", ("Số tiền",)),
    Column("balance", ("Số dư Ví sau giao dịch",)),
)
LAYOUT = Layout(
    COLUMNS,
    frozenset({"Chi tiết", "Mô tả", "Trạng thái"}),
    (frozenset({"Dòng tiền", "Số tiền", "Loại giao dịch"}),),
)


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


READER = row_reader(
    COLUMNS,
    {"at": _moment, "order": identity, "amount": grouped_dong, "balance": grouped_dong},
    "at",
    "type",
)


class Movement(NamedTuple):
    """One row; the amount is signed."""

    row_number: int
    at: datetime
    amount_vnd: int
    balance_vnd: int


def read_wallet(_book: Book, place: Place) -> Content:
    content = Content()
    content.statements = _Wallet(open_table(place, LAYOUT), content).statements()
    return content


@dataclass
class _Wallet:
    table: Table
    content: Content
    days: Days = field(default_factory=Days)
    movements: list[Movement] = field(default_factory=list)
    own: Counter[str] = field(default_factory=Counter)  # đồng that the shop moved itself, by type

    def statements(self) -> Iterator[Statement]:
        for number, cells in self.table.rows():
            self.content.rows += 1
            self._take(number, READER.read(number, cells))
        self._check_balances()
        for kind, amount_vnd in sorted(self.own.items()):
            self.content.notes.say(f"«{kind}» {format_dong(amount_vnd)} không thuộc đơn nào: không vào bảng kê nào.")
        self.content.notes.not_read(self.table.dropped)
        yield from self.days.statements()

    def _take(self, number: int, row: dict[str, Any]) -> None:
        if row["flow"] not in SIGNS:
            raise at_row(number, READER.heading("flow"), ValueError("chỉ có thể là Tiền vào hoặc Tiền ra"))
        sign = SIGNS[row["flow"]]
        if sign > 0 > row["amount"]:
            raise at_row(number, READER.heading("amount"), ValueError("dấu trái với dòng tiền"))
        amount_vnd = sign * abs(row["amount"])
        self.movements.append(Movement(number, row["at"], amount_vnd, row["balance"]))
        if row["order"] in NO_ORDER:
            self.own[row["type"]] += amount_vnd
        else:
            code = PAID if row["type"].lower().startswith(OF_AN_ORDER) else row["type"]
            self.days.add(row["at"], row["order"], code, amount_vnd)

    def _check_balances(self) -> None:
        """Rows come newest first or oldest first; either way each balance follows from the one before it."""
        rows = self.movements
        if rows and rows[0].at > rows[-1].at:
            rows = rows[::-1]
        off = [
            now.row_number for before, now in pairwise(rows) if before.balance_vnd + now.amount_vnd != now.balance_vnd
        ]
        if off:
            self.content.notes.say(
                f"Số dư ví không khớp ở {len(off)} dòng (ví dụ dòng {off[0]}): tệp có thể thiếu giao dịch. Hãy tải lại."
            )
