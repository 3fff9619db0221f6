"""Shopee's order export into orders: one row a line, an order's own amounts repeated on each of its rows.

An answer of the API about the same order is never older: moments here are cut to the minute. A line has no id of Shopee's in the
file: its name here is its SKU.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from connectors.facts.order import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, Notes, grouped, once_or_sum
from connectors.files.line_ids import file_line_id
from connectors.files.table import Place, Table, open_table
from connectors.shopee.order_columns import LAYOUT
from connectors.shopee.order_rows import HEADINGS, READER, STATUS, TAKEN, Line, read_line, returned_of, state_of

NOTHING_EARNED = frozenset({OrderState.CANCELLED, OrderState.RETURNED, OrderState.UNPAID})

_TAKEN = attrgetter(*TAKEN)

Read = tuple[int, Line, Sequence[Cell]]  # a row's number, what it says, and its cells


def read_orders(_book: Book, place: Place) -> Content:
    table = open_table(place, LAYOUT)
    content = Content()
    content.orders = _orders(table, content)
    return content


def _orders(table: Table, content: Content) -> Iterator[Order]:
    rows = ((number, read_line(number, cells), cells) for number, cells in table.rows())
    for external_id, lines in grouped(rows, lambda row: row[1].order):
        content.rows += len(lines)
        yield _OrderRows(external_id, lines, content.notes).order()
    content.notes.not_read(table.dropped)


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
        state = state_of(number, first)
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
            delivered_at=first.delivered_at,
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
            returned_quantity=returned_of(row),
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
        by_field = zip(*(_TAKEN(row) for _, row, _ in self.rows), strict=True)
        for (field, code), amounts in zip(TAKEN.items(), by_field, strict=True):
            taken_vnd, is_per_line = once_or_sum(amounts)
            if is_per_line:
                self.notes.say(
                    f"Đơn {self.external_id}: cột «{HEADINGS[field]}» ghi khác nhau theo dòng nên được cộng lại."
                )
            if taken_vnd:
                yield MoneyLine(code=code, amount_vnd=-taken_vnd, stage=MoneyStage.PROCESSING)

    def _raw(self) -> str:
        """The allowed cells as they stood there: no column about a buyer but the province is among them."""
        kept = ([*cells[:STATUS], row.status, *cells[STATUS + 1 :]] for _, row, cells in self.rows)
        return READER.as_json("shopee.orders", kept)
