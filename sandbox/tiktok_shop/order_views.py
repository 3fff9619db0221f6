"""One order as the searches and details show it (Partner Center order pages, read 2026-11-23).

`sub_total` = original - seller_discount - platform_discount, `total_amount` = sub_total + shipping_fee. A seller's voucher for the whole
order is in the order's `seller_discount` and in no line item's. The buyer is masked, and still a person.
"""

from typing import Any

from sandbox.tiktok_shop.moments import epoch, epoch_or_zero
from sandbox.tiktok_shop.money import said
from sandbox.tiktok_shop.order_words import Piece, order_id, package_id, pieces, product_of, status
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.world import Order, World

FIRST_USER_ID = 7_021_436_810_468_230_477
PACKAGE_STATUS = {
    "UNPAID": "TO_FULFILL",
    "AWAITING_SHIPMENT": "TO_FULFILL",
    "IN_TRANSIT": "FULFILLING",
    "DELIVERED": "COMPLETED",
    "COMPLETED": "COMPLETED",
    "CANCELLED": "CANCELLED",
}


def shown(world: World, order: Order) -> dict[str, Any]:
    """Times that have not come are 0 or left out, as it happens there."""
    word, sent = status(order), order.shipped_at is not None
    told = {
        "id": order_id(order),
        "status": word,
        "create_time": epoch(order.placed_at),
        "update_time": epoch(order.updated_at),
        "is_cod": order.cod,
        "fulfillment_type": "FULFILLMENT_BY_SELLER",
        "shipping_type": "TIKTOK",
        "delivery_option_name": "Standard Shipping",
        "payment_method_name": "Cash on delivery" if order.cod else "E-wallet",
        "warehouse_id": SALES_WAREHOUSE,
        "user_id": buyer_id(order),
        "buyer_message": "",
        "seller_note": "",
        "tracking_number": f"VN{order.order_id:010}" if sent else "",
        "is_on_hold_order": False,
        "payment": payment(world, order),
        "recipient_address": _address(world, order),
        "packages": [{"id": package_id(order)}],
        "line_items": [_line_item(world, order, piece, word) for piece in pieces(world, order)],
    }
    return told | _moments(order)


def buyer_id(order: Order) -> str:
    return str(FIRST_USER_ID + order.order_id % 9_973)


def payment(world: World, order: Order) -> dict[str, str]:
    each = pieces(world, order)
    listed, platform = sum(p.listed_vnd for p in each), sum(p.platform_vnd for p in each)
    seller = listed - order.goods_vnd + order.seller_voucher_vnd
    sub_total = listed - seller - platform
    rebate = max(0, order.carrier_shipping_vnd - order.buyer_shipping_vnd)
    return {
        "currency": "VND",
        "original_total_product_price": said(listed),
        "seller_discount": said(seller),
        "platform_discount": said(platform),
        "sub_total": said(sub_total),
        "original_shipping_fee": said(order.buyer_shipping_vnd + rebate),
        "shipping_fee_seller_discount": "0",
        "shipping_fee_platform_discount": said(rebate),
        "shipping_fee": said(order.buyer_shipping_vnd),
        "tax": "0",
        "total_amount": said(sub_total + order.buyer_shipping_vnd),
    }


def _moments(order: Order) -> dict[str, Any]:
    """Cash on delivery is paid at the door."""
    paid_at = order.delivered_at if order.cod else order.paid_at
    told: dict[str, Any] = {"paid_time": epoch_or_zero(paid_at), "rts_time": epoch_or_zero(order.shipped_at)}
    if order.delivered_at is not None:
        told["delivery_time"] = epoch(order.delivered_at)
    if order.cancelled_at is not None:
        told["cancel_time"] = epoch(order.cancelled_at)
        told |= {"cancel_reason": "Thay đổi ý định mua", "cancellation_initiator": "BUYER"}
    return told


def _line_item(world: World, order: Order, piece: Piece, word: str) -> dict[str, Any]:
    told = product_of(world, piece.line) | {
        "id": piece.item_id,
        "original_price": said(piece.listed_vnd),
        "sale_price": said(piece.paid_vnd),
        "seller_discount": said(piece.listed_vnd - piece.sold_vnd),
        "platform_discount": said(piece.platform_vnd),
        "currency": "VND",
        "display_status": word,
        "package_status": PACKAGE_STATUS[word],
        "package_id": package_id(order),
        "is_gift": False,
        "room_id": "",
    }
    return told | ({"cancel_reason": "Thay đổi ý định mua", "cancel_user": "BUYER"} if order.cancelled_at else {})


def _address(world: World, order: Order) -> dict[str, Any]:
    chance = world.rng("tiktok_shop address", order.order_id)
    levels = (
        ("L0", "Country", "Vietnam"),
        ("L1", "Province", order.province),
        ("L2", "Ward", f"Phường {chance.randrange(1, 20)}"),
    )
    return {
        "name": "N***",
        "phone_number": f"(+84)09*****{chance.randrange(100):02}",
        "full_address": f"***, {order.province}, Vietnam",
        "region_code": "VN",
        "postal_code": "",
        "district_info": [
            {"address_level": level, "address_level_name": name, "address_name": said_name}
            for level, name, said_name in levels
        ],
    }
