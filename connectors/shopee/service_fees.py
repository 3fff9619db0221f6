"""The sheet `Service Fee Details` of Shopee's income report: what `Phí Dịch Vụ` of each order is made of, programme by programme.

One public source says the details are apart from `Phí Dịch Vụ`, the newer one that they are its parts: they are held against it, and a
difference is noted, never mended (read 2026-11-24).
"""

from collections.abc import Sequence
from typing import NamedTuple

from catalog.money import format_dong
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Notes, at_row
from connectors.files.table import Place, places
from connectors.files.values import plain_dong, text

ORDER, PROCESSING = "Mã đơn hàng", "Phí Hạ Tầng"
MARK = frozenset({ORDER, PROCESSING})
NO_FEE = frozenset({"", "Mã giao dịch", ORDER})
SERVICE_FEE = "service_fee"
PROCESSING_FEE = "seller_order_processing_fee"  # inside `Phí Dịch Vụ`, told apart on the sheet of details


class Detail(NamedTuple):
    """Signed: costs are negative."""

    processing_vnd: int
    total_vnd: int


def details(book: Book) -> dict[str, Detail]:
    """By order; one that is not listed has none."""
    found: dict[str, Detail] = {}
    for place in places(book):
        if set(place.headings) >= MARK:
            for number, cells in place.sheet.rows(None):
                if number > place.heading_row and any(cell is not None for cell in cells):
                    order, detail = _read(place, number, cells)
                    found[order] = detail
    return found


def _read(place: Place, number: int, cells: Sequence[Cell]) -> tuple[str, Detail]:
    row = dict(zip(place.headings, cells, strict=False))
    fees: dict[str, int] = {}
    for name in row.keys() - NO_FEE:
        try:
            fees[name] = plain_dong(row[name])
        except ValueError as err:
            raise at_row(number, name, err) from None
    return text(row.get(ORDER)), Detail(fees.get(PROCESSING, 0), sum(fees.values()))


def part(order: str, amounts: dict[str, int], detail: Detail | None, notes: Notes) -> None:
    """`Phí Dịch Vụ` holds the fee for processing an order, which has a code of its own. An order without details keeps it whole."""
    if detail is None:
        return
    if detail.total_vnd != amounts[SERVICE_FEE]:
        notes.say(
            f"Đơn {order}: chi tiết phí dịch vụ cộng lại {format_dong(detail.total_vnd)}, "
            f"«Phí Dịch Vụ» ghi {format_dong(amounts[SERVICE_FEE])}."
        )
    if amounts[SERVICE_FEE] <= detail.processing_vnd:  # both negative: a part cannot cost more than the whole
        amounts[SERVICE_FEE] -= detail.processing_vnd
        amounts[PROCESSING_FEE] += detail.processing_vnd
