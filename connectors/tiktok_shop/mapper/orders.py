"""An order of theirs, one row a unit, to an order of ours with lines, without the buyer's person."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import pydantic_core

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import MoneyLine, MoneyStage, OrderLine, OrderState
from connectors.facts.order import Order as OrderFact
from connectors.tiktok_shop.mapper.times import to_utc
from connectors.tiktok_shop.payloads.orders import LineItem, Order, Return

# What the stored JSON keeps: a new field may be personal, so it is left out until it is named here.
KEPT = (
    "id", "status", "create_time", "update_time", "paid_time", "rts_time", "is_cod", "fulfillment_type", "shipping_type",
    "warehouse_id", "payment",
)  # fmt: skip
KEPT_OF_UNIT = (
    "id", "product_id", "sku_id", "seller_sku", "product_name", "sku_name", "original_price", "sale_price",
    "seller_discount", "platform_discount", "currency", "display_status", "is_gift",
)  # fmt: skip

STATES = {
    "UNPAID": OrderState.UNPAID,
    "ON_HOLD": OrderState.PLACED,  # paid, and TikTok waits before the seller may send it
    "AWAITING_SHIPMENT": OrderState.PLACED,
    "PARTIALLY_SHIPPING": OrderState.PLACED,
    "AWAITING_COLLECTION": OrderState.PLACED,
    "IN_TRANSIT": OrderState.SHIPPED,
    "DELIVERED": OrderState.DELIVERED,
    "COMPLETED": OrderState.COMPLETED,
    "CANCELLED": OrderState.CANCELLED,
}
# Only what has left the seller can come back.
RETURNABLE = frozenset({"IN_TRANSIT", "DELIVERED", "COMPLETED"})

GRANTED = frozenset({
    "RETURN_OR_REFUND_REQUEST_SUCCESS", "RETURN_OR_REFUND_REQUEST_COMPLETE", "REPLACEMENT_REQUEST_REFUND_SUCCESS",
    "EXCHANGE_REQUEST_REFUND_SUCCESS",
})  # fmt: skip
NOT_GRANTED = frozenset({
    "RETURN_OR_REFUND_REQUEST_PENDING", "RETURN_OR_REFUND_REQUEST_CANCEL", "REFUND_OR_RETURN_REQUEST_REJECT",
    "AWAITING_BUYER_SHIP", "BUYER_SHIPPED_ITEM", "REJECT_RECEIVE_PACKAGE", "AWAITING_BUYER_RESPONSE",
    "REPLACEMENT_REQUEST_PENDING", "REPLACEMENT_REQUEST_REJECT", "REPLACEMENT_REQUEST_CANCEL",
    "REPLACEMENT_REQUEST_COMPLETE", "EXCHANGE_REQUEST_PENDING", "EXCHANGE_REQUEST_REJECT", "EXCHANGE_REQUEST_CANCEL",
    "EXCHANGE_REQUEST_COMPLETE", "EXCHANGE_REQUEST_SUCCESS", "REPLACEMENT_REQUEST_SUCCESS",
})  # fmt: skip

Returned = frozenset[str]  # ids of units


def to_order(order: Order, row: dict[str, Any], returns: Sequence[Return] = ()) -> OrderFact:
    """`row` is the JSON `order` was read from; `returns` are those of this order, in whatever state."""
    units = frozenset(unit.order_line_item_id for one in returns if is_granted(one) for unit in one.return_line_items)
    lines = tuple(_line(group, units) for group in _groups(order.line_items))
    return OrderFact(
        external_id=order.id,
        state=_state(order, units),
        raw_state=order.status,
        placed_at=to_utc(order.create_time),
        updated_at=to_utc(max([order.update_time, *(one.update_time for one in returns)])),
        paid_at=to_utc(order.paid_time) if order.paid_time else None,
        delivered_at=to_utc(order.delivery_time) if order.delivery_time else None,
        province=_province(order),
        lines=lines,
        money=tuple(money for group in _groups(order.line_items) for money in _placed(group)),
        raw=_raw(row, returns),
    )


def is_granted(one: Return) -> bool:
    """The buyer gets the price of whole pieces back. A replacement, or a part of the price, leaves them sold."""
    if one.return_status in NOT_GRANTED:
        return False
    if one.return_status not in GRANTED:
        raise UnexpectedAnswerError("a return status we do not know", marketplace="tiktok_shop", code=one.return_status)
    return one.partial_refund is None


def _groups(units: Iterable[LineItem]) -> list[list[LineItem]]:
    """Units of one SKU for which the seller gets the same make one line, whatever the order they are listed in.

    What the buyer pays may differ by a đồng between them: TikTok's own discount need not divide by the pieces.
    """

    def same(unit: LineItem) -> tuple[str, str, int, int]:
        return unit.product_id, unit.sku_id, unit.original_price, _worth(unit)

    ordered = sorted(units, key=lambda unit: (same(unit), unit.id))
    return [list(group) for _, group in groupby(ordered, key=same)]


def _worth(unit: LineItem) -> int:
    """What the seller is paid for a piece: by the buyer, and by TikTok for its own discount."""
    return unit.sale_price + unit.platform_discount


def _line(units: list[LineItem], returned: Returned) -> OrderLine:
    """Named after its first unit: ids do not change, whatever becomes of the units."""
    first = units[0]
    cancelled = {unit.id for unit in units if _unit_state(unit) is OrderState.CANCELLED}
    return OrderLine(
        external_id=first.id,
        sku=first.seller_sku,
        item_external_id=first.product_id,
        variant_external_id=first.sku_id,
        name=first.product_name,
        quantity=len(units),
        cancelled_quantity=len(cancelled),
        returned_quantity=sum(unit.id in returned and unit.id not in cancelled for unit in units),
        unit_price_vnd=_worth(first),
        list_price_vnd=first.original_price,
    )


def _placed(units: list[LineItem]) -> list[MoneyLine]:
    amounts = {
        "sale_price": sum(unit.sale_price for unit in units),
        "platform_discount": sum(unit.platform_discount for unit in units),
    }
    return [
        MoneyLine(code=code, amount_vnd=amount, stage=MoneyStage.PLACED, line_external_id=units[0].id)
        for code, amount in amounts.items()
        if amount
    ]


def _state(order: Order, returned: Returned) -> OrderState:
    """A wholly returned order keeps its old status there; the returns tell."""
    state = _known(order.status)
    left = [unit for unit in order.line_items if _unit_state(unit) is not OrderState.CANCELLED]
    if state is not OrderState.CANCELLED and left and all(unit.id in returned for unit in left):
        return OrderState.RETURNED
    return state


def _unit_state(unit: LineItem) -> OrderState:
    return _known(unit.display_status)


def _known(status: str) -> OrderState:
    if status not in STATES:
        raise UnexpectedAnswerError("an order status we do not know", marketplace="tiktok_shop", code=status)
    return STATES[status]


def _province(order: Order) -> str | None:
    """The first level below the country; None when it is absent or masked."""
    places = order.recipient_address.district_info if order.recipient_address else []
    names = [place.address_name.strip() for place in places if place.address_level == "L1"]
    return names[0] if names and names[0] and "*" not in names[0] else None


def _raw(row: dict[str, Any], returns: Sequence[Return]) -> str:
    kept = {name: row[name] for name in KEPT if name in row}
    units = sorted(
        row["line_items"], key=lambda unit: str(unit["id"])
    )  # listed in another order they are the same order
    kept["line_items"] = [{name: unit[name] for name in KEPT_OF_UNIT if name in unit} for unit in units]
    by_id = sorted(returns, key=lambda one: one.return_id)
    kept["returns"] = [one.model_dump(mode="json", exclude_none=True) for one in by_id]
    return pydantic_core.to_json(kept).decode()
