"""Order lists and details (Shopee v2 reference, order pages, read 2026-11-23).

Lists go by 15-day windows and an opaque cursor. A detail holds almost nothing but what `response_optional_fields` names, and a
buyer's name, phone and street only masked.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sandbox.shopee.call import MARKET, Answer, Call, Route, epoch
from sandbox.shopee.order_words import STATUS, buyer_username, find_order, line_words, order_sn
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.shopee.rules import NORMAL_DAYS_TO_SHIP
from sandbox.world import Order, OrderLine, World

LONGEST_WINDOW = timedelta(days=15)
MOST_ORDERS = 50
FILTERS = frozenset(
    {"UNPAID", "READY_TO_SHIP", "PROCESSED", "SHIPPED", "COMPLETED", "IN_CANCEL", "CANCELLED", "INVOICE_PENDING"}
)
TIME_FIELDS: dict[str, Callable[[Order], datetime]] = {
    "create_time": lambda order: order.placed_at,
    "update_time": lambda order: order.updated_at,
}
FIRST_BUYER_ID = 1_170_000_001


def get_order_list(call: Call) -> Answer:
    moment = TIME_FIELDS.get(call.text("time_range_field"))
    if moment is None:
        raise bad_param("time_range_field must be create_time or update_time")
    size, since, until = call.integer("page_size", 1, 100), *window(call, "time_from", "time_to")
    status, after = call.request.one("order_status"), _place(call.text("cursor", ""))
    if status and status not in FILTERS:
        raise bad_param("order_status is invalid")
    orders = [order for order in call.world.orders(MARKET, call.shop.world_name) if since <= moment(order) <= until]
    places = sorted(((epoch(moment(order)), order.order_id), order) for order in orders)
    rest = [(place, order) for place, order in places if place > after and status in (None, STATUS[order.state])]
    more = len(rest) > size
    next_cursor = _cursor(rest[size - 1][0]) if more else ""
    return Answer(
        {"more": more, "next_cursor": next_cursor, "order_list": [_ref(call, order) for _, order in rest[:size]]}
    )


def get_order_detail(call: Call) -> Answer:
    """Unknown numbers among known ones are named in a warning, which is a list here."""
    numbers = call.texts("order_sn_list")
    if not 1 <= len(numbers) <= MOST_ORDERS:
        raise bad_param(f"order_sn_list must hold 1 to {MOST_ORDERS} order_sn")
    wanted = set(call.texts("response_optional_fields"))
    if unknown := wanted - OPTIONAL.keys():
        raise bad_param(f"response_optional_fields are unknown: {sorted(unknown)}")
    found = {sn: find_order(call.world, call.shop.world_name, sn) for sn in numbers}
    orders = [order for order in found.values() if order is not None]
    if not orders:
        raise Refusal("error_not_found", "the order is not found")
    warning = [f"{sn}: the order is not found" for sn, order in found.items() if order is None]
    details = [_detail(call.world, order, wanted) for order in orders]
    return Answer({"order_list": details}, {"warning": warning} if warning else {})


def window(call: Call, start: str, end: str) -> tuple[datetime, datetime]:
    """A window of at most 15 days, both ends included."""
    since, until = call.moment(start), call.moment(end)
    if not timedelta(0) <= until - since <= LONGEST_WINDOW:
        raise Refusal("order.order_list_invalid_time", "Start time must be earlier than end time and diff in 15days.")
    return since, until + timedelta(microseconds=999_999)


def _place(cursor: str) -> tuple[int, int]:
    try:
        second, order_id = map(int, bytes.fromhex(cursor).decode().split("-")) if cursor else (-1, -1)
    except ValueError:
        raise bad_param("invalid cursor") from None
    return second, order_id


def _cursor(place: tuple[int, int]) -> str:
    return "{}-{}".format(*place).encode().hex()


def _ref(call: Call, order: Order) -> dict[str, Any]:
    status = {"order_status": STATUS[order.state]}
    named = {"order_sn": order_sn(order)}
    return named | status if "order_status" in call.texts("response_optional_fields") else named


def _detail(world: World, order: Order, wanted: set[str]) -> dict[str, Any]:
    always = {
        "order_sn": order_sn(order),
        "region": "VN",
        "currency": "VND",
        "cod": order.cod,
        "order_status": STATUS[order.state],
        "message_to_seller": "",
        "create_time": epoch(order.placed_at),
        "update_time": epoch(order.updated_at),
        "days_to_ship": NORMAL_DAYS_TO_SHIP,
        "ship_by_date": epoch((order.paid_at or order.placed_at) + timedelta(days=NORMAL_DAYS_TO_SHIP)),
    }
    return always | {name: value(world, order) for name, value in OPTIONAL.items() if name in wanted}


def _pay_time(_: World, order: Order) -> int | None:
    """Cash on delivery is paid at the door."""
    paid_at = order.delivered_at if order.cod else order.paid_at
    return None if paid_at is None else epoch(paid_at)


def _address(world: World, order: Order) -> dict[str, Any]:
    chance = world.rng("shopee address", order.order_id)
    return {
        "name": "N******h",
        "phone": f"******{chance.randrange(100):02}",
        "town": "",
        "district": f"Phường {chance.randrange(1, 20)}",
        "city": order.province,
        "state": order.province,
        "region": "VN",
        "zipcode": "",
        "full_address": "Số******",
    }


def _item(world: World, order: Order, line: OrderLine) -> dict[str, Any]:
    offer = world.offer(MARKET, line.offer_id)
    words, cancelled = line_words(world, line), order.cancelled_at is not None
    discounted = line.unit_price_vnd < line.list_price_vnd
    returned = line.quantity if order.returned_at else 0
    return words | {
        "model_quantity_purchased": line.quantity,
        "model_original_price": line.list_price_vnd,
        "model_discounted_price": line.unit_price_vnd,
        "wholesale": False,
        "weight": ((offer.weight_g if offer else None) or 0) / 1000,
        "order_item_id": words["item_id"],
        "line_item_id": line.line_id,
        "promotion_type": "product_promotion" if discounted else "",
        "promotion_id": 7788 if discounted else 0,
        "promotion_group_id": 0,
        "add_on_deal": False,
        "main_item": False,
        "add_on_deal_id": 0,
        "active_qty": 0 if cancelled else line.quantity - returned,
        "cancelled_qty": line.quantity if cancelled else 0,
        "returned_qty": returned,
        "image_info": {"image_url": f"https://cf.shopee.vn/file/{offer.images[0]}" if offer and offer.images else ""},
    }


def _packages(world: World, order: Order) -> list[dict[str, Any]]:
    if order.shipped_at is None:
        return []
    done = "LOGISTICS_DELIVERY_DONE" if order.delivered_at else "LOGISTICS_PICKUP_DONE"
    rows = [(line_words(world, line), line.quantity) for line in order.lines]
    package = {"package_number": f"OFG{order.order_id:015}", "logistics_status": done, "logistics_channel_id": 50021}
    held = [
        {
            "item_id": words["item_id"],
            "model_id": words["model_id"],
            "model_quantity": quantity,
            "order_item_id": words["item_id"],
            "promotion_group_id": 0,
        }
        for words, quantity in rows
    ]
    return [package | {"shipping_carrier": "SPX Express", "item_list": held}]


def _total_vnd(_: World, order: Order) -> int:
    return order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd


def _if_cancelled(text: str) -> Callable[[World, Order], str]:
    return lambda _, order: text if order.cancelled_at else ""


def _always(value: Any) -> Callable[[World, Order], Any]:
    return lambda _world, _order: value


OPTIONAL: dict[str, Callable[[World, Order], Any]] = {
    "buyer_user_id": lambda _, order: FIRST_BUYER_ID + order.order_id % 9_973,
    "buyer_username": buyer_username,
    "estimated_shipping_fee": lambda _, order: order.carrier_shipping_vnd,
    "recipient_address": _address,
    "actual_shipping_fee": lambda _, order: order.carrier_shipping_vnd if order.shipped_at else 0,
    "goods_to_declare": _always(value=False),
    "note": _always(""),
    "note_update_time": _always(0),
    "item_list": lambda world, order: [_item(world, order, line) for line in order.lines],
    "pay_time": _pay_time,
    "dropshipper": _always(None),
    "dropshipper_phone": _always(None),
    "split_up": _always(value=False),
    "buyer_cancel_reason": _if_cancelled("Muốn thay đổi sản phẩm"),
    "cancel_by": _if_cancelled("buyer"),
    "cancel_reason": _if_cancelled("Buyer Requested"),
    "actual_shipping_fee_confirmed": lambda _, order: order.shipped_at is not None,
    "buyer_cpf_id": _always(None),
    "fulfillment_flag": _always("fulfilled_by_local_seller"),
    "pickup_done_time": lambda _, order: epoch(order.shipped_at) if order.shipped_at else 0,
    "package_list": _packages,
    "shipping_carrier": _always("SPX Express"),
    "payment_method": lambda _, order: "Cash on Delivery" if order.cod else "ShopeePay",
    "total_amount": _total_vnd,
    "invoice_data": _always(None),
    "order_chargeable_weight_gram": _always(0),
    "return_request_due_date": _always(0),
    "edt": _always(None),
    "payment_info": _always([]),
    "international_label": _always(None),
}

ROUTES = {
    "/api/v2/order/get_order_list": Route("GET", get_order_list, envelope=("message",)),
    "/api/v2/order/get_order_detail": Route("GET", get_order_detail, envelope=("message",)),
}
