"""An order and its rows as the order pages print them (Lazada Open Platform reference, order pages, read 2026-11-24).

Buyers are masked, as for any app without a data security review. Names and numbers are invented.
"""

from datetime import datetime
from typing import Any

from sandbox.lazada.call import Call, epoch_ms
from sandbox.lazada.order_book import Piece, pieces
from sandbox.lazada.shelf import item_of, page_url, shop_sku
from sandbox.things import VIETNAM
from sandbox.world import Order, OrderState

STATUS = {
    OrderState.UNPAID: "unpaid",
    OrderState.PAID: "pending",
    OrderState.SHIPPED: "shipped",
    OrderState.DELIVERED: "delivered",
    OrderState.COMPLETED: "delivered",
    OrderState.CANCELLED: "canceled",
    OrderState.RETURNED: "returned",
}
STATUSES = frozenset(
    [
        "unpaid",
        "pending",
        "packed",
        "canceled",
        "ready_to_ship",
        "delivered",
        "returned",
        "shipped",
        "failed",
        "topack",
        "toship",
        "shipping",
        "lost",
        "lost_by_3pl",
        "damaged_by_3pl",
        "failed_delivery",
        "shipped_back",
        "shipped_back_success",
        "shipped_back_failed",
        "package_scrapped",
    ]
)
PAYMENTS = ("MOMO_WALLET", "ZALOPAY_WALLET", "NAPAS_ONLINE", "MIXEDCARD", "PAYMENT_ACCOUNT")
MASKED = {"address1": "***", "address4": "Quận ***", "address5": "***", "city": "***", "post_code": ""}


def status(order: Order) -> str:
    return STATUS[order.state]


def shown_time(call: Call, moment: datetime) -> str:
    """Vietnam's time, in one of the two forms that are seen."""
    local = moment.astimezone(VIETNAM)
    return f"{local:%Y-%m-%dT%H:%M:%S}+07:00" if call.rules.iso_dates else f"{local:%Y-%m-%d %H:%M:%S} +0700"


def money(amount_vnd: int) -> str:
    return f"{amount_vnd}.00"


def order_json(call: Call, order: Order) -> dict[str, Any]:
    number, voucher = call.book.number(order), money(order.seller_voucher_vnd)
    return {
        "order_id": number,
        "order_number": number,
        "created_at": shown_time(call, order.placed_at),
        "updated_at": shown_time(call, order.updated_at),
        "statuses": [status(order)],
        "items_count": sum(line.quantity for line in order.lines),
        "price": money(order.goods_vnd),
        "payment_method": "COD" if order.cod else PAYMENTS[order.order_id % len(PAYMENTS)],
        "shipping_fee": money(order.buyer_shipping_vnd),
        "shipping_fee_original": money(order.carrier_shipping_vnd),
        "shipping_fee_discount_seller": "0.00",
        "shipping_fee_discount_platform": money(order.carrier_shipping_vnd - order.buyer_shipping_vnd),
        "voucher": voucher,
        "voucher_seller": voucher,
        "voucher_platform": "0.00",
        "voucher_code": "",
        "warehouse_code": "dropshipping",
        **_plain_words(),
        **_buyer(order),
        "need_cancel_confirm": False,
        "is_cancel_pending": False,
    }


def _plain_words() -> dict[str, Any]:
    names = (
        "tax_code",
        "branch_number",
        "gift_message",
        "delivery_info",
        "remarks",
        "buyer_note",
        "promised_shipping_times",
    )
    return dict.fromkeys(names, "") | {"gift_option": False, "extra_attributes": "{}"}


def _buyer(order: Order) -> dict[str, Any]:
    name, phone = "N***g", f"84****{order.order_id % 100:02d}"
    person = {"first_name": name, "last_name": "", "phone": phone}
    address = {"country": "Vietnam", "address3": order.province, **MASKED, **person}
    return {
        "customer_first_name": name,
        "customer_last_name": "",
        "address_shipping": address,
        "address_billing": dict(address),
    }


def rows_json(call: Call, order: Order, *, with_product: bool) -> list[dict[str, Any]]:
    """One row a piece. Only the page of a single order names the product."""
    units = sum(line.quantity for line in order.lines)
    shared = _shared(call, order, units)
    return [_row(call, piece, with_product=with_product) | shared for piece in pieces(order)]


def _shared(call: Call, order: Order, units: int) -> dict[str, Any]:
    """What every row of an order repeats."""
    number, is_returned = call.book.number(order), order.returned_at is not None
    return {
        "order_id": number,
        "currency": "VND",
        "status": status(order),
        "reason": "Không còn nhu cầu" if order.cancelled_at else "",
        "reason_detail": "",
        "cancel_return_initiator": "cancellation-customer" if order.cancelled_at else "",
        "return_status": "refunded" if is_returned else "",
        "reverse_order_id": str(number) if is_returned else "",
        "order_type": "Normal",
        "order_flag": "NORMAL",
        "is_fbl": "0",
        "is_digital": 0,
        "delivery_option_sof": "0",
        "warehouse_code": "dropshipping",
        "shipping_type": "Dropshipping",
        "shipment_provider": "LEX VN" if order.shipped_at else "",
        "shipping_provider_type": "STANDARD",
        "tracking_code": f"LMP{order.order_id}VNA" if order.shipped_at else "",
        "package_id": f"FP{order.order_id}" if order.shipped_at else "",
        "shipping_amount": money(order.buyer_shipping_vnd // units),
        "shipping_service_cost": 0,
        "shop_id": call.seller.name,
        "buyer_id": str(900_000_000 + order.order_id % 10_000),
        "payment_time": epoch_ms(order.paid_at) if order.paid_at else 0,
        "created_at": shown_time(call, order.placed_at),
        "updated_at": shown_time(call, order.updated_at),
    }


def _row(call: Call, piece: Piece, *, with_product: bool) -> dict[str, Any]:
    line, voucher = piece.line, money(piece.voucher_vnd)
    offer = call.shelf.sku(line.offer_id)
    if offer is None:
        raise AssertionError("an order names a SKU that never was")
    chosen = offer.extra.get("facts", {}).get("saleProp", {})
    shown = {
        "order_item_id": piece.item_id,
        "sku": line.sku,
        "sku_id": str(line.offer_id),
        "shop_sku": shop_sku(offer),
        "name": line.title,
        "variation": ", ".join(chosen.values()),
        "item_price": money(line.unit_price_vnd),
        "paid_price": money(line.unit_price_vnd - piece.voucher_vnd),
        "tax_amount": "0.00",
        "voucher_amount": voucher,
        "voucher_seller": voucher,
        "voucher_platform": "0.00",
        "voucher_seller_lpi": "0.00",
        "voucher_platform_lpi": "0.00",
        "wallet_credits": "0.00",
        "product_main_image": offer.images[0] if offer.images else "",
        "product_detail_url": page_url(offer),
    }
    return shown | ({"product_id": str(item_of(offer).item_id)} if with_product else {})
