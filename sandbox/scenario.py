"""The programme's founding year as a pretend world: what it is said to have reached is put in, for reports to find again.

129 products (2 of five stars, 73 of four, 54 of three), a price a fifth higher from each recognition on, online revenue 35
hundredths above the year before, three đồng of ten sold online. Two years are lived, for growth and for what a star changed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sandbox.scenario_goods import FIRST, LAST, STOCK, FoundingYear
from sandbox.scenario_sways import sways_of
from sandbox.things import vietnam_day
from sandbox.world import World

STARS: Mapping[int, int] = {5: 2, 4: 73, 3: 54}
ONLINE_SHARE = 0.30
ON_TIME, LATE = timedelta(days=9), timedelta(days=70)  # after the month's end
LATE_SHARE = 0.15  # of declarations
SILENT = 2  # producers who never declare
KEPT_BESIDE: Mapping[str, Mapping[str, object]] = {
    "shopee": {"item": {}, "model_ids": [], "tiers": []}
}  # what a marketplace keeps of an item that nobody pushed


@dataclass(frozen=True)
class Declared:
    """What one producer sold outside the online channels in one month (yyyymm). `on` None: it happened and nobody was told."""

    producer_code: str
    month: int
    amount_vnd: int
    on: date | None


def put_on_sale(world: World, story: FoundingYear, volume: float) -> None:
    """Every pack, and two years of what will sway it. `volume`: times as many buyers as usual."""
    world.sways = sways_of(world, story, volume)
    for product in story.products:
        for market, shop, sku in story.shelves[product.code]:
            price_vnd = story.prices_vnd[market, shop, sku]
            extra = KEPT_BESIDE.get(market)
            world.add_offer(market, shop, sku, product.name, product.name, price_vnd, STOCK, extra=extra)


def declarations(world: World, story: FoundingYear) -> Iterator[Declared]:
    """Once both years are over: seven đồng outside for every three online, more or less, month by month and producer by producer."""
    online_vnd = _online_by_month(world, story)
    for number, producer in enumerate(story.producers):
        for month in sorted({month for _, month in online_vnd}):
            chance = world.rng("founding declaration", producer.code, month)
            outside = online_vnd[producer.code, month] * (1 - ONLINE_SHARE) / ONLINE_SHARE * chance.gauss(1, 0.15)
            waited = LATE if chance.random() < LATE_SHARE else ON_TIME
            on = None if number < SILENT else _month_end(month) + waited
            yield Declared(producer.code, month, int(round(outside, -3)), on)


def _online_by_month(world: World, story: FoundingYear) -> Counter[tuple[str, int]]:
    """Đồng of orders that stand, by producer and month of placing."""
    maker = {product.variants[0].sku: product.producer_code for product in story.products}
    found: Counter[tuple[str, int]] = Counter()
    for market, shop in {shelf[:2] for shelf in story.prices_vnd}:
        for order in world.orders(market, shop):
            day = vietnam_day(order.placed_at)
            if order.counts and FIRST <= day <= LAST:
                for line in order.lines:
                    found[maker[line.sku], day.year * 100 + day.month] += line.quantity * line.unit_price_vnd
    return found


def _month_end(month: int) -> date:
    year, number = divmod(month, 100)
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
