"""An order's rows, one a piece, as the item pages print them (Lazada Open Platform reference, order pages, read 2026-11-24)."""

from typing import Any

from sandbox.lazada.addresses import page_url
from sandbox.lazada.call import Call, epoch_ms
from sandbox.lazada.order_book import Piece, pieces
from sandbox.lazada.order_views import money, shown_time, status
from sandbox.lazada.shelf import item_of, shop_sku
from sandbox.world import Order


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
        "product_detail_url": page_url(call.world, offer),
    }
    return shown | ({"product_id": str(item_of(offer).item_id)} if with_product else {})
