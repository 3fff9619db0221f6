"""An order's life in Tiki's words (tiki.md section 7.3, read 2026-11-24).

waiting_payment -> paid -> queueing -> picking (once the seller confirmed) -> shipping -> successful_delivery -> complete; canceled or returned
on the way. Only from queueing on is an order accepted; `paid` is passed through in the same moment,
and cash on delivery starts at queueing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sandbox.world import Order

STATUSES = frozenset(
    {
        "queueing",
        "canceled",
        "complete",
        "successful_delivery",
        "processing",
        "waiting_payment",
        "handover_to_partner",
        "closed",
        "packaging",
        "picking",
        "shipping",
        "paid",
        "delivered",
        "holded",
        "ready_to_ship",
        "payment_review",
        "returned",
        "finished_packing",
    }
)
CODE_BASE = 550_000_000
TEXTS = {
    "waiting_payment": "Chờ thanh toán",
    "queueing": "Chờ xác nhận",
    "picking": "Đang lấy hàng",
    "shipping": "Đang vận chuyển",
    "successful_delivery": "Giao hàng thành công",
    "complete": "Hoàn thành",
    "canceled": "Đã hủy",
    "returned": "Đã trả hàng",
}


@dataclass(frozen=True)
class Turn:
    status: str
    at: datetime


def code_of(order: Order) -> str:
    return str(CODE_BASE + order.order_id)


def order_id_of(code: str) -> int | None:
    return int(code) - CODE_BASE if code.isascii() and code.isdigit() else None


def confirmed_at(order: Order) -> datetime | None:
    return order.extra.get("confirmed_at")


def turns(order: Order) -> list[Turn]:
    """Every status it has had, oldest first; the last is the present one."""
    return sorted(_reached(order), key=lambda turn: turn.at)


def status_of(order: Order) -> str:
    """The present status. The same as the last of `turns`, without making them all: lists ask for thousands."""
    reached = (
        (order.cancelled_at, "canceled"),
        (order.returned_at, "returned"),
        (order.completed_at, "complete"),
        (order.delivered_at, "successful_delivery"),
        (order.shipped_at, "shipping"),
        (confirmed_at(order), "picking"),
        (order.paid_at, "queueing"),
    )
    return next((status for moment, status in reached if moment is not None), "waiting_payment")


def _reached(order: Order) -> Iterator[Turn]:
    steps = (
        (None if order.cod else order.placed_at, "waiting_payment"),
        (None if order.cod else order.paid_at, "paid"),
        (order.paid_at, "queueing"),
        (confirmed_at(order), "picking"),
        (order.shipped_at, "shipping"),
        (order.delivered_at, "successful_delivery"),
        (order.completed_at, "complete"),
        (order.returned_at, "returned"),
        (order.cancelled_at, "canceled"),
    )
    yield from (Turn(status, moment) for moment, status in steps if moment is not None)
