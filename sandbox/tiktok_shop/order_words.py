"""World orders in TikTok Shop's words: ids, statuses and when they began, one line item for each single piece (read 2026-11-23).

Two orders in ten carry a discount TikTok Shop pays for. The buyer pays less, the seller gets it back: a piece's `sale_price` and its
`platform_discount` together are what the seller sold it for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.tiktok_shop import read
from sandbox.tiktok_shop.call import MARKET
from sandbox.world import Order, OrderLine, OrderState, World

FIRST_ORDER, FIRST_LINE_ITEM = 580_000_000_000_000_000, 577_000_000_000_000_000
FIRST_PACKAGE, FIRST_RETURN, FIRST_CANCEL = 1_152_921_500_000_000_000, 403_500_000_000_000_000, 403_600_000_000_000_000
PIECES_A_LINE = 10  # a world line holds at most four
PLATFORM_SHARE = 0.2
STATUS = {
    OrderState.UNPAID: "UNPAID",
    OrderState.PAID: "AWAITING_SHIPMENT",
    OrderState.SHIPPED: "IN_TRANSIT",
    OrderState.DELIVERED: "DELIVERED",
    OrderState.COMPLETED: "COMPLETED",
    OrderState.CANCELLED: "CANCELLED",
    OrderState.RETURNED: "COMPLETED",  # no status of its own: the return says so
}
STATUSES = frozenset(STATUS.values()) | {"ON_HOLD", "PARTIALLY_SHIPPING", "AWAITING_COLLECTION"}


@dataclass(frozen=True)
class Piece:
    """One piece of a line, in đồng: listed at, sold at by the seller, and what TikTok Shop adds so that the buyer pays less."""

    item_id: str
    line: OrderLine
    listed_vnd: int
    sold_vnd: int
    platform_vnd: int

    @property
    def paid_vnd(self) -> int:
        return self.sold_vnd - self.platform_vnd


def order_id(order: Order) -> str:
    return str(FIRST_ORDER + order.order_id)


def package_id(order: Order) -> str:
    return str(FIRST_PACKAGE + order.order_id)


def return_id(order: Order) -> str:
    return str(FIRST_RETURN + order.order_id)


def cancel_id(order: Order) -> str:
    return str(FIRST_CANCEL + order.order_id)


def find_order(world: World, shop: str, text: str) -> Order | None:
    """The shop's own order of that id."""
    number = read.number(text)
    order = None if number is None else world.order(MARKET, number - FIRST_ORDER)
    return order if order is not None and order.shop == shop else None


def pieces(world: World, order: Order) -> list[Piece]:
    """Every piece of the order."""
    rate_bp = _platform_bp(world, order)
    return [
        Piece(
            item_id=str(FIRST_LINE_ITEM + line.line_id * PIECES_A_LINE + number),
            line=line,
            listed_vnd=line.list_price_vnd,
            sold_vnd=line.unit_price_vnd,
            platform_vnd=line.unit_price_vnd * rate_bp // 10_000 // 100 * 100,
        )
        for line in order.lines
        for number in range(line.quantity)
    ]


def platform_vnd(world: World, order: Order) -> int:
    return sum(piece.platform_vnd for piece in pieces(world, order))


def _platform_bp(world: World, order: Order) -> int:
    """Drawn for the order alone, and remembered on it."""
    known: int | None = order.extra.get("platform_bp")
    if known is None:
        chance = world.rng("tiktok_shop platform discount", order.order_id)
        known = order.extra["platform_bp"] = chance.choice((300, 500, 800)) if chance.random() < PLATFORM_SHARE else 0
    return known


def changes(order: Order) -> Iterator[tuple[str, datetime]]:
    """Every status the order has had, with the moment it began. Cash on delivery was never unpaid."""
    moments = (
        ("UNPAID", None if order.paid_at == order.placed_at else order.placed_at),
        ("AWAITING_SHIPMENT", order.paid_at),
        ("IN_TRANSIT", order.shipped_at),
        ("DELIVERED", order.delivered_at),
        ("COMPLETED", order.completed_at or order.returned_at),
        ("CANCELLED", order.cancelled_at),
    )
    return ((status, moment) for status, moment in moments if moment is not None)


def status(order: Order) -> str:
    return STATUS[order.state]


def product_of(world: World, line: OrderLine) -> dict[str, Any]:
    """Which product and SKU a line is. An offer that nobody listed through the API is its own product."""
    offer = world.offer(MARKET, line.offer_id)
    if offer is None:
        raise LookupError(f"order line {line.line_id} sells an unknown offer")
    named = [one.get("value_name", "") for one in offer.extra.get("row", {}).get("sales_attributes", ())]
    return {
        "product_id": str(offer.extra.get("product_id", offer.offer_id)),
        "sku_id": str(offer.offer_id),
        "seller_sku": line.sku,
        "product_name": line.title,
        "sku_name": ", ".join(named) or "Default",
    }
