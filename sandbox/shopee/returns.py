"""Returned orders (Shopee v2 reference, returns pages, read 2026-11-23). On success these pages write a blank into `error`."""

from datetime import timedelta
from typing import Any

from sandbox.shopee.call import MARKET, Answer, Call, Route, epoch
from sandbox.shopee.media import image_url
from sandbox.shopee.order_words import buyer_username, find_return, line_words, order_sn, return_sn
from sandbox.shopee.orders import window
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Order, OrderLine

STATUSES = frozenset({"REQUESTED", "ACCEPTED", "CANCELLED", "JUDGING", "CLOSED", "PROCESSING", "SELLER_DISPUTE"})
STATUS_OF_EVERY_RETURN = "ACCEPTED"
BLANK = {"error": " "}


def get_return_list(call: Call) -> Answer:
    """Newest last. A return is made and accepted in one moment, so creation and update windows mean the same."""
    page, size = call.integer("page_no", 0, 10**6, 0), call.integer("page_size", 1, 100)
    status = call.request.one("status")
    if status is not None and status not in STATUSES:
        raise bad_param("status is invalid")
    returned = [order for order in call.world.orders(MARKET, call.shop.world_name) if _asked_for(call, order)]
    wanted = sorted(returned if status in (None, STATUS_OF_EVERY_RETURN) else [], key=_when)
    rows = [_return(call, order) for order in wanted[page * size : (page + 1) * size]]
    return Answer({"more": len(wanted) > (page + 1) * size, "return": rows}, BLANK)


def get_return_detail(call: Call) -> Answer:
    order = find_return(call.world, call.shop.world_name, call.text("return_sn"))
    if order is None:
        raise Refusal("error_not_found", "the return is not found")
    return Answer(_return(call, order), BLANK)


def _asked_for(call: Call, order: Order) -> bool:
    if order.returned_at is None:
        return False
    for field in ("create_time", "update_time"):
        if call.request.one(f"{field}_from") is not None:
            since, until = window(call, f"{field}_from", f"{field}_to")
            if not since <= order.returned_at <= until:
                return False
    return True


def _when(order: Order) -> int:
    if order.returned_at is None:
        raise AssertionError("only returned orders are listed")
    return epoch(order.returned_at)


def _return(call: Call, order: Order) -> dict[str, Any]:
    at = _when(order)
    return {
        "return_sn": return_sn(order),
        "order_sn": order_sn(order),
        "status": STATUS_OF_EVERY_RETURN,
        "reason": "PHYSICAL_DMG",
        "text_reason": "Móp hộp",
        "refund_amount": order.goods_vnd - order.seller_voucher_vnd,
        "amount_before_discount": sum(line.quantity * line.list_price_vnd for line in order.lines),
        "currency": "VND",
        "create_time": at,
        "update_time": at,
        "due_date": at + int(timedelta(days=2).total_seconds()),
        "needs_logistics": True,
        "tracking_number": f"SPXVN{order.order_id:010}",
        "return_refund_type": "RRAOC",
        "return_solution": 0,
        "return_refund_request_type": 0,
        "validation_type": "seller_validation",
        "user": {"username": buyer_username(call.world, order)},
        "item": [_item(call, line) for line in order.lines],
    }


def _item(call: Call, line: OrderLine) -> dict[str, Any]:
    words, offer = line_words(call.world, line), call.world.offer(MARKET, line.offer_id)
    return {
        "item_id": words["item_id"],
        "model_id": words["model_id"],
        "name": words["item_name"],
        "amount": line.quantity,
        "item_price": line.unit_price_vnd,
        "item_sku": words["item_sku"],
        "variation_sku": words["model_sku"],
        "images": [image_url(one) for one in (offer.images if offer else [])],
    }


ROUTES = {
    "/api/v2/returns/get_return_list": Route("GET", get_return_list),
    "/api/v2/returns/get_return_detail": Route("GET", get_return_detail),
}
