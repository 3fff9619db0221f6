"""One buyer's visit: what goes into the basket, at what price, to where."""

import random
from datetime import date
from typing import TYPE_CHECKING

from sandbox import lifecycle
from sandbox.sways import Shelf
from sandbox.things import Offer, Order, OrderLine, vietnam_day

if TYPE_CHECKING:
    from sandbox.world import World

PROVINCES = (
    "Thái Nguyên",
    "Hà Nội",
    "TP. Hồ Chí Minh",
    "Hải Phòng",
    "Đà Nẵng",
    "Bắc Ninh",
    "Phú Thọ",
    "Nghệ An",
    "Cần Thơ",
    "Lâm Đồng",
)
PROVINCE_WEIGHTS = (18, 30, 20, 7, 6, 6, 4, 4, 3, 2)
IMPULSE_BUYS, IMPULSE_WEIGHTS = (0, 1, 2), (72, 20, 8)
PIECES, PIECES_WEIGHTS = (1, 2, 3, 4), (66, 20, 9, 5)  # of one line
LINES_AN_ORDER = 1.36  # the mean of what these weights give, the first one included
PIECES_A_LINE = 1.53
COD_SHARE = 0.55
VOUCHER_SHARE = 0.12


def visit(world: "World", shelf: Shelf, occasion: tuple[date, int]) -> None:
    """A buyer came for one SKU; the order exists only if it is on sale at this moment."""
    offer = next((o for o in world.namesakes(*shelf) if o.is_buyable), None)
    if offer is None:
        return
    chance = world.rng("order", *shelf, *occasion)
    basket = [offer, *_impulse_buys(world, chance, offer)]
    order = _place(world, chance, basket, (shelf, occasion[0]))
    lifecycle.begin(world, order)


def _impulse_buys(world: "World", chance: random.Random, first: Offer) -> list[Offer]:
    """Up to two other packs of the same shop."""
    wanted = chance.choices(IMPULSE_BUYS, IMPULSE_WEIGHTS)[0]
    shelf = world.shop_offers(first.market, first.shop)
    picked = {first.offer_id: first}
    for _ in range(wanted):
        offer = shelf[chance.randrange(len(shelf))]
        if offer.is_buyable:
            picked.setdefault(offer.offer_id, offer)
    return list(picked.values())[1:]


def _place(world: "World", chance: random.Random, basket: list[Offer], wanted: tuple[Shelf, date]) -> Order:
    """`wanted`: what the buyer came for, and the day; both sway the order."""
    first, now = basket[0], world.clock.now()
    lines = [_take(world, chance, offer) for offer in basket]
    goods_vnd = sum(line.quantity * line.unit_price_vnd for line in lines)
    carrier_shipping_vnd = chance.randrange(16, 38) * 1000
    order = Order(
        market=first.market,
        shop=first.shop,
        order_id=world.counter(f"order {first.market}", 50_000_001),
        placed_at=now,
        updated_at=now,
        lines=lines,
        province=chance.choices(PROVINCES, PROVINCE_WEIGHTS)[0],
        cod=chance.random() < COD_SHARE,
        seller_voucher_vnd=min(chance.randrange(1, 5) * 5000, goods_vnd // 10)
        if chance.random() < VOUCHER_SHARE
        else 0,
        carrier_shipping_vnd=carrier_shipping_vnd,
        buyer_shipping_vnd=chance.choice((0, carrier_shipping_vnd // 2, carrier_shipping_vnd)),
        fate=lifecycle.draw_fate(chance, world.sways.returns(*wanted)),
        commission=world.sways.commission(*wanted),
    )
    world.add_order(order)
    return order


def _take(world: "World", chance: random.Random, offer: Offer) -> OrderLine:
    quantity = min(offer.stock, chance.choices(PIECES, PIECES_WEIGHTS)[0])
    offer.stock -= quantity
    offer.sold += quantity
    today = vietnam_day(world.clock.now())
    offer.sold_on[today] = offer.sold_on.get(today, 0) + quantity
    return OrderLine(
        line_id=world.counter(f"line {offer.market}", 90_000_001),
        offer_id=offer.offer_id,
        sku=offer.sku,
        title=offer.title,
        quantity=quantity,
        unit_price_vnd=offer.price_vnd,
        list_price_vnd=offer.list_price_vnd or offer.price_vnd,
    )
