"""What an order brings its seller, and when it is released (Shopee v2 reference, payment pages, read 2026-11-23).

The income of an order obeys the reference's formula to the đồng. Rates are invented. An order is settled only when
`get_escrow_list` names it; before that `get_escrow_detail` gives an estimate by the same formula.
"""

from datetime import datetime
from typing import Any

from sandbox.shopee.call import MARKET, Answer, Call, Route, epoch
from sandbox.shopee.fees import signed_amounts
from sandbox.shopee.income import buyer_payment, order_income
from sandbox.shopee.order_words import buyer_username, find_order, order_sn, return_sn
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Order

MOST_ORDERS = 50


def get_escrow_detail(call: Call) -> Answer:
    sn = call.request.one("order_sn")
    if not sn:
        raise bad_param("order_sn is required")
    return Answer(_detail(call, sn))


def get_escrow_detail_batch(call: Call) -> Answer:
    """Each row fails alone. The list comes in the query of a GET or in the body of a POST."""
    numbers = call.texts("order_sn_list") if call.request.method == "GET" else call.body.get("order_sn_list")
    if not isinstance(numbers, list) or not numbers or not all(isinstance(sn, str) for sn in numbers):
        raise bad_param("order_sn_list is required")
    if len(numbers) > MOST_ORDERS:
        raise Refusal("exceed_max_limit", f"order_sn_list exceeds {MOST_ORDERS}.")
    return Answer([_batch_row(call, sn) for sn in numbers])


def get_escrow_list(call: Call) -> Answer:
    since, until = call.moment("release_time_from"), call.moment("release_time_to")
    size, page = call.integer("page_size", 1, 100, 40), call.integer("page_no", 1, 10**6, 1)
    if since > until:
        raise bad_param("release_time_from is after release_time_to")
    released = sorted(
        (epoch(at), order.order_id, order, at)
        for order in call.world.orders(MARKET, call.shop.world_name)
        if (at := call.backstage.errors.released_at(order)) and epoch(since) <= epoch(at) <= epoch(until)
    )
    rows = [_released(call, order, at) for _, _, order, at in released[(page - 1) * size : page * size]]
    return Answer({"more": len(released) > page * size, "escrow_list": rows})


def _detail(call: Call, sn: str) -> dict[str, Any]:
    order = find_order(call.world, call.shop.world_name, sn)
    if order is None:
        raise Refusal("order_not_found", "The order is not found.")
    if order.cancelled_at is not None:
        raise Refusal("income_not_found", "The order has no income.")
    return {
        "order_sn": sn,
        "buyer_user_name": buyer_username(call.world, order),
        "return_order_sn_list": [return_sn(order)] if order.returned_at else [],
        "order_income": order_income(call, order),
        "buyer_payment_info": buyer_payment(order),
    }


def _batch_row(call: Call, sn: str) -> dict[str, Any]:
    try:
        return {"escrow_detail": _detail(call, sn)}
    except Refusal as refusal:
        return {"escrow_detail": {"order_sn": sn}, "fail_error": refusal.code, "fail_message": refusal.message}


def _released(call: Call, order: Order, released_at: datetime) -> dict[str, Any]:
    payout_vnd = sum(call.backstage.errors.said(order, signed_amounts(call.shop, order)).values())
    return {"order_sn": order_sn(order), "payout_amount": payout_vnd, "escrow_release_time": epoch(released_at)}


ROUTES = {
    "/api/v2/payment/get_escrow_detail": Route("GET", get_escrow_detail, envelope=("message",)),
    "/api/v2/payment/get_escrow_detail_batch": Route("GET|POST", get_escrow_detail_batch, envelope=("message",)),
    "/api/v2/payment/get_escrow_list": Route("GET", get_escrow_list, envelope=("message",)),
}
