"""One order as get_order_detail shows it. Ten fields always; the rest only when asked for; the buyer only masked
(Shopee v2 reference, order pages, read 2026-11-23).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sandbox.shopee.call import MARKET, epoch
from sandbox.shopee.order_words import STATUS, buyer_username, line_words, order_sn
from sandbox.shopee.rules import NORMAL_DAYS_TO_SHIP
from sandbox.world import Order, OrderLine, World

FIRST_BUYER_ID = 1_170_000_001


def shown(world: World, order: Order, wanted: set[str]) -> dict[str, Any]:
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
