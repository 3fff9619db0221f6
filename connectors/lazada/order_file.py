"""Lazada's order export into orders: a row a piece, and each piece has a status of its own. Pieces have the API's own ids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from connectors.facts.order import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.kind import Content, at_row, grouped
from connectors.files.rows import row_reader
from connectors.files.table import Place, Table, open_table
from connectors.files.values import identity, moment, plain_dong
from connectors.lazada.file_columns import ORDER_COLUMNS, ORDER_LAYOUT

FORMS = ("%d %b %Y %H:%M", "%Y-%m-%d %H:%M:%S")
LONGEST_WORD = 30

STATES = {
    "unpaid": OrderState.UNPAID,
    **dict.fromkeys(("pending", "ready_to_ship", "ready to ship", "processing", "packed"), OrderState.PLACED),
    **dict.fromkeys(("shipped", "in transit"), OrderState.SHIPPED),
    "delivered": OrderState.DELIVERED,
    "confirmed": OrderState.COMPLETED,
    **dict.fromkeys(("canceled", "cancelled"), OrderState.CANCELLED),
    **dict.fromkeys(("returned", "package returned", "failed"), OrderState.RETURNED),
}
ORDERLY = list(OrderState)  # an order is where its least advanced piece is; undone pieces come last


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *FORMS)


READER = row_reader(
    ORDER_COLUMNS,
    {
        **dict.fromkeys(("order", "unit"), identity),
        **dict.fromkeys(("placed_at", "updated_at", "delivered_at"), _moment),
        **dict.fromkeys(("price", "paid", "discount", "refund"), plain_dong),
    },
    "order",
    "unit",
    "placed_at",
)
Unit = dict[str, Any]


def read_orders(_book: Book, place: Place) -> Content:
    content = Content()
    content.orders = _orders(open_table(place, ORDER_LAYOUT), content)
    return content


def _orders(table: Table, content: Content) -> Iterator[Order]:
    rows = ((number, READER.read(number, cells), cells) for number, cells in table.rows())
    for external_id, group in grouped(rows, lambda row: str(row[1]["order"])):
        content.rows += len(group)
        units = [unit | {"state": _state(number, unit)} for number, unit, _ in group]
        yield _order(external_id, units, [cells for _, _, cells in group])
    content.notes.not_read(table.dropped)


def _order(external_id: str, units: Sequence[Unit], cells: Sequence[Sequence[Cell]]) -> Order:
    first = units[0]
    lines = list(_folded(sorted(units, key=lambda unit: str(unit["unit"]))))
    moments = [unit[name] for unit in units for name in ("placed_at", "updated_at", "delivered_at") if unit[name]]
    return Order(
        external_id=external_id,
        state=min((unit["state"] for unit in units), key=ORDERLY.index),
        raw_state=",".join(sorted({str(unit["status"]) for unit in units})),
        placed_at=first["placed_at"],
        updated_at=max(moments),
        delivered_at=max((unit["delivered_at"] for unit in units if unit["delivered_at"]), default=None),
        province=first["province"] or None,
        lines=tuple(_line(pieces) for pieces in lines),
        money=tuple(money for pieces in lines for money in _placed(pieces)),
        raw=READER.as_json("lazada.orders", cells),
    )


def _folded(units: Iterable[Unit]) -> Iterable[list[Unit]]:
    """Pieces of one SKU at one price are a line, named after the first of them, as the API's are."""
    lines: dict[tuple[str, int], list[Unit]] = defaultdict(list)
    for unit in units:
        lines[unit["shop_sku"], unit["price"]].append(unit)
    return lines.values()


def _line(pieces: Sequence[Unit]) -> OrderLine:
    first, states = pieces[0], [piece["state"] for piece in pieces]
    item_id, _, rest = first["shop_sku"].partition("_")  # `{item}_{site}-{sku}`
    return OrderLine(
        external_id=first["unit"],
        sku=first["sku"],
        item_external_id=item_id,
        variant_external_id=rest.partition("-")[2] or None,
        name=first["name"],
        quantity=len(pieces),
        cancelled_quantity=states.count(OrderState.CANCELLED),
        returned_quantity=states.count(OrderState.RETURNED),
        unit_price_vnd=first["price"],
    )


def _placed(pieces: Sequence[Unit]) -> Iterator[MoneyLine]:
    """The goods, and the seller's own discount against them."""
    amounts = {
        "item_price": sum(piece["price"] for piece in pieces),
        "voucher_seller": -sum(abs(piece["discount"]) for piece in pieces),
    }
    for code, amount_vnd in amounts.items():
        if amount_vnd:
            yield MoneyLine(
                code=code, amount_vnd=amount_vnd, stage=MoneyStage.PLACED, line_external_id=pieces[0]["unit"]
            )


def _state(number: int, unit: Unit) -> OrderState:
    """A piece whose money went back is returned, whatever its status still says."""
    word = unit["status"].lower()
    if word not in STATES:
        raise at_row(number, READER.heading("status"), ValueError(f"trạng thái chưa biết «{word[:LONGEST_WORD]}»"))
    return OrderState.RETURNED if unit["refund"] else STATES[word]
