"""An order as the Open API shows it (tiki.md section 7.2, read 2026-11-24)."""

from datetime import datetime
from typing import Any

from sandbox.tiki import fees
from sandbox.tiki.moments import to_text, to_text_or_none
from sandbox.tiki.order_items import discounts, item_json
from sandbox.tiki.order_people import buyer_of, shipping_json
from sandbox.tiki.order_states import TEXTS, code_of, status_of, turns
from sandbox.tiki.seller import Seller
from sandbox.world import Order, World

INCLUDABLE = frozenset({"status_histories", "items.fees", "item.fees"})  # the document writes the last both ways
FINISHED = frozenset({"complete", "canceled", "returned"})


def order_json(world: World, seller: Seller, order: Order, parts: frozenset[str]) -> dict[str, Any]:
    """The whole order; status histories and each item's fees only when asked for."""
    status = status_of(order)
    rows = fees.rows(order)
    with_fees = bool(parts & {"items.fees", "item.fees"})
    buyer = buyer_of(world.seed, order.order_id)
    main = _main_state(status)
    shown: dict[str, Any] = {
        "id": 80_000_000 + order.order_id,
        "code": code_of(order),
        "relation_code": "",
        "fulfillment_type": "dropship",
        "status": status,
        "type": "normal",
        "is_rma": False,
        "is_vat_exporting": False,
        "has_backorder_items": True,
        "inventory_status": "backorder",
        "created_at": to_text(order.placed_at),
        "updated_at": to_text(order.updated_at),
        "main_state": main,
        "main_state_text": TEXTS[status],
        "main_substate": "",
        "substate": "",
        "tiki_warehouse": {"id": 17, "name": "Hà Nội 4", "code": "hn4"},
        "seller_warehouse": {"id": seller.pickups[0].warehouse_id, "name": seller.pickups[0].name},
        "invoice": _invoice(order, rows),
        "payment": _payment(order),
        "items": [item_json(world, seller, order, row, with_fees=with_fees) for row in rows],
        "shipping": shipping_json(order, buyer),
        "delivery": {
            "delivery_confirmed": order.delivered_at is not None,
            "delivery_confirmed_at": to_text_or_none(order.delivered_at),
            "delivery_note": "",
        },
        "customer": {"id": 7_000_000 + order.order_id, "full_name": buyer["full_name"]},
        "cancel_info": _cancel_info(order),
        "rma_info": None,
        "installment_info": None,
    }
    return shown | ({"status_histories": _histories(order)} if "status_histories" in parts else {})


def _main_state(status: str) -> str:
    return status if status in FINISHED else "processing"


def _histories(order: Order) -> list[dict[str, Any]]:
    return [
        {"id": (1_000_000_000 + order.order_id) * 10 + n, "status": turn.status, "created_at": to_text(turn.at)}
        for n, turn in enumerate(turns(order))
    ]


def _invoice(order: Order, rows: list[fees.Row]) -> dict[str, Any]:
    grand_total_vnd = order.goods_vnd - order.seller_voucher_vnd + order.buyer_shipping_vnd
    return {
        "items_count": len(rows),
        "items_quantity": sum(line.quantity for line in order.lines),
        "subtotal": order.goods_vnd,
        "grand_total": grand_total_vnd,
        "collectible_amount": grand_total_vnd if order.cod else 0,
        **discounts(order.seller_voucher_vnd),
        "gift_card_amount": 0,
        "gift_card_code": None,
        "coupon_code": "SHOPGIAM" if order.seller_voucher_vnd else None,
        "shipping_amount_after_discount": order.buyer_shipping_vnd,
        "shipping_discount_amount": 0,
        "handling_fee": 0,
        "other_fee": 0,
        "total_seller_fee": sum(row.fee_vnd for row in rows),
        "total_seller_income": sum(fees.income_vnd(order, row) for row in rows),
        "purchased_at": to_text(order.placed_at),
        "tax_info": None,
    }


def _payment(order: Order) -> dict[str, Any]:
    if order.cod:
        status = "pending" if order.delivered_at is None else "success"
        return {"method": "cod", "is_prepaid": False, "status": status, "description": "Thanh toán khi nhận hàng"}
    status = "pending" if order.paid_at is None else "success"
    return {"method": "momo", "is_prepaid": True, "status": status, "description": "Thanh toán bằng ví MoMo"}


def _cancel_info(order: Order) -> dict[str, Any] | None:
    if order.cancelled_at is None:
        return None
    reason = order.extra.get("cancel_reason", ("buyer_changed_mind", "Khách hàng đổi ý"))
    moment: datetime = order.cancelled_at
    return {"reason_code": reason[0], "reason_text": reason[1], "comment": "", "canceled_at": to_text(moment)}
