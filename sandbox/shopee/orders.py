"""Order lists and details (Shopee v2 reference, order pages, read 2026-11-23).

Lists go by 15-day windows and an opaque cursor. A detail holds almost nothing but what `response_optional_fields` names, and a
buyer's name, phone and street only masked.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import nsmallest
from operator import itemgetter
from typing import Any

from sandbox.shopee.call import MARKET, Answer, Call, Route, epoch
from sandbox.shopee.order_detail import OPTIONAL, shown
from sandbox.shopee.order_words import STATUS, find_order, order_sn
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.world import Order

Place = tuple[int, int]  # Unix seconds, order id
LONGEST_WINDOW = timedelta(days=15)
MOST_ORDERS = 50
FILTERS = frozenset(
    {"UNPAID", "READY_TO_SHIP", "PROCESSED", "SHIPPED", "COMPLETED", "IN_CANCEL", "CANCELLED", "INVOICE_PENDING"}
)
TIME_FIELDS: dict[str, Callable[[Order], datetime]] = {
    "create_time": lambda order: order.placed_at,
    "update_time": lambda order: order.updated_at,
}


def get_order_list(call: Call) -> Answer:
    """By time, then id. The cursor names the last order told, so an order that changes meanwhile moves no other."""
    size = call.integer("page_size", 1, 100)
    rows = nsmallest(size + 1, _listed(call), key=itemgetter(0))
    page, more = rows[:size], len(rows) > size
    refs = [_ref(call, order) for _, order in page]
    return Answer({"more": more, "next_cursor": _cursor(page[-1][0]) if more else "", "order_list": refs})


def get_order_detail(call: Call) -> Answer:
    """Unknown numbers among known ones are named in a warning, which is a list here."""
    numbers = call.texts("order_sn_list")
    if not 1 <= len(numbers) <= MOST_ORDERS:
        raise bad_param(f"order_sn_list must hold 1 to {MOST_ORDERS} order_sn")
    wanted = set(call.texts("response_optional_fields"))
    if unknown := wanted - OPTIONAL.keys():
        raise bad_param(f"response_optional_fields are unknown: {sorted(unknown)}")
    found = {sn: find_order(call.world, call.shop.world_name, sn) for sn in numbers}
    orders = [order for order in found.values() if order is not None]
    if not orders:
        raise Refusal("error_not_found", "the order is not found")
    warning = [f"{sn}: the order is not found" for sn, order in found.items() if order is None]
    details = [shown(call.world, order, wanted) for order in orders]
    return Answer({"order_list": details}, {"warning": warning} if warning else {})


def _listed(call: Call) -> Iterator[tuple[Place, Order]]:
    """Every order asked for that lies behind the cursor."""
    moment = TIME_FIELDS.get(call.text("time_range_field"))
    if moment is None:
        raise bad_param("time_range_field must be create_time or update_time")
    since, until = window(call, "time_from", "time_to")
    status, after = call.request.one("order_status") or None, _place(call.text("cursor", ""))
    if status is not None and status not in FILTERS:
        raise bad_param("order_status is invalid")
    for order in call.world.orders(MARKET, call.shop.world_name):
        place = (epoch(moment(order)), order.order_id)
        if since <= moment(order) <= until and place > after and status in (None, STATUS[order.state]):
            yield place, order


def window(call: Call, start: str, end: str) -> tuple[datetime, datetime]:
    """A window of at most 15 days, both ends included."""
    since, until = call.moment(start), call.moment(end)
    if not timedelta(0) <= until - since <= LONGEST_WINDOW:
        raise Refusal("order.order_list_invalid_time", "Start time must be earlier than end time and diff in 15days.")
    return since, until + timedelta(microseconds=999_999)


def _place(cursor: str) -> Place:
    try:
        second, order_id = map(int, bytes.fromhex(cursor).decode().split("-")) if cursor else (-1, -1)
    except ValueError:
        raise bad_param("invalid cursor") from None
    return second, order_id


def _cursor(place: Place) -> str:
    return "{}-{}".format(*place).encode().hex()


def _ref(call: Call, order: Order) -> dict[str, Any]:
    status = {"order_status": STATUS[order.state]}
    named = {"order_sn": order_sn(order)}
    return named | status if "order_status" in call.texts("response_optional_fields") else named


ROUTES = {
    "/api/v2/order/get_order_list": Route("GET", get_order_list, envelope=("message",)),
    "/api/v2/order/get_order_detail": Route("GET", get_order_detail, envelope=("message",)),
}
