"""Returned and cancelled orders (Partner Center return pages, read 2026-11-23). The list's key is missing on an empty page."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sandbox.tiktok_shop import read, scopes
from sandbox.tiktok_shop.call import MARKET, Call, Route
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.money import said, split
from sandbox.tiktok_shop.order_words import Piece, cancel_id, order_id, pieces, platform_vnd, product_of, return_id
from sandbox.tiktok_shop.paging import page
from sandbox.tiktok_shop.refusal import bad_field
from sandbox.world import Order, World

MOST_ROWS = 50
TIMES = ("create_time_ge", "create_time_lt", "update_time_ge", "update_time_lt")
RETURN_STATUS, CANCEL_STATUS = "RETURN_OR_REFUND_REQUEST_COMPLETE", "CANCELLATION_REQUEST_COMPLETE"
RETURN_TYPE, CANCEL_TYPE = "RETURN_AND_REFUND", "BUYER_CANCEL"


def search_returns(call: Call) -> dict[str, Any]:
    body = call.filters(*TIMES, "return_ids", "order_ids", "return_types", "return_status", "locale")
    wanted = _wanted(call, body, lambda order: order.returned_at, ("return_ids", return_id))
    if not _says(body, "return_types", RETURN_TYPE) or not _says(body, "return_status", RETURN_STATUS):
        wanted = []
    return _told(call, wanted, lambda order: order.returned_at, ("return_orders", _return))


def search_cancellations(call: Call) -> dict[str, Any]:
    body = call.filters(*TIMES, "cancel_ids", "order_ids", "cancel_types", "cancel_status", "locale")
    wanted = _wanted(call, body, lambda order: order.cancelled_at, ("cancel_ids", cancel_id))
    if not _says(body, "cancel_types", CANCEL_TYPE) or not _says(body, "cancel_status", CANCEL_STATUS):
        wanted = []
    return _told(call, wanted, lambda order: order.cancelled_at, ("cancellations", _cancellation))


Moment = Callable[[Order], datetime | None]


def _wanted(call: Call, body: dict[str, Any], moment: Moment, named: tuple[str, Callable[[Order], str]]) -> list[Order]:
    """Each is made and done in one moment, so creation and update windows mean the same."""
    bounds = [read.integer(body, name, default) for name, default in zip(TIMES, (0, 2**40, 0, 2**40), strict=True)]
    ids, order_ids = read.texts(body, named[0], MOST_ROWS), read.texts(body, "order_ids", MOST_ROWS)
    low, high = max(bounds[0], bounds[2]), min(bounds[1], bounds[3])
    found = []
    for order in call.world.orders(MARKET, call.shop.shop_id):
        at = moment(order)
        is_named = (not ids or named[1](order) in ids) and (not order_ids or order_id(order) in order_ids)
        if is_named and at is not None and low <= epoch(at) < high:
            found.append(order)
    return found


def _told(
    call: Call, found: list[Order], moment: Moment, shape: tuple[str, Callable[[World, Order], dict[str, Any]]]
) -> dict[str, Any]:
    call.one_of("sort_field", ("create_time", "update_time"), "create_time")
    newest_first = call.one_of("sort_order", ("ASC", "DESC"), "DESC") == "DESC"
    call.page_size(10, MOST_ROWS)

    def key(order: Order) -> tuple[int, ...]:
        at = moment(order)
        return (0 if at is None else epoch(at)), order.order_id

    shown = page(call, found, key, default_size=10, newest_first=newest_first)
    told: dict[str, Any] = {"total_count": len(found), "next_page_token": shown.next_token}
    if shown.rows:
        told[shape[0]] = [shape[1](call.world, order) for order in shown.rows]
    return told


def _says(body: dict[str, Any], name: str, word: str) -> bool:
    """Does the filter let this word through? Other words of the reference are allowed and find nothing here."""
    values = read.texts(body, name, MOST_ROWS)
    if not all(value.isupper() for value in values):
        raise bad_field(name, "it must hold upper-case words")
    return not values or word in values


def _return(world: World, order: Order) -> dict[str, Any]:
    at = order.returned_at
    if at is None:
        raise AssertionError("only returned orders are listed")
    rows = [
        {"return_line_item_id": f"4{piece.item_id[1:]}", "order_line_item_id": piece.item_id} | line
        for piece, line in _lines(world, order, is_paid=True)
    ]
    discount = {"currency": "VND", "product_seller_discount": said(order.seller_voucher_vnd)}
    return {
        "return_id": return_id(order),
        "order_id": order_id(order),
        "return_type": RETURN_TYPE,
        "return_status": RETURN_STATUS,
        "role": "BUYER",
        "return_reason": "ecom_order_delivered_refund_and_return_reason_damaged",
        "return_reason_text": "Hàng bị móp, vỡ",
        "create_time": epoch(at),
        "update_time": epoch(at),
        "refund_amount": _refund(order.goods_vnd - order.seller_voucher_vnd - platform_vnd(world, order), 0),
        "discount_amount": [discount | {"product_platform_discount": said(platform_vnd(world, order))}],
        "return_line_items": rows,
    }


def _cancellation(world: World, order: Order) -> dict[str, Any]:
    at = order.cancelled_at
    if at is None:
        raise AssertionError("only cancelled orders are listed")
    is_paid = order.paid_at is not None and not order.cod
    goods_vnd = order.goods_vnd - order.seller_voucher_vnd - platform_vnd(world, order)
    return {
        "cancel_id": cancel_id(order),
        "order_id": order_id(order),
        "cancel_type": CANCEL_TYPE,
        "cancel_status": CANCEL_STATUS,
        "role": "BUYER",
        "cancel_reason": "ecom_order_to_ship_canceled_reason_change_mind",
        "cancel_reason_text": "Thay đổi ý định mua",
        "create_time": epoch(at),
        "update_time": epoch(at),
        "refund_amount": _refund(goods_vnd, order.buyer_shipping_vnd) if is_paid else _refund(0, 0),
        "cancel_line_items": [
            {"cancel_line_item_id": f"6{piece.item_id[1:]}", "order_line_item_id": piece.item_id} | line
            for piece, line in _lines(world, order, is_paid=is_paid)
        ],
    }


def _lines(world: World, order: Order, *, is_paid: bool) -> Iterator[tuple[Piece, dict[str, Any]]]:
    """Each piece with what its buyer gets back: the seller's voucher is shared out by value, nothing was paid for an unpaid order."""
    each = pieces(world, order)
    for piece, voucher in zip(each, split(order.seller_voucher_vnd, [one.sold_vnd for one in each]), strict=True):
        named = product_of(world, piece.line)
        kept = {name: named[name] for name in ("sku_id", "seller_sku", "product_name", "sku_name")}
        yield piece, kept | {"refund_amount": _refund(piece.paid_vnd - voucher if is_paid else 0, 0)}


def _refund(subtotal_vnd: int, shipping_vnd: int) -> dict[str, str]:
    told = {"refund_total": said(subtotal_vnd + shipping_vnd), "refund_subtotal": said(subtotal_vnd)}
    return {"currency": "VND"} | told | {"refund_shipping_fee": said(shipping_vnd), "refund_tax": "0"}


VERSIONS = ("202602", "202309")
ROUTES = (
    Route("POST", "return_refund", "/returns/search", VERSIONS, search_returns, scopes.RETURNS),
    Route("POST", "return_refund", "/cancellations/search", VERSIONS, search_cancellations, scopes.RETURNS),
)
