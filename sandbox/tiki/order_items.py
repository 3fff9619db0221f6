"""The items of an order: what was bought, what it earns, whether the seller confirmed it (tiki.md section 7.2, read 2026-11-24).

Fee amounts are written with decimals (`-37600.0`), as Tiki now and then writes its money.
"""

from datetime import timedelta
from typing import Any

from sandbox.tiki import fees
from sandbox.tiki.moments import to_text_or_none
from sandbox.tiki.order_states import confirmed_at
from sandbox.tiki.seller import MARKET, Seller
from sandbox.world import Order, World

CONFIRM_WITHIN = timedelta(hours=6)


def item_json(world: World, seller: Seller, order: Order, row: fees.Row, *, with_fees: bool) -> dict[str, Any]:
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
        **discounts(row.discount_vnd),
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


def discounts(coupon_vnd: int) -> dict[str, int]:
    """The only discount in this world is the seller's own coupon."""
    return {
        "discount_amount": coupon_vnd,
        "discount_tikixu": 0,
        "discount_promotion": 0,
        "discount_percent": 0,
        "discount_coupon": coupon_vnd,
        "discount_other": 0,
    }
