"""An order as the order pages print it (Lazada Open Platform reference, order pages, read 2026-11-24).

Buyers are masked, as for any app without a data security review. Names and numbers are invented.
"""

from datetime import datetime
from typing import Any

from sandbox.lazada.call import Call
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
