"""Orders and their rows (Lazada Open Platform reference, order pages, read 2026-11-24).

A list needs one of `created_after` and `update_after` (without the "d"). Offset and limit together stay below 5000.
"""

from sandbox.lazada import documents, order_rows, order_views
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.refusal import Refusal, business
from sandbox.world import Order

MOST, DEEPEST, MOST_IDS = 100, 5000, 50
SORTS = {"created_at": lambda order: order.placed_at, "updated_at": lambda order: order.updated_at}


def orders(call: Call) -> Answer:
    limit = call.integer("limit", 1, MOST, MOST, code=19)
    offset = call.integer("offset", 0, 10**9, 0, code=14)
    if offset + limit >= DEEPEST:
        raise Refusal("E097", f"E097: Offset and limit sum {offset + limit} must be less than {DEEPEST}")
    found = _sorted(call, _found(call))
    page = found[offset : offset + limit]
    shown = [order_views.order_json(call, order) for order in page]
    return Answer({"count": len(page), "countTotal": len(found), "orders": shown})


def _found(call: Call) -> list[Order]:
    bounds = {name: call.moment(name) for name in ("created_after", "created_before", "update_after", "update_before")}
    if bounds["created_after"] is None and bounds["update_after"] is None:
        raise business(1, "Parameter created_after or update_after is mandatory", field="created_after")
    wanted = call.optional("status") or "all"
    if wanted != "all" and wanted not in order_views.STATUSES:
        raise business(36, f'"{wanted}" Invalid status filter', field="status")
    created_after, created_before = bounds["created_after"], bounds["created_before"]
    update_after, update_before = bounds["update_after"], bounds["update_before"]
    return [
        order
        for order in call.book.orders()
        if (created_after is None or order.placed_at >= created_after)
        and (created_before is None or order.placed_at <= created_before)
        and (update_after is None or order.updated_at >= update_after)
        and (update_before is None or order.updated_at <= update_before)
        and wanted in {"all", order_views.status(order)}
    ]


def _sorted(call: Call, found: list[Order]) -> list[Order]:
    by, direction = call.optional("sort_by") or "created_at", call.optional("sort_direction") or "DESC"
    if by not in SORTS:
        raise business(75, f'"{by}" Invalid sort field', field="sort_by")
    if direction.upper() not in {"ASC", "DESC"}:
        raise business(74, f'"{direction}" Invalid sort direction', field="sort_direction")
    return sorted(found, key=SORTS[by], reverse=direction.upper() == "DESC")


def order(call: Call) -> Answer:
    return Answer(order_views.order_json(call, _named(call, call.text("order_id"))))


def rows_of_many(call: Call) -> Answer:
    ids = call.array("order_ids", 56)
    if len(ids) > MOST_IDS:
        raise business(38, "Too many order ids", field="order_ids")
    numbers = [documents.whole(str(one)) for one in ids]
    if None in numbers:
        raise business(37, "The list has an invalid order id", field="order_ids")
    found = [(number, call.book.by_number(number)) for number in dict.fromkeys(numbers) if number]
    shown = [
        {
            "order_id": number,
            "order_number": number,
            "order_items": order_rows.rows_json(call, one, with_product=False),
        }
        for number, one in found
        if one is not None
    ]
    if not shown:
        raise business(39, "No orders found", field="order_ids")
    return Answer(shown)


def rows_of_one(call: Call) -> Answer:
    return Answer(order_rows.rows_json(call, _named(call, call.text("order_id")), with_product=True))


def _named(call: Call, raw: str) -> Order:
    number = documents.whole(raw)
    found = call.book.by_number(number) if number else None
    if found is None:
        raise business(16, f'"{raw}" Invalid Order ID', field="order_id")
    return found


ROUTES = {
    "/orders/get": Route("GET", orders),
    "/order/get": Route("GET", order),
    "/orders/items/get": Route("GET", rows_of_many),
    "/order/items/get": Route("GET", rows_of_one),
}
