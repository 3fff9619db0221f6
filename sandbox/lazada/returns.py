"""Orders that buyers sent back (Lazada Open Platform reference, reverse order page, read 2026-11-24).

Whether a page lists orders or lines is not shown there; here an order holds its lines. Amounts are whole đồng for Vietnam. The answer
is under `result`.
"""

from datetime import UTC, datetime
from typing import Any

from sandbox.lazada.call import Answer, Call, Route, epoch_ms
from sandbox.lazada.order_book import pieces
from sandbox.world import Order

MOST = 100
DONE = "REFUND_SUCCESS"


def reverse_orders(call: Call) -> Answer:
    page, size = call.integer("page_no", 1, 10**6, 1), call.integer("page_size", 1, MOST, 10)
    returned = [
        order for order in call.book.orders() if order.returned_at and _in_window(call, order, order.returned_at)
    ]
    rows = [_reverse(call, order) for order in returned[(page - 1) * size : page * size]]
    result = {"page_no": page, "page_size": size, "total": len(returned), "success": True, "items": rows}
    return Answer(top={"result": result})


def _in_window(call: Call, order: Order, returned_at: datetime) -> bool:
    """Every range is in milliseconds, and open where an end is missing."""
    moments = {
        "ReverseOrderLineModifiedTimeRange": returned_at,
        "ReverseOrderLineTimeRange": returned_at,
        "TradeOrderLineCreatedTimeRange": order.placed_at,
    }
    return all(_low(call, name) <= moment <= _high(call, name) for name, moment in moments.items())


def _low(call: Call, name: str) -> datetime:
    return datetime.fromtimestamp(call.integer(f"{name}Start", 0, 10**13, 0) / 1000, UTC)


def _high(call: Call, name: str) -> datetime:
    return datetime.fromtimestamp(call.integer(f"{name}End", 0, 10**13, 10**13) / 1000, UTC)


def _reverse(call: Call, order: Order) -> dict[str, Any]:
    number = call.book.number(order)
    return {
        "reverse_order_id": number,
        "trade_order_id": number,
        "request_type": "RETURN",
        "is_rtm": False,
        "shipping_type": "DROP_OFF",
        "reverse_order_lines": _lines(order),
    }


def _lines(order: Order) -> list[dict[str, Any]]:
    if order.returned_at is None:
        raise AssertionError("an order that was kept is not listed here")
    modified = epoch_ms(order.returned_at)
    return [
        {
            "reverse_order_line_id": piece.item_id,
            "trade_order_line_id": piece.item_id,
            "reverse_status": DONE,
            "refund_amount": piece.line.unit_price_vnd - piece.voucher_vnd,
            "item_unit_price": piece.line.unit_price_vnd,
            "reason_text": "Sản phẩm bị hư hại",
            "seller_sku_id": piece.line.sku,
            "return_order_line_gmt_create": modified,
            "return_order_line_gmt_modified": modified,
        }
        for piece in pieces(order)
    ]


ROUTES = {"/reverse/getreverseordersforseller": Route("GET", reverse_orders)}
