"""The sheets beside `Doanh thu` in Shopee's income report: adjustments, and the summary that everything is held against."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from connectors.files.book import Book, Sheet
from connectors.files.cells import Cell
from connectors.files.kind import at_row
from connectors.files.table import headings_of
from connectors.files.values import moment, plain_dong, text

KIND, AMOUNT, RELATED, PAID_ON, DONE_ON = (
    "Loại điều chỉnh | Mô tả",
    "Số tiền điều chỉnh",
    "Mã đơn hàng liên quan",
    "Ngày hoàn thành thanh toán",
    "Ngày hoàn thành điều chỉnh đơn hàng",
)
END = "Tổng cộng"
TOTAL = "3. Tổng số tiền"
FORMS = ("%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")


class Adjustment(NamedTuple):
    """One correction, signed. `order_external_id` "" belongs to the shop as a whole."""

    kind: str
    order_external_id: str
    amount_vnd: int
    settled_at: datetime


def adjustments(book: Book) -> Iterator[Adjustment]:
    """From every `Adjustment…` sheet: a summary on top, then headings somewhere below it, rows, and a total."""
    for sheet in book.values():
        if sheet.name.startswith("Adjustment"):
            yield from _listed(sheet)


def summary_total(book: Book) -> int | None:
    """What the summary says was paid in all; None when there is no such line. Its label is in column A or B, its value in C or D."""
    if "Summary" not in book:
        return None
    for number, row in book["Summary"].rows(range(4)):
        if any(text(label).startswith(TOTAL) for label in row[:2]):
            value = row[3] if row[3] is not None else row[2]
            try:
                return plain_dong(value)
            except ValueError as err:
                raise at_row(number, TOTAL, err) from None
    return None


def _listed(sheet: Sheet) -> Iterator[Adjustment]:
    at: dict[str, int] | None = None
    for number, row in sheet.rows(None):
        if at is None:
            headings = headings_of(row)
            at = {name: place for place, name in enumerate(headings)} if AMOUNT in headings else None
        elif text(row[0] if row else None).startswith(END):
            return
        elif any(cell is not None for cell in row):
            yield _read(number, row, at)


def _read(number: int, row: Sequence[Cell], at: dict[str, int]) -> Adjustment:
    def cell(name: str) -> Cell:
        return row[at[name]] if name in at and at[name] < len(row) else None

    try:
        settled_at = moment(cell(PAID_ON), *FORMS) or moment(cell(DONE_ON), *FORMS)
        amount_vnd = plain_dong(cell(AMOUNT))
    except ValueError as err:
        raise at_row(number, AMOUNT, err) from None
    if settled_at is None:
        raise at_row(number, PAID_ON, ValueError("trống"))
    related = text(cell(RELATED))
    return Adjustment(text(cell(KIND)), "" if related == "-" else related, amount_vnd, settled_at)
