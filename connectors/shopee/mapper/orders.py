"""An order of theirs to an order of ours, without the buyer's person."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pydantic_core

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import MoneyLine, MoneyStage, Order, OrderLine, OrderState
from connectors.shopee.mapper.times import to_utc
from connectors.shopee.payloads.income import EscrowItem
from connectors.shopee.payloads.orders import OrderDetail, OrderItem

# Asked for by name: nothing else comes. Of the address only the province is read.
OPTIONAL_FIELDS = ["item_list", "pay_time", "total_amount", "payment_method", "recipient_address"]

# What the stored JSON keeps: a new field may be personal, so it is left out until it is named here.
KEPT = (
    "order_sn", "order_status", "region", "currency", "cod", "create_time", "update_time", "pay_time", "days_to_ship",
    "ship_by_date", "total_amount", "payment_method", "item_list",
)  # fmt: skip

STATES = {
    "UNPAID": OrderState.UNPAID,
    "READY_TO_SHIP": OrderState.PLACED,
    "PROCESSED": OrderState.PLACED,
    "RETRY_SHIP": OrderState.PLACED,
    "IN_CANCEL": OrderState.PLACED,  # asked for, not granted yet
    "SHIPPED": OrderState.SHIPPED,
    "TO_CONFIRM_RECEIVE": OrderState.DELIVERED,
    "COMPLETED": OrderState.COMPLETED,
    "CANCELLED": OrderState.CANCELLED,
    "TO_RETURN": OrderState.RETURNED,
}


Subtotals = Mapping[str, int]  # what the buyer pays for a line, by our name of the line
NO_SUBTOTALS: Subtotals = MappingProxyType({})


def to_order(detail: OrderDetail, row: dict[str, Any], subtotals: Subtotals = NO_SUBTOTALS) -> Order:
    """`row` is the JSON `detail` was read from; `subtotals` has the lines that are sold in bundles."""
    return Order(
        external_id=detail.order_sn,
        state=_state(detail),
        raw_state=detail.order_status,
        placed_at=to_utc(detail.create_time),
        updated_at=to_utc(detail.update_time),
        paid_at=to_utc(detail.pay_time) if detail.pay_time else None,
        province=_province(detail),
        lines=tuple(_line(item, subtotals) for item in detail.item_list),
        money=tuple(_placed(item, subtotals) for item in detail.item_list),
        raw=pydantic_core.to_json({name: row[name] for name in KEPT if name in row}).decode(),
    )


def line_id(item: OrderItem | EscrowItem) -> str:
    """Two models of one item in one order share `line_item_id`, so the model belongs to our line's name."""
    return item.line_item_id if item.model_id == "0" else f"{item.line_item_id}-{item.model_id}"


def _line(item: OrderItem, subtotals: Subtotals) -> OrderLine:
    has_model = item.model_id != "0"
    return OrderLine(
        external_id=line_id(item),
        sku=item.model_sku if has_model else item.item_sku,
        item_external_id=item.item_id,
        variant_external_id=item.model_id if has_model else None,
        name=item.item_name,
        quantity=item.model_quantity_purchased,
        cancelled_quantity=item.cancelled_qty,
        returned_quantity=item.returned_qty,
        unit_price_vnd=_subtotal(item, subtotals) // item.model_quantity_purchased,
        list_price_vnd=item.model_original_price,
    )


def _placed(item: OrderItem, subtotals: Subtotals) -> MoneyLine:
    return MoneyLine(
        code="model_discounted_price",
        amount_vnd=_subtotal(item, subtotals),
        stage=MoneyStage.PLACED,
        line_external_id=line_id(item),
    )


def is_bundled(item: OrderItem) -> bool:
    """Bundle-deal lines carry no price of their own: 0 stands for "see the income"."""
    return item.model_discounted_price == 0 and item.model_original_price > 0


def _subtotal(item: OrderItem, subtotals: Subtotals) -> int:
    """A bundle's price need not divide by its pieces: the money line is exact, the price of a piece is cut down."""
    if is_bundled(item):
        return subtotals[line_id(item)]
    return item.model_discounted_price * item.model_quantity_purchased


def _state(detail: OrderDetail) -> OrderState:
    """A wholly returned order keeps its old status there; the returned quantities tell."""
    if detail.order_status not in STATES:
        raise UnexpectedAnswerError("an order status we do not know", marketplace="shopee", code=detail.order_status)
    if all(item.returned_qty == item.model_quantity_purchased for item in detail.item_list):
        return OrderState.RETURNED
    return STATES[detail.order_status]


def _province(detail: OrderDetail) -> str | None:
    """None when it is blank or masked."""
    state = detail.recipient_address.state if detail.recipient_address else ""
    return state if state.strip() and "*" not in state else None
