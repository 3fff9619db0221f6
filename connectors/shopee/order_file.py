"""Shopee's order export into orders: one row a line, an order's own amounts repeated on each of its rows.

Amounts are texts as `165000.00`; moments are Vietnam's, to the minute, so an answer of the API about the same order is never
older. A line has no id of Shopee's in the file: its name here is its SKU.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from connectors.base import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, at_row, grouped, once_or_sum, shown
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
}
TO_SHIP_OR_SHIPPED = "Chờ giao hàng"  # which of the two, only the day of sending tells
ESTIMATES = {"commission": "commission_fee", "service": "service_fee", "transaction": "seller_transaction_fee"}
TAKEN = ESTIMATES | {"voucher": "voucher_from_seller", "coins": "seller_coin_cash_back"}


class Line(NamedTuple):
    """A row of the file in the order of COLUMNS."""

    order: Cell
    placed_at: Cell
    status: Cell
    cancel_reason: Cell
    shipped_at: Cell
    delivered_at: Cell
    return_status: Cell
    parent_sku: Cell
    name: Cell
    sku: Cell
    variant: Cell
    list_price: Cell
    price: Cell
    quantity: Cell
    returned: Cell
    subtotal: Cell
    voucher: Cell
    coins: Cell
    completed_at: Cell
    paid_at: Cell
    commission: Cell
    service: Cell
    transaction: Cell
    province: Cell


HEADINGS = {column.field: column.names[0] for column in COLUMNS}


def read_orders(_book: Book, place: Place) -> Content:
    table = open_table(place, LAYOUT)
    content = Content()
    content.orders = _orders(table, content)
    return content


def _orders(table: Table, content: Content) -> Iterator[Order]:
    for external_id, rows in grouped(table.rows(), _order_of):
        content.rows += len(rows)
        lines = [(number, Line(*cells)) for number, cells in rows]
        yield _OrderRows(external_id, lines, content).order()
    if table.dropped:
        content.notes.say(f"Không đọc {len(table.dropped)} cột lạ: {', '.join(table.dropped)}.")


def _order_of(number: int, cells: Sequence[Cell]) -> str:
    try:
        external_id = identity(cells[0])
    except ValueError as err:
        raise at_row(number, HEADINGS["order"], err) from None
    if not external_id:
        raise at_row(number, HEADINGS["order"], ValueError("trống"))
    return external_id


@dataclass
class _OrderRows:
    """All rows of one order."""

    external_id: str
    rows: list[tuple[int, Line]]
    content: Content

    def order(self) -> Order:
        moments = {
            name: self._moment(name) for name in ("placed_at", "paid_at", "shipped_at", "delivered_at", "completed_at")
        }
        placed_at = moments["placed_at"]
        if placed_at is None:
            raise at_row(self.rows[0][0], HEADINGS["placed_at"], ValueError("trống"))
        word = self._word()
        state = self._state(word, is_sent=moments["shipped_at"] is not None)
        lines = self._lines(state)
        if lines and all(line.returned_quantity == line.quantity for line in lines):
            state = OrderState.RETURNED
        return Order(
            external_id=self.external_id,
            state=state,
            raw_state=word,
            placed_at=placed_at,
            updated_at=max(at for at in moments.values() if at is not None),
            paid_at=moments["paid_at"],
            province=text(self.rows[0][1].province) or None,
            lines=tuple(lines),
            money=(*self._placed(lines), *self._estimates(state)),
            raw=self._raw(),
        )

    def _moment(self, field: str) -> datetime | None:
        number, row = self.rows[0]
        try:
            return moment(getattr(row, field), *FORMS)
        except ValueError as err:
            raise at_row(number, HEADINGS[field], err) from None

    def _word(self) -> str:
        status = text(self.rows[0][1].status)
        return RECEIVED if status.startswith(RECEIVED) else status

    def _state(self, word: str, *, is_sent: bool) -> OrderState:
        """By the whole word, or the beginning of the one long sentence; anything else is loud."""
        if word == RECEIVED:
            return OrderState.DELIVERED
        if word == TO_SHIP_OR_SHIPPED:
            return OrderState.SHIPPED if is_sent else OrderState.PLACED
        if word not in STATES:
            unknown = f"trạng thái chưa biết «{word[:LONGEST_WORD]}»"
            raise at_row(self.rows[0][0], HEADINGS["status"], ValueError(unknown))
        return STATES[word]

    def _lines(self, state: OrderState) -> list[OrderLine]:
        seen: Counter[str] = Counter()
        return [self._line(number, row, state, seen) for number, row in self.rows]

    def _line(self, number: int, row: Line, state: OrderState, seen: Counter[str]) -> OrderLine:
        quantity = self._count(number, row, "quantity")
        if quantity == 0:
            raise at_row(number, HEADINGS["quantity"], ValueError("bằng 0"))
        subtotal_vnd, price_vnd = self._dong(number, row, "subtotal"), self._dong(number, row, "price")
        if subtotal_vnd != price_vnd * quantity:
            self.content.notes.say(f"Đơn {self.external_id}, dòng {number}: thành tiền khác giá ưu đãi nhân số lượng.")
        sku = text(row.sku) or text(row.parent_sku)
        return OrderLine(
            external_id=file_line_id(sku or f"{text(row.name)}|{text(row.variant)}", seen),
            sku=sku,
            item_external_id="",
            name=text(row.name),
            quantity=quantity,
            cancelled_quantity=quantity if state is OrderState.CANCELLED else 0,
            returned_quantity=self._returned(number, row, quantity),
            unit_price_vnd=subtotal_vnd // quantity,
            list_price_vnd=self._dong(number, row, "list_price"),
        )

    def _returned(self, number: int, row: Line, quantity: int) -> int:
        """A return that was granted without a count of pieces is one of the whole line."""
        counted, status = self._count(number, row, "returned"), text(row.return_status)
        is_granted = bool(GRANTED.search(status)) and not REFUSED.search(status)
        return min(counted, quantity) if counted else quantity if is_granted else 0

    def _placed(self, lines: Sequence[OrderLine]) -> Iterator[MoneyLine]:
        for line, (number, row) in zip(lines, self.rows, strict=True):
            amount_vnd = self._dong(number, row, "subtotal")
            yield MoneyLine(
                code="model_discounted_price",
                amount_vnd=amount_vnd,
                stage=MoneyStage.PLACED,
                line_external_id=line.external_id,
            )

    def _estimates(self, state: OrderState) -> Iterator[MoneyLine]:
        """What the export expects to be taken; an income file or the API says what was. An undone order earns nothing."""
        if state in {OrderState.CANCELLED, OrderState.RETURNED, OrderState.UNPAID}:
            return
        goods_vnd = sum(self._dong(number, row, "subtotal") for number, row in self.rows)
        yield MoneyLine(code="original_cost_of_goods_sold", amount_vnd=goods_vnd, stage=MoneyStage.PROCESSING)
        for field, code in TAKEN.items():
            if taken_vnd := self._order_dong(field):
                yield MoneyLine(code=code, amount_vnd=-taken_vnd, stage=MoneyStage.PROCESSING)

    def _order_dong(self, field: str) -> int:
        amount_vnd, is_per_line = once_or_sum([self._dong(number, row, field) for number, row in self.rows])
        if is_per_line:
            self.content.notes.say(
                f"Đơn {self.external_id}: cột «{HEADINGS[field]}» ghi khác nhau theo dòng nên được cộng lại."
            )
        return amount_vnd

    def _dong(self, number: int, row: Line, field: str) -> int:
        try:
            return plain_dong(getattr(row, field))
        except ValueError as err:
            raise at_row(number, HEADINGS[field], err) from None

    def _count(self, number: int, row: Line, field: str) -> int:
        try:
            return pieces(getattr(row, field))
        except ValueError as err:
            raise at_row(number, HEADINGS[field], err) from None

    def _raw(self) -> str:
        """The allowed cells as they stood there: no column about a buyer but the province is among them."""
        kept = [dict(zip(Line._fields, map(shown, row), strict=True)) for _, row in self.rows]
        for row in kept:
            row["status"] = self._word()
        return json.dumps({"file": "shopee.orders", "rows": kept}, ensure_ascii=False)
