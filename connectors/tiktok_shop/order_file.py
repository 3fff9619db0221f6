"""TikTok Shop's order export into orders: one row an order and SKU; below the headings stands a row that explains them.

There is no time of completion in it. A line's worth to the seller is before TikTok's own discount, which TikTok pays back.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from connectors.facts.order import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, at_row, grouped
from connectors.files.line_ids import file_line_id
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import grouped_dong, identity, moment, pieces, text
from connectors.tiktok_shop.file_columns import ORDER_COLUMNS, ORDER_LAYOUT

FORMS = ("%d/%m/%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S")
MOMENTS = ("placed_at", "paid_at", "rts_at", "shipped_at", "delivered_at", "cancelled_at")
AMOUNTS = ("list_price", "gross", "platform_discount", "seller_discount", "subtotal")
LONGEST_WORD = 30

STATES = {
    **dict.fromkeys(("Chờ thanh toán", "Unpaid"), OrderState.UNPAID),
    **dict.fromkeys(("Chờ vận chuyển", "To ship"), OrderState.PLACED),
    **dict.fromkeys(("Đã vận chuyển", "Shipped"), OrderState.SHIPPED),
    **dict.fromkeys(("Đã hoàn tất", "Hoàn thành", "Completed"), OrderState.COMPLETED),
    **dict.fromkeys(("Đã hủy", "Canceled", "Cancelled"), OrderState.CANCELLED),
}
TO_SHIP_OR_SHIPPED = "Chờ giao hàng"  # which of the two, only the time of shipping tells
CANCEL = "Cancel"


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


READER = row_reader(
    ORDER_COLUMNS,
    {
        **dict.fromkeys(("order", "sku_id"), identity),
        **dict.fromkeys(MOMENTS, _moment),
        **dict.fromkeys(AMOUNTS, grouped_dong),
        **dict.fromkeys(("quantity", "returned"), pieces),
    },
    "order",
    "placed_at",
    "quantity",
)

Read = tuple[int, dict[str, Any], Sequence[Cell]]


def read_orders(_book: Book, place: Place) -> Content:
    content = Content()
    content.orders = _orders(open_table(place, ORDER_LAYOUT), content)
    return content


def _orders(table: Table, content: Content) -> Iterator[Order]:
    told = table.place.heading_row + 1
    rows = (
        (number, READER.read(number, cells), cells)
        for number, cells in table.rows()
        if number != told or text(cells[0]).isdecimal()  # the row of explanations
    )
    for external_id, group in grouped(rows, lambda row: str(row[1]["order"])):
        content.rows += len(group)
        yield _OrderRows(external_id, group).order()
    content.notes.not_read(table.dropped)


@dataclass
class _OrderRows:
    external_id: str
    rows: list[Read]

    def order(self) -> Order:
        number, first, _ = self.rows[0]
        state = _state(number, first)
        seen: Counter[str] = Counter()
        lines = [_line(row, state, seen) for _, row, _ in self.rows]
        left = [line for line in lines if line.cancelled_quantity < line.quantity]
        if left and all(line.returned_quantity == line.quantity for line in left):
            state = OrderState.RETURNED
        return Order(
            external_id=self.external_id,
            state=state,
            raw_state=first["status"],
            placed_at=first["placed_at"],
            updated_at=max(first[name] for name in MOMENTS if first[name]),
            paid_at=first["paid_at"],
            delivered_at=first["delivered_at"],
            province=first["province"] or None,
            lines=tuple(lines),
            money=tuple(self._money(lines)),
            raw=READER.as_json("tiktok.orders", (cells for _, _, cells in self.rows)),
        )

    def _money(self, lines: Sequence[OrderLine]) -> Iterator[MoneyLine]:
        for line, (_, row, _) in zip(lines, self.rows, strict=True):
            for code, field in (("sale_price", "subtotal"), ("platform_discount", "platform_discount")):
                if row[field]:
                    yield MoneyLine(
                        code=code, amount_vnd=row[field], stage=MoneyStage.PLACED, line_external_id=line.external_id
                    )


def _line(row: dict[str, Any], state: OrderState, seen: Counter[str]) -> OrderLine:
    is_cancelled = state is OrderState.CANCELLED or row["return_type"] == CANCEL
    return OrderLine(
        external_id=file_line_id(row["sku_id"], seen),
        sku=row["sku"],
        item_external_id="",
        variant_external_id=row["sku_id"],
        name=row["name"],
        quantity=row["quantity"],
        cancelled_quantity=row["quantity"] if is_cancelled else 0,
        returned_quantity=0 if is_cancelled else min(row["returned"], row["quantity"]),
        unit_price_vnd=(row["gross"] - row["seller_discount"]) // row["quantity"],
        list_price_vnd=row["list_price"],
    )


def _state(number: int, row: dict[str, Any]) -> OrderState:
    """Whole words: `Đã vận chuyển` holds the letters of «hủy», `Đã hoàn tất` those of «hoàn tiền»."""
    word = row["status"]
    if word == TO_SHIP_OR_SHIPPED:
        return OrderState.SHIPPED if row["shipped_at"] else OrderState.PLACED
    if word not in STATES:
        raise at_row(number, READER.heading("status"), ValueError(f"trạng thái chưa biết «{word[:LONGEST_WORD]}»"))
    is_there = STATES[word] is OrderState.SHIPPED and row["delivered_at"]
    return OrderState.DELIVERED if is_there else STATES[word]
