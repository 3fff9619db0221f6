"""What sways the founding year: certificates, Tết, promotions, new prices, bought orders, a bad batch; and growth to the mark.

Growth is worked out, not drawn: of all that is expected to be sold in both years, with everything else in place, the second
year's buyers come so much more often that its revenue is the first's and 35 hundredths of it.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from catalog.reference import table
from catalog.tet import Tet
from sandbox.buying import LINES_AN_ORDER
from sandbox.demand import SEASON, popularity
from sandbox.scenario_goods import FIRST, LAST, YEAR, FoundingYear, days, recognised_on
from sandbox.sways import Shelf, Sway, Sways
from sandbox.world import World

UPLIFT, GROWTH = 0.20, 0.35  # of a certified product's price; of online revenue over the year before
BEFORE_TET, TET_REST = (timedelta(days=21), timedelta(days=3)), (timedelta(days=2), timedelta(days=6))
PROMOTIONS, PROMOTION_DAYS = 4, 4  # of each product in two years
PRICE_CHANGES = 2
BURSTS = 3  # shelves whose seller buys from itself, on one day each


def sways_of(world: World, story: FoundingYear, volume: float) -> Sways:
    """`volume`: times as many buyers as usual, all the time."""
    found = [Sway(FIRST, None, demand=volume), *_tet(), *_events(world.rng("founding events"), story)]
    return Sways([*found, Sway(YEAR, None, demand=_growth(world, story, Sways(found)))])


def _tet() -> Iterator[Sway]:
    """Gifts are bought in the three weeks before Tết; over the days themselves nobody delivers."""
    for row in table("tet", Tet):
        yield Sway(row.first_day - BEFORE_TET[0], row.first_day - BEFORE_TET[1], demand=1.8)
        yield Sway(row.first_day - TET_REST[0], row.first_day + TET_REST[1], demand=0.3)


def _events(chance: random.Random, story: FoundingYear) -> Iterator[Sway]:
    for product in story.products:
        shelves = frozenset(story.shelves[product.code])
        if (decided := recognised_on(product)) is not None:
            yield Sway(decided, None, shelves, price=1 + UPLIFT)
        for _ in range(PROMOTIONS):
            first = _some_day(chance)
            yield Sway(first, first + timedelta(days=PROMOTION_DAYS - 1), shelves, demand=1.7, price=0.85)
        for _ in range(PRICE_CHANGES):
            yield Sway(_some_day(chance), None, shelves, price=chance.choice((0.94, 0.97, 1.03, 1.06)))
    for product in chance.sample(story.products, BURSTS):
        day = _some_day(chance)
        yield Sway(day, day, frozenset(story.shelves[product.code][:1]), demand=60)
    spoilt, day = chance.choice(story.products), _some_day(chance)
    yield Sway(day, day + timedelta(days=13), frozenset(story.shelves[spoilt.code]), returns=15)


def _some_day(chance: random.Random) -> date:
    return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))


def _growth(world: World, story: FoundingYear, sways: Sways) -> float:
    prices = story.prices_vnd
    weights = {shelf: popularity(world, shelf) for shelf in prices}
    last_day = YEAR - timedelta(days=1)
    before = sum(_expected(sways, prices, weights, day) for day in days(FIRST, last_day))
    after = sum(_expected(sways, prices, weights, day) for day in days(YEAR, LAST))
    return (1 + GROWTH) * before / after


def _expected(sways: Sways, prices: Mapping[Shelf, int], weights: Mapping[Shelf, float], day: date) -> float:
    """A day's revenue, but for a constant: what buyers came for, and what they took along from the same shop, whatever it was."""
    total = 0.0
    for shop in {shelf[:2] for shelf in prices}:
        shelves = [shelf for shelf in prices if shelf[:2] == shop]
        paid = [prices[shelf] * sways.price(shelf, day) for shelf in shelves]
        visits = [weights[shelf] * sways.demand(shelf, day) for shelf in shelves]
        total += _dot(visits, paid) + (LINES_AN_ORDER - 1) * sum(visits) * sum(paid) / len(paid)
    return SEASON[day.month - 1] * total


def _dot(one: Iterable[float], other: Iterable[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
