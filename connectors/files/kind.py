"""What a kind of file is to the rest of the product: how it is recognised, and the facts it gives."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from catalog.base import Fact
from connectors.facts.order import Income, Order
from connectors.facts.statement import Statement
from connectors.files.book import Book
from connectors.files.errors import FileError
from connectors.files.table import Place

MOST_NOTES = 200

Row = TypeVar("Row")


class Stands(StrEnum):
    """In which order files given together are read: money needs its orders."""

    ORDERS = "1 orders"
    ESTIMATES = "2 estimates"
    MONEY = "3 money"
    OTHER = "4 other"


@dataclass
class Notes:
    """What a person should know of a file: totals that do not agree, columns not read. Never a buyer's data."""

    said: list[str] = field(default_factory=list)
    left_out: int = 0

    def say(self, sentence: str) -> None:
        if len(self.said) < MOST_NOTES:
            self.said.append(sentence)
        else:
            self.left_out += 1

    def not_read(self, headings: Sequence[str]) -> None:
        """Columns that are none of the kind's own; nothing is said of none."""
        if headings:
            self.say(f"Không đọc {len(headings)} cột lạ: {', '.join(headings)}.")

    def all(self) -> list[str]:
        return [*self.said, *([f"… và {self.left_out} lời nhắc nữa."] if self.left_out else [])]


class Return(Fact):
    """Pieces of one SKU of one order that came back and were paid back."""

    order_external_id: str
    sku: str
    quantity: int


class InvoiceLine(Fact):
    """Goods of one SKU, after their part of the invoice's discount; negative when they were taken back.

    A sheet may name a product of the register instead, or (with neither) a producer's sales as a whole.
    """

    sku: str
    amount_vnd: int
    product: str = ""  # its code
    producer: str = ""  # its code; "": the goods say whose they are


class Invoice(Fact):
    """One sale outside the marketplaces. `sold_at` is aware UTC."""

    external_id: str
    sold_at: datetime
    lines: tuple[InvoiceLine, ...]


class Good(Fact):
    """One code of a till's list. `base` "" unless it is another unit of that code's goods; stock may be a part of a piece."""

    code: str
    base: str
    price_vnd: int
    stock: Decimal


@dataclass
class Content:
    """The facts of one file, streamed, to be read in this order: `rows` and `notes` are whole only after the last."""

    orders: Iterator[Order] = field(default_factory=lambda: iter(()))
    returns: Iterator[Return] = field(default_factory=lambda: iter(()))
    incomes: Iterator[Income] = field(default_factory=lambda: iter(()))
    statements: Iterator[Statement] = field(default_factory=lambda: iter(()))
    goods: Iterator[Good] = field(default_factory=lambda: iter(()))
    invoices: Iterator[Invoice] = field(default_factory=lambda: iter(()))
    notes: Notes = field(default_factory=Notes)
    rows: int = 0


@dataclass(frozen=True)
class FileKind:
    """`read` raises FileError, also while its facts are read."""

    code: str  # "shopee.orders"
    marketplace: str  # or the till: then its sales are outside the marketplaces
    title: str
    stands: Stands
    is_mine: Callable[[Place], bool]
    read: Callable[[Book, Place], Content]


def at_row(number: int, column: str, err: ValueError) -> FileError:
    """A cell that cannot be read: where it is and why, never what it says."""
    return FileError(f"Dòng {number}, cột «{column}»: {err}. Chưa nhập gì từ tệp này.")


def once_or_sum(values: Sequence[int]) -> tuple[int, bool]:
    """An amount of an order that its lines repeat: equal on all of them it counts once, else it was one a line and is summed.

    The second value says whether it behaved per line.
    """
    is_per_line = values.count(values[0]) < len(values)
    return (sum(values) if is_per_line else values[0]), is_per_line


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> Iterator[tuple[str, list[Row]]]:
    """Rows of one order together. Raises FileError when an order's rows are scattered: then somebody sorted the sheet anew."""
    seen: set[str] = set()
    for name, group in groupby(rows, key):
        if name in seen:
            raise FileError(
                f"Các dòng của đơn {name} không nằm liền nhau: tệp đã bị sắp xếp lại. Hãy tải lại và thả thẳng vào đây."
            )
        seen.add(name)
        yield name, list(group)
