"""What was sold, seen and sent back, by SKU and span of days. GMV counts paid orders that were not cancelled, returned ones too."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sandbox.tiktok_shop.call import MARKET, Call
from sandbox.world import Order, vietnam_day


@dataclass
class Figures:
    """Of some SKUs in some days. Money in đồng."""

    gmv_vnd: int = 0
    orders: set[int] = field(default_factory=set)
    sku_orders: int = 0
    items: int = 0
    views: int = 0
    refunded_vnd: int = 0
    refunded_items: int = 0
    cancelled: int = 0


def tally(call: Call, since: date, until: date) -> dict[int, Figures]:
    """Of every SKU of the shop, in one pass over its orders."""
    by_sku = {offer.offer_id: Figures() for offer in call.world.offers(MARKET, call.shop.shop_id)}
    for offer in call.world.offers(MARKET, call.shop.shop_id):
        by_sku[offer.offer_id].views = sum(seen for day, seen in offer.views_on.items() if since <= day < until)
    for order in _placed(call, since, until):
        for line in order.lines:
            _count(by_sku[line.offer_id], order, line.quantity, line.quantity * line.unit_price_vnd)
    return by_sku


def joined(several: Iterable[Figures]) -> Figures:
    """The figures of several SKUs together; an order with two of them is one order."""
    whole = Figures()
    for one in several:
        whole.gmv_vnd += one.gmv_vnd
        whole.orders |= one.orders
        whole.sku_orders += one.sku_orders
        whole.items += one.items
        whole.views += one.views
        whole.refunded_vnd += one.refunded_vnd
        whole.refunded_items += one.refunded_items
        whole.cancelled += one.cancelled
    return whole


def _count(figures: Figures, order: Order, quantity: int, goods_vnd: int) -> None:
    if order.cancelled_at is not None:
        figures.cancelled += quantity
    elif order.paid_at is not None:
        figures.gmv_vnd += goods_vnd
        figures.orders.add(order.order_id)
        figures.sku_orders += 1
        figures.items += quantity
    if order.returned_at is not None:
        figures.refunded_vnd += goods_vnd
        figures.refunded_items += quantity


def _placed(call: Call, since: date, until: date) -> Iterator[Order]:
    return (o for o in call.world.orders(MARKET, call.shop.shop_id) if since <= vietnam_day(o.placed_at) < until)
