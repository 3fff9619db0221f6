"""Order search, detail and price detail (Partner Center order pages, read 2026-11-23).

Paging and sorting are query parameters, filters go into the body. Unknown and foreign ids of a detail call are left out silently.
"""

from collections.abc import Iterator
from typing import Any

from sandbox.tiktok_shop import read, scopes
from sandbox.tiktok_shop.call import MARKET, Call, Route
from sandbox.tiktok_shop.moments import END_OF_TIME, epoch, from_epoch
from sandbox.tiktok_shop.money import said, split
from sandbox.tiktok_shop.order_views import buyer_id, payment, shown
from sandbox.tiktok_shop.order_words import STATUSES, find_order, pieces, status
from sandbox.tiktok_shop.paging import page
from sandbox.tiktok_shop.refusal import Refusal, bad_field, invalid
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.world import Order

MOST_IDS = 50
TIMES = ("create_time_ge", "create_time_lt", "update_time_ge", "update_time_lt")
FILTERS = ("order_status", "shipping_type", "buyer_user_id", "is_buyer_request_cancel", "warehouse_ids")


def search(call: Call) -> dict[str, Any]:
    body = call.filters(*TIMES, *FILTERS)
    field = call.one_of("sort_field", ("create_time", "update_time"), "create_time")
    newest_first = call.one_of("sort_order", ("ASC", "DESC"), "DESC") == "DESC"
    found = list(_found(call, body))

    def key(order: Order) -> tuple[int, ...]:
        return epoch(order.placed_at if field == "create_time" else order.updated_at), order.order_id

    shown_page = page(call, found, key, default_size=20, newest_first=newest_first)
    told: dict[str, Any] = {"total_count": len(found), "next_page_token": shown_page.next_token}
    if shown_page.rows:
        told["orders"] = [shown(call.world, order) for order in shown_page.rows]
    return told


def details(call: Call) -> dict[str, Any]:
    ids = call.request.all("ids")
    if not ids:
        raise invalid("'ids' is a required field")
    if len(ids) > MOST_IDS:
        raise invalid(f"'ids' must hold at most {MOST_IDS} ids")
    found = (find_order(call.world, call.shop.shop_id, one) for one in dict.fromkeys(ids))
    orders = [shown(call.world, order) for order in found if order is not None]
    return {"orders": orders} if orders else {}


def price_detail(call: Call) -> dict[str, Any]:
    """The order's and each piece's way from the list price to what was paid, vouchers apart. Amounts carry decimals here."""
    order = find_order(call.world, call.shop.shop_id, call.ids[0])
    if order is None:
        raise Refusal(21008111, "The order does not belong to the shop")
    each = pieces(call.world, order)
    vouchers = split(order.seller_voucher_vnd, [piece.sold_vnd for piece in each])
    paid = payment(call.world, order)
    total = _prices(sum(p.listed_vnd for p in each), order.goods_vnd, sum(p.platform_vnd for p in each), sum(vouchers))
    shipping = {"shipping_list_price": paid["original_shipping_fee"], "shipping_sale_price": paid["shipping_fee"]}
    rows = [
        {"id": piece.item_id} | _prices(piece.listed_vnd, piece.sold_vnd, piece.platform_vnd, voucher)
        for piece, voucher in zip(each, vouchers, strict=True)
    ]
    payments = {"payment": f"{paid['total_amount']}.00", "total": f"{paid['total_amount']}.00"}
    return total | {name: f"{value}.00" for name, value in shipping.items()} | payments | {"line_items": rows}


def _prices(listed: int, sold: int, platform: int, voucher: int) -> dict[str, str]:
    subtotal = sold - voucher - platform
    told = {
        "sku_list_price": listed,
        "sku_sale_price": sold,
        "subtotal": subtotal,
        "subtotal_deduction_seller": listed - sold,
        "subtotal_deduction_platform": platform,
        "voucher_deduction_seller": voucher,
        "voucher_deduction_platform": 0,
        "tax_amount": 0,
        "net_price_amount": subtotal,
    }
    return {"currency": "VND"} | {name: f"{said(value)}.00" for name, value in told.items()}


def _found(call: Call, body: dict[str, Any]) -> Iterator[Order]:
    """`lt` does not include its second."""
    if not _ships_so(body) or read.flag(body, "is_buyer_request_cancel", default=False):
        return
    wanted, buyer = read.text(body, "order_status", ""), read.text(body, "buyer_user_id", "")
    if wanted and wanted not in STATUSES:
        raise bad_field("order_status", f"it must be one of {', '.join(sorted(STATUSES))}")
    low, high, since, until = (
        from_epoch(read.integer(body, name, default)) for name, default in zip(TIMES, (0, END_OF_TIME) * 2, strict=True)
    )
    for order in call.world.orders(MARKET, call.shop.shop_id):
        is_in_time = low <= order.placed_at < high and since <= order.updated_at < until
        if is_in_time and wanted in {"", status(order)} and buyer in {"", buyer_id(order)}:
            yield order


def _ships_so(body: dict[str, Any]) -> bool:
    """Every order goes out of one warehouse by TikTok Shop's own carriers."""
    warehouses = read.texts(body, "warehouse_ids", 100)
    return read.text(body, "shipping_type", "TIKTOK") == "TIKTOK" and (not warehouses or SALES_WAREHOUSE in warehouses)


ROUTES = (
    Route("POST", "order", "/orders/search", ("202309",), search, scopes.ORDER),
    Route("GET", "order", "/orders", ("202507", "202309"), details, scopes.ORDER),
    Route("GET", "order", "/orders/{}/price_detail", ("202407",), price_detail, scopes.ORDER),
)
