"""One stock for every shop: whatever orders come, change and go, what is available is the count less what is held since."""

import random
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from catalog.producer import Producer
from catalog.product import Product, Variant
from connectors.facts.order import Order, OrderLine, OrderState
from jobs.app import App
from jobs.orders import keep_orders
from jobs.register import store_register
from jobs.shops import add_shop
from models import Listing, Shop
from models import Variant as VariantRow
from tests.jobs.played_jobs import START

COUNTED = {"CHE-1": 9, "CHE-2": 40, "CHE-3": None}


@pytest.fixture
def shops(app: App) -> list[Shop]:
    """Two shops that sell three packs; nobody has counted the third."""
    packs = tuple(Variant(sku=sku, stock=stock) for sku, stock in COUNTED.items())
    tea = Product(code="CHE", producer_code="HTX", name="Chè", sub_group="food/tea", variants=packs)
    store_register(app, [Producer(code="HTX", name="Hợp tác xã")], [tea])
    shops = [add_shop(app, name, "shopee", name) for name in "12"]
    with app.database.write() as session:
        for variant in session.scalars(select(VariantRow)).all():
            for shop in shops:
                session.add(Listing(shop_id=shop.id, variant_id=variant.id, wanted=True, sent_stock=100))
    return shops


def order(number: int, chance: random.Random) -> Order:
    """Some were placed before the count, some hold an unknown pack, some are cancelled."""
    skus = [*COUNTED, "LẠ"]
    lines = tuple(
        OrderLine(
            external_id=str(line), sku=sku, item_external_id="1", name="Chè", quantity=pieces, unit_price_vnd=1_000
        )
        for line, (sku, pieces) in enumerate(zip(chance.sample(skus, 2), (1, chance.randrange(1, 4)), strict=True))
    )
    at = START + timedelta(minutes=-1 if number % 5 == 0 else number)
    state = chance.choice([OrderState.PLACED, OrderState.SHIPPED, OrderState.CANCELLED])
    return Order(
        external_id=str(number),
        state=state,
        raw_state=state.upper(),
        placed_at=at,
        updated_at=at,
        lines=lines,
        raw="{}",
    )


def changed(old: Order, step: int, chance: random.Random) -> Order:
    """The same order later: cancelled, or held again."""
    state = chance.choice([OrderState.PLACED, OrderState.CANCELLED])
    return replace(old, state=state, updated_at=START + timedelta(days=10 + step), raw=f'{{"step":{step}}}')


def held(orders: list[Order], sku: str, *, since_count: bool) -> int:
    live = [o for o in orders if o.state is not OrderState.CANCELLED and (o.placed_at >= START or not since_count)]
    return sum(line.quantity for o in live for line in o.lines if line.sku == sku)


@pytest.mark.parametrize("seed", range(3))
def test_available_is_always_the_count_less_what_is_held_since(app: App, shops: list[Shop], seed: int) -> None:
    """Page after page, from two shops, through selling out and cancellations: never below zero, and never off by a piece."""
    chance = random.Random(seed)
    stored: list[dict[str, Order]] = [{}, {}]
    for step in range(30):
        mine = stored[step % 2]
        page = [order(100 * step + n, chance) for n in range(2)]
        page += [changed(old, step, chance) for old in chance.sample(list(mine.values()), min(2, len(mine)))]
        with app.database.write() as session:
            keep_orders(session, shops[step % 2], page, app.zone)
        mine.update({one.external_id: one for one in page})
        everything = [one for orders in stored for one in orders.values()]
        with app.database.session() as session:
            available = {row.sku: row.available for row in session.scalars(select(VariantRow))}
        assert available == {
            sku: None if stock is None else max(0, stock - held(everything, sku, since_count=True))
            for sku, stock in COUNTED.items()
        }


def test_each_shop_knows_what_its_own_marketplace_took(app: App, shops: list[Shop]) -> None:
    """A marketplace lowers the figure it was sent by its own orders alone; what we want to send follows all of them."""
    chance = random.Random(7)
    pages = [[order(10 * shop + n, chance) for n in range(1, 4)] for shop in range(2)]
    for shop, page in zip(shops, pages, strict=True):
        with app.database.write() as session:
            keep_orders(session, shop, page, app.zone)
    with app.database.session() as session:
        rows = session.execute(select(Listing, VariantRow).join(VariantRow, Listing.variant_id == VariantRow.id)).all()
    for listing, variant in rows:
        own = pages[shops.index(next(shop for shop in shops if shop.id == listing.shop_id))]
        assert listing.sent_stock == 100 - held(own, variant.sku, since_count=False)
        assert listing.intended_stock == variant.available
