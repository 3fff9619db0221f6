"""An order as the Open API shows it, names and street included, so that tests can prove nobody keeps them (tiki.md section 7.2, read 2026-11-24).

Fee amounts are written with decimals (`-37600.0`), as Tiki now and then writes its money.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sandbox.tiki import fees
from sandbox.tiki.moments import to_text, to_text_or_none
from sandbox.tiki.order_states import TEXTS, code_of, confirmed_at, status_of, turns
from sandbox.tiki.seller import MARKET, Seller
from sandbox.world import Order, World

INCLUDABLE = frozenset({"status_histories", "items.fees", "item.fees"})  # the document writes the last both ways
FINISHED = frozenset({"complete", "canceled", "returned"})
CONFIRM_WITHIN = timedelta(hours=6)
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Vũ", "Đặng", "Bùi", "Nông", "Hà")
GIVEN_NAMES = ("Thu Trang", "Văn Hùng", "Hải Yến", "Quốc Bảo", "Thanh Mai", "Đình Khoa", "Kim Chi")
STREETS = ("Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Du", "Lý Thường Kiệt", "Phan Đình Phùng")


def order_json(world: World, seller: Seller, order: Order, parts: frozenset[str]) -> dict[str, Any]:
    """The whole order; status histories and each item's fees only when asked for."""
    status = status_of(order)
    rows = fees.rows(order)
    with_fees = bool(parts & {"items.fees", "item.fees"})
    buyer = _buyer(world.seed, order.order_id)
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
        "items": [_item(world, seller, order, row, with_fees=with_fees) for row in rows],
        "shipping": _shipping(order, buyer),
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
        **_discounts(order.seller_voucher_vnd),
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


def _discounts(coupon_vnd: int) -> dict[str, int]:
    """The only discount in this world is the seller's own coupon."""
    return {
        "discount_amount": coupon_vnd,
        "discount_tikixu": 0,
        "discount_promotion": 0,
        "discount_percent": 0,
        "discount_coupon": coupon_vnd,
        "discount_other": 0,
    }


def _payment(order: Order) -> dict[str, Any]:
    if order.cod:
        status = "pending" if order.delivered_at is None else "success"
        return {"method": "cod", "is_prepaid": False, "status": status, "description": "Thanh toán khi nhận hàng"}
    status = "pending" if order.paid_at is None else "success"
    return {"method": "momo", "is_prepaid": True, "status": status, "description": "Thanh toán bằng ví MoMo"}


def _item(world: World, seller: Seller, order: Order, row: fees.Row, *, with_fees: bool) -> dict[str, Any]:
    income_vnd = fees.income_vnd(order, row)
    invoice = _item_invoice(row, income_vnd)
    if with_fees:
        invoice["fees"] = [_fee(row, n, fee) for n, fee in enumerate(row.fees)]
    return {
        "id": row.line.line_id,
        "parent_item_id": 0,
        "price": row.line.unit_price_vnd,
        "qty": row.line.quantity,
        "product": _product(world, row),
        "seller": {"id": seller.seller_id, "name": seller.name},
        "confirmation": _confirmation(order),
        "invoice": invoice,
        "seller_income_detail": _income_detail(row, income_vnd),
        "inventory_requisition": None,
        "inventory_withdrawals": [],
        "seller_inventory_id": order.extra.get("seller_inventory_id"),
        "seller_inventory_name": None,
        "is_free_gift": False,
        "is_virtual": False,
    }


def _income_detail(row: fees.Row, income_vnd: int) -> dict[str, Any]:
    return {
        "item_price": row.line.unit_price_vnd,
        "item_qty": row.line.quantity,
        "shipping_fee": 0,
        "sub_total": row.subtotal_vnd,
        "seller_income": income_vnd,
        "seller_fees": [],
        "discount": {},
    }


def _product(world: World, row: fees.Row) -> dict[str, Any]:
    """The seller's SKU is `seller_product_code`; `sku` is Tiki's own."""
    offer = world.offer(MARKET, row.line.offer_id)
    if offer is None:
        raise LookupError(f"an order names offer {row.line.offer_id}, which never was")
    return {
        "id": offer.offer_id,
        "type": "simple",
        "super_id": offer.extra["page_id"] if offer.extra["is_configurable"] else 0,
        "master_id": offer.extra["master_id"],
        "sku": offer.extra["sku"],
        "seller_product_code": row.line.sku,
        "name": row.line.title,
        "catalog_group_name": "",
        "inventory_type": offer.extra["inventory_type"],
        "seller_supply_method": "",
        "thumbnail": offer.images[0],
        "imeis": [],
        "serial_numbers": [],
    }


def _item_invoice(row: fees.Row, income_vnd: int) -> dict[str, Any]:
    return {
        "price": row.line.unit_price_vnd,
        "quantity": row.line.quantity,
        "subtotal": row.subtotal_vnd,
        "row_total": row.total_vnd,
        **_discounts(row.discount_vnd),
        "is_seller_discount_coupon": row.discount_vnd > 0,
        "is_taxable": False,
        "seller_fee": row.fee_vnd,
        "seller_income": income_vnd,
    }


def _fee(row: fees.Row, number: int, fee: fees.Fee) -> dict[str, Any]:
    return {
        "id": row.line.line_id * 10 + number,
        "fee_type_key": fee.key,
        "fee_type_name": fee.name,
        "status": 1,
        "quantity": 1,
        "base_amount": fee.base,
        "total_amount": float(fee.total_vnd),
        "discount_amount": float(fee.discount_vnd),
        "final_amount": float(fee.final_vnd),
    }


def _confirmation(order: Order) -> dict[str, Any]:
    status = order.extra.get("confirmation", "waiting")
    deadline = None if order.paid_at is None else order.paid_at + CONFIRM_WITHIN
    return {
        "status": status,
        "confirmed_at": to_text_or_none(confirmed_at(order)),
        "available_confirm_sla": to_text_or_none(deadline),
        "pickup_confirm_sla": None,
        "histories": [],
    }


def _cancel_info(order: Order) -> dict[str, Any] | None:
    if order.cancelled_at is None:
        return None
    reason = order.extra.get("cancel_reason", ("buyer_changed_mind", "Khách hàng đổi ý"))
    moment: datetime = order.cancelled_at
    return {"reason_code": reason[0], "reason_text": reason[1], "comment": "", "canceled_at": to_text(moment)}


def _shipping(order: Order, buyer: dict[str, str]) -> dict[str, Any]:
    return {
        "partner_id": "2",
        "partner_name": "TNSL",
        "tracking_code": "" if order.shipped_at is None else f"TNSL{order.order_id}",
        "status": "",
        "plan": {
            "id": 1,
            "name": "Giao hàng tiêu chuẩn",
            "is_free_shipping": order.buyer_shipping_vnd == 0,
            "promised_delivery_date": to_text(order.placed_at + timedelta(days=5)),
            "description": "",
        },
        "address": {
            **buyer,
            "ward_tiki_code": "VN034005007",
            "district_tiki_code": "VN034005",
            "region": order.province,
            "region_tiki_code": "VN034",
            "country": "Việt Nam",
            "country_id": "VN",
        },
        "shipping_detail": None,
    }


@lru_cache(maxsize=65_536)
def _buyer(seed: int, order_id: int) -> dict[str, str]:
    """An invented person: who it is follows from the order alone."""
    number = seed * 7919 + order_id * 104_729
    name = f"{FAMILY_NAMES[number % len(FAMILY_NAMES)]} {GIVEN_NAMES[number // 8 % len(GIVEN_NAMES)]}"
    street = f"Số {number % 190 + 1} đường {STREETS[number // 56 % len(STREETS)]}"
    return {"full_name": name, "street": street, "ward": "Phường Trung Tâm", "district": "Quận 1"}
