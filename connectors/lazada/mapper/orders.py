"""An order of theirs, one row a piece, to an order of ours with lines; without the buyer's person.

Lazada Open Platform reference, sections 4.1 and 4.2, read 2026-11-24.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pydantic_core

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.lazada.payloads.orders import Address, OrderItem, OrderRow

Units = Sequence[tuple[OrderItem, dict[str, Any]]]  # each beside the JSON it was read from

UNIT_STATES = {
    "unpaid": OrderState.UNPAID,
    "pending": OrderState.PLACED,
    "topack": OrderState.PLACED,
    "packed": OrderState.PLACED,
    "toship": OrderState.PLACED,
    "ready_to_ship": OrderState.PLACED,
    "shipping": OrderState.SHIPPED,
    "shipped": OrderState.SHIPPED,
    "delivered": OrderState.DELIVERED,
    "canceled": OrderState.CANCELLED,
    "returned": OrderState.RETURNED,
    # Not delivered and on its way back, or lost on it: the buyer keeps nothing.
    "failed": OrderState.RETURNED,
    "failed_delivery": OrderState.RETURNED,
    "shipped_back": OrderState.RETURNED,
    "shipped_back_success": OrderState.RETURNED,
    "shipped_back_failed": OrderState.RETURNED,
    "package_scrapped": OrderState.RETURNED,
    "lost": OrderState.RETURNED,
    "lost_by_3pl": OrderState.RETURNED,
    "damaged_by_3pl": OrderState.RETURNED,
}
ON_THE_WAY = (OrderState.UNPAID, OrderState.PLACED, OrderState.SHIPPED, OrderState.DELIVERED)  # in this order

# What the stored JSON keeps: a new field may be personal, so it is left out until it is named here.
KEPT_OF_ORDER = (
    "order_id", "order_number", "created_at", "updated_at", "statuses", "items_count", "price", "payment_method",
    "shipping_fee", "shipping_fee_original", "shipping_fee_discount_seller", "shipping_fee_discount_platform", "voucher",
    "voucher_seller", "voucher_platform", "warehouse_code",
)  # fmt: skip
KEPT_OF_UNIT = (
    "order_item_id", "sku", "sku_id", "product_id", "shop_sku", "name", "variation", "currency", "item_price",
    "paid_price", "tax_amount", "shipping_amount", "voucher_amount", "voucher_seller", "voucher_platform", "status",
    "return_status", "reverse_order_id", "payment_time", "created_at", "updated_at",
)  # fmt: skip


def to_order(row: OrderRow, raw: Mapping[str, Any], units: Units) -> Order:
    """An order has no status of its own: it is where its least advanced piece is."""
    pieces = sorted((unit for unit, _ in units), key=lambda unit: unit.order_item_id)
    lines = list(_folded(pieces).values())
    return Order(
        external_id=row.order_id,
        state=_state(pieces),
        raw_state=",".join(sorted({piece.status for piece in pieces})),
        placed_at=row.created_at,
        updated_at=row.updated_at,
        paid_at=min((piece.payment_time for piece in pieces if piece.payment_time), default=None),
        province=_province(row.address_shipping),
        lines=tuple(_line(line) for line in lines),
        money=tuple(money for line in lines for money in _placed(line)),
        raw=_kept(raw, units),
    )


def _folded(pieces: Iterable[OrderItem]) -> dict[tuple[str, int], list[OrderItem]]:
    """Pieces of one SKU at one price are a line; it is named after the first of them, which never changes."""
    lines: dict[tuple[str, int], list[OrderItem]] = defaultdict(list)
    for piece in pieces:
        lines[piece.shop_sku, piece.item_price].append(piece)
    return lines


def _line(pieces: Sequence[OrderItem]) -> OrderLine:
    first, states = pieces[0], [unit_state(piece.status) for piece in pieces]
    item_id, variant_id = _ids(first)
    return OrderLine(
        external_id=first.order_item_id,
        sku=first.sku,
        item_external_id=item_id,
        variant_external_id=variant_id,
        name=first.name,
        quantity=len(pieces),
        cancelled_quantity=states.count(OrderState.CANCELLED),
        returned_quantity=states.count(OrderState.RETURNED),
        unit_price_vnd=first.item_price,
    )


def _placed(pieces: Sequence[OrderItem]) -> Iterator[MoneyLine]:
    """The goods, and the seller's own vouchers against them; Lazada's vouchers are Lazada's cost."""
    amounts = {
        "item_price": sum(piece.item_price for piece in pieces),
        "voucher_seller": -sum(piece.voucher_seller for piece in pieces),
    }
    for code, amount_vnd in amounts.items():
        if amount_vnd:
            line = pieces[0].order_item_id
            yield MoneyLine(code=code, amount_vnd=amount_vnd, stage=MoneyStage.PLACED, line_external_id=line)


def unit_state(status: str) -> OrderState:
    if status not in UNIT_STATES:
        raise UnexpectedAnswerError("an item status we do not know", marketplace="lazada", code=status)
    return UNIT_STATES[status]


def _state(pieces: Sequence[OrderItem]) -> OrderState:
    states = {unit_state(piece.status) for piece in pieces}
    if found := [state for state in ON_THE_WAY if state in states]:
        return found[0]
    return OrderState.RETURNED if OrderState.RETURNED in states else OrderState.CANCELLED


def _ids(piece: OrderItem) -> tuple[str, str | None]:
    """The product's id is missing from the call for many orders; `shop_sku` spells both: `{item}_{site}-{sku}`."""
    item_id, _, rest = piece.shop_sku.partition("_")
    return piece.product_id or item_id, piece.sku_id or rest.partition("-")[2] or None


def _province(address: Address | None) -> str | None:
    """None when it is absent or masked."""
    name = address.address3 if address else None
    return name if name and "*" not in name else None


def _kept(raw: Mapping[str, Any], units: Units) -> str:
    rows = sorted((row for _, row in units), key=lambda row: str(row["order_item_id"]))
    kept = {name: raw[name] for name in KEPT_OF_ORDER if name in raw}
    kept["order_items"] = [{name: row[name] for name in KEPT_OF_UNIT if name in row} for row in rows]
    return pydantic_core.to_json(kept).decode()
