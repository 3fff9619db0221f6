"""A row of Shopee's order export: what each cell says, and what its words mean.

Amounts are texts as `165000.00`; moments are Vietnam's, to the minute.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from connectors.facts.order import OrderState
from connectors.files.cells import Cell
from connectors.files.kind import at_row
from connectors.files.rows import row_reader
from connectors.files.values import identity, moment, pieces, plain_dong, text
from connectors.shopee.order_columns import COLUMNS

FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
LONGEST_WORD = 30  # a longer status is a sentence, of which there is a new one almost daily
RECEIVED = "Người mua xác nhận đã nhận được hàng"
GRANTED = re.compile("hoàn tiền|trả hàng|chấp thuận", re.IGNORECASE)
REFUSED = re.compile("từ chối|hủy|huỷ", re.IGNORECASE)

STATES = {
    "Chờ thanh toán": OrderState.UNPAID,
    "Chờ xác nhận": OrderState.PLACED,
    "Chờ lấy hàng": OrderState.PLACED,
    "Đang giao": OrderState.SHIPPED,
    "Đã giao": OrderState.DELIVERED,
    "Đã nhận được hàng": OrderState.DELIVERED,
    "Hoàn thành": OrderState.COMPLETED,
    "Đã hủy": OrderState.CANCELLED,
    "Đã huỷ": OrderState.CANCELLED,
    RECEIVED: OrderState.DELIVERED,
}
TO_SHIP_OR_SHIPPED = "Chờ giao hàng"  # which of the two, only the day of sending tells
TAKEN = {  # what is taken from an order, as the export expects it: our field, and the API's code of the same amount
    "commission": "commission_fee",
    "service": "service_fee",
    "transaction": "seller_transaction_fee",
    "voucher": "voucher_from_seller",
    "coins": "seller_coin_cash_back",
}


class Line(NamedTuple):
    """A row of the file, read, in the order of COLUMNS."""

    order: str
    placed_at: datetime | None
    status: str
    cancel_reason: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    return_status: str
    parent_sku: str
    name: str
    sku: str
    variant: str
    list_price: int
    price: int
    quantity: int
    returned: int
    subtotal: int
    voucher: int
    coins: int
    completed_at: datetime | None
    paid_at: datetime | None
    commission: int
    service: int
    transaction: int
    province: str


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


def _status(cell: Cell) -> str:
    word = text(cell)
    return RECEIVED if word.startswith(RECEIVED) else word


READ: dict[str, Callable[[Cell], object]] = {
    "order": identity,
    "status": _status,
    **dict.fromkeys(("placed_at", "shipped_at", "delivered_at", "completed_at", "paid_at"), _moment),
    **dict.fromkeys(("quantity", "returned"), pieces),
    **dict.fromkeys(("list_price", "price", "subtotal", *TAKEN), plain_dong),
}
READER = row_reader(COLUMNS, READ, "order", "placed_at", "quantity")
HEADINGS = {column.field: column.names[0] for column in COLUMNS}
STATUS = Line._fields.index("status")


def read_line(number: int, cells: Sequence[Cell]) -> Line:
    """Raises FileError naming row and column."""
    return Line(*READER.values(number, cells))


def state_of(number: int, row: Line) -> OrderState:
    """By the whole word, or the beginning of the one long sentence; anything else is loud."""
    if row.status == TO_SHIP_OR_SHIPPED:
        return OrderState.SHIPPED if row.shipped_at else OrderState.PLACED
    if row.status not in STATES:
        raise at_row(number, HEADINGS["status"], ValueError(f"trạng thái chưa biết «{row.status[:LONGEST_WORD]}»"))
    return STATES[row.status]


def returned_of(row: Line) -> int:
    """A return that was granted without a count of pieces is one of the whole line."""
    if row.returned:
        return min(row.returned, row.quantity)
    is_granted = row.return_status and GRANTED.search(row.return_status) and not REFUSED.search(row.return_status)
    return row.quantity if is_granted else 0
