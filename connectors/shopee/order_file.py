"""Shopee's order export into orders: one row a line, an order's own amounts repeated on each of its rows.

Amounts are texts as `165000.00`; moments are Vietnam's, to the minute, so an answer of the API about the same order is never
older. A line has no id of Shopee's in the file: its name here is its SKU.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from connectors.base import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.errors import FileError
from connectors.files.kind import Content, Notes, at_row, grouped, once_or_sum
from connectors.files.line_ids import file_line_id
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, moment, pieces, plain_dong, text
from connectors.shopee.order_columns import COLUMNS, LAYOUT

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
NOTHING_EARNED = frozenset({OrderState.CANCELLED, OrderState.RETURNED, OrderState.UNPAID})
TO_SHIP_OR_SHIPPED = "Chờ giao hàng"  # which of the two, only the day of sending tells
ESTIMATES = {"commission": "commission_fee", "service": "service_fee", "transaction": "seller_transaction_fee"}
TAKEN = ESTIMATES | {"voucher": "voucher_from_seller", "coins": "seller_coin_cash_back"}


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
READERS = tuple(READ.get(name, text) for name in Line._fields)
HEADINGS = {column.field: column.names[0] for column in COLUMNS}
STATUS = Line._fields.index("status")

Read = tuple[int, Line, Sequence[Cell]]  # a row's number, what it says, and its cells


def read_orders(_book: Book, place: Place) -> Content:
    table = open_table(place, LAYOUT)
    content = Content()
    content.orders = _orders(table, content)
    return content


def _orders(table: Table, content: Content) -> Iterator[Order]:
    rows = ((number, _read(number, cells), cells) for number, cells in table.rows())
    for external_id, lines in grouped(rows, lambda row: row[1].order):
        content.rows += len(lines)
        yield _OrderRows(external_id, lines, content.notes).order()
    if table.dropped:
        content.notes.say(f"Không đọc {len(table.dropped)} cột lạ: {', '.join(table.dropped)}.")


def _read(number: int, cells: Sequence[Cell]) -> Line:
    try:
        line = Line(*[read(cell) for read, cell in zip(READERS, cells, strict=True)])  # type: ignore[arg-type]
    except ValueError:
        raise _blamed(number, cells) from None
    for name in ("order", "placed_at", "quantity"):
        if not getattr(line, name):
            raise at_row(number, HEADINGS[name], ValueError("trống hoặc bằng 0"))
    return line


def _blamed(number: int, cells: Sequence[Cell]) -> FileError:
    """The first cell of the row that cannot be read."""
    for name, read, cell in zip(Line._fields, READERS, cells, strict=True):
        try:
            read(cell)
        except ValueError as err:
            return at_row(number, HEADINGS[name], err)
    raise AssertionError("a row that could not be read can be read")


@dataclass
class _OrderRows:
    """All rows of one order."""

    external_id: str
    rows: list[Read]
    notes: Notes

    def order(self) -> Order:
        number, first, _ = self.rows[0]
        moments = (first.placed_at, first.paid_at, first.shipped_at, first.delivered_at, first.completed_at)
        known = [at for at in moments if at is not None]
        state = _state(number, first)
        lines = self._lines(state)
        if all(line.returned_quantity == line.quantity for line in lines):
            state = OrderState.RETURNED
        return Order(
            external_id=self.external_id,
            state=state,
            raw_state=first.status,
            placed_at=known[0],
            updated_at=max(known),
            paid_at=first.paid_at,
            province=first.province or None,
            lines=tuple(lines),
            money=(*self._placed(lines), *self._estimates(state)),
            raw=self._raw(),
        )

    def _lines(self, state: OrderState) -> list[OrderLine]:
        seen: Counter[str] = Counter()
        return [self._line(number, row, state, seen) for number, row, _ in self.rows]

    def _line(self, number: int, row: Line, state: OrderState, seen: Counter[str]) -> OrderLine:
        if row.subtotal != row.price * row.quantity:
            self.notes.say(f"Đơn {self.external_id}, dòng {number}: thành tiền khác giá ưu đãi nhân số lượng.")
        sku = row.sku or row.parent_sku
        return OrderLine(
            external_id=file_line_id(sku or f"{row.name}|{row.variant}", seen),
            sku=sku,
            item_external_id="",
            name=row.name,
            quantity=row.quantity,
            cancelled_quantity=row.quantity if state is OrderState.CANCELLED else 0,
            returned_quantity=_returned(row),
            unit_price_vnd=row.subtotal // row.quantity,
            list_price_vnd=row.list_price,
        )

    def _placed(self, lines: Sequence[OrderLine]) -> Iterator[MoneyLine]:
        for line, (_, row, _) in zip(lines, self.rows, strict=True):
            yield MoneyLine(
                code="model_discounted_price",
                amount_vnd=row.subtotal,
                stage=MoneyStage.PLACED,
                line_external_id=line.external_id,
            )

    def _estimates(self, state: OrderState) -> Iterator[MoneyLine]:
        """What the export expects to be taken; an income file or the API says what was. An undone order earns nothing."""
        if state in NOTHING_EARNED:
            return
        goods_vnd = sum(row.subtotal for _, row, _ in self.rows)
        yield MoneyLine(code="original_cost_of_goods_sold", amount_vnd=goods_vnd, stage=MoneyStage.PROCESSING)
        for field, code in TAKEN.items():
            if taken_vnd := self._taken(field):
                yield MoneyLine(code=code, amount_vnd=-taken_vnd, stage=MoneyStage.PROCESSING)

    def _taken(self, field: str) -> int:
        amount_vnd, is_per_line = once_or_sum([getattr(row, field) for _, row, _ in self.rows])
        if is_per_line:
            self.notes.say(
                f"Đơn {self.external_id}: cột «{HEADINGS[field]}» ghi khác nhau theo dòng nên được cộng lại."
            )
        return amount_vnd

    def _raw(self) -> str:
        """The allowed cells as they stood there: no column about a buyer but the province is among them."""
        kept = [[*cells[:STATUS], row.status, *cells[STATUS + 1 :]] for _, row, cells in self.rows]
        return json.dumps(
            {"file": "shopee.orders", "columns": Line._fields, "rows": kept}, ensure_ascii=False, default=str
        )


def _state(number: int, row: Line) -> OrderState:
    """By the whole word, or the beginning of the one long sentence; anything else is loud."""
    if row.status == TO_SHIP_OR_SHIPPED:
        return OrderState.SHIPPED if row.shipped_at else OrderState.PLACED
    if row.status not in STATES:
        raise at_row(number, HEADINGS["status"], ValueError(f"trạng thái chưa biết «{row.status[:LONGEST_WORD]}»"))
    return STATES[row.status]


def _returned(row: Line) -> int:
    """A return that was granted without a count of pieces is one of the whole line."""
    if row.returned:
        return min(row.returned, row.quantity)
    is_granted = row.return_status and GRANTED.search(row.return_status) and not REFUSED.search(row.return_status)
    return row.quantity if is_granted else 0
