"""What Lazada would tell an app: messages that follow from the world alone (Lazada Open Platform reference, push pages, read 2026-11-24).

Type 0 is an order's status, one message a piece; 1 quality control; 10 a return; 21 a new review. Clocks differ: type 0 is stamped in
milliseconds, the others in seconds.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sandbox.lazada.accounts import Seller
from sandbox.lazada.order_book import OrderBook, pieces
from sandbox.lazada.order_views import status
from sandbox.lazada.returns import DONE
from sandbox.lazada.rules import MARKET
from sandbox.lazada.shelf import Shelf, item_of
from sandbox.world import Order, World

ORDER, QUALITY, REVERSE, REVIEW = 0, 1, 10, 21
STEPS = (
    ("unpaid", "placed_at"),
    ("pending", "paid_at"),
    ("shipped", "shipped_at"),
    ("delivered", "delivered_at"),
    ("canceled", "cancelled_at"),
    ("returned", "returned_at"),
)


class Event(NamedTuple):
    """`data` as of the moment it happened; `order` is there for an order's status, which a repeat reads anew."""

    seller_id: int
    kind: int
    at: datetime
    data: dict[str, Any]
    order: Order | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        return (self.seller_id, self.kind, self.at, *map(str, self.data.values()))

    def envelope(self, *, again: bool) -> dict[str, Any]:
        seconds = int(self.at.timestamp())
        data = self.data | ({"order_status": status(self.order)} if again and self.order else {})
        return {
            "seller_id": str(self.seller_id),
            "message_type": self.kind,
            "data": data,
            "timestamp": seconds * 1000 if self.kind == ORDER else seconds,
            "site": "lazada_vn",
        }


def since(world: World, seller: Seller, book: OrderBook, shelf: Shelf, moment: datetime) -> Iterator[Event]:
    """Everything of one seller from that moment on, in no order."""
    for order in book.orders():
        if order.updated_at >= moment:
            yield from (event for event in _of_order(seller, book, order) if event.at >= moment)
    for item in shelf.items():
        for at, verdict, reason in item.verdicts:
            if at >= moment:
                data = {"itemId": item.item_id, "status": verdict, "reason": reason, "date": int(at.timestamp())}
                yield Event(seller.seller_id, QUALITY, at, data | {"seller_id": str(seller.seller_id)})
    for review in world.reviews(MARKET):
        bought, offer = world.order(MARKET, review.order_id), world.offer(MARKET, review.offer_id)
        if bought and offer and review.shop == seller.world_name and review.created_at >= moment:
            data = {"item_id": item_of(offer).item_id, "id": review.review_id, "order_id": book.number(bought)}
            yield Event(seller.seller_id, REVIEW, review.created_at, data)


def _of_order(seller: Seller, book: OrderBook, order: Order) -> Iterator[Event]:
    number = str(book.number(order))
    for word, name in STEPS:
        at = getattr(order, name)
        if at is None or (word == "unpaid" and order.cod):
            continue
        for piece in pieces(order):
            line = {"trade_order_id": number, "trade_order_line_id": str(piece.item_id)}
            data = {"order_status": word, **line, "status_update_time": int(at.timestamp())}
            yield Event(seller.seller_id, ORDER, at, data, order)
            if word == "returned":
                reverse = {
                    "reverse_order_id": number,
                    "reverse_order_line_id": str(piece.item_id),
                    "reverse_status": DONE,
                }
                yield Event(seller.seller_id, REVERSE, at, reverse | line)
