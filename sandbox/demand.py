"""How often buyers come: drawn for each market, shop, SKU and Vietnamese day from those alone, however the clock is stepped."""

import math
import random
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sandbox import buying
from sandbox.sways import Shelf
from sandbox.things import VIETNAM, OfferState, vietnam_day

if TYPE_CHECKING:
    from sandbox.world import World

ORDERS_A_DAY = 0.14  # by an average SKU; a register of some 140 packs sells about 20 orders a day and market
VIEWS_AN_ORDER = 40
# Tết and the gifts before it, the wedding season, the slack summer.
SEASON = (1.5, 1.3, 0.9, 0.9, 0.85, 0.8, 0.8, 0.9, 1.0, 1.1, 1.1, 1.3)


class Demand:
    """Announces to the world, at the start of each day, every visit of a buyer that day; prices that sway turn then."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._shelves: dict[Shelf, float] = {}  # popularity
        self._open_next_day()

    def expect(self, market: str, shop: str, sku: str) -> None:
        """A SKU is on offer from now on: buyers may come for the rest of this day and on every later one."""
        shelf = (market, shop, sku)
        if shelf not in self._shelves:
            self._shelves[shelf] = popularity(self._world, shelf)
            self._announce(shelf, vietnam_day(self._world.clock.now()))

    def _open_next_day(self) -> None:
        tomorrow = vietnam_day(self._world.clock.now()) + timedelta(days=1)
        self._world.later(_midnight(tomorrow), partial(self._open, tomorrow))

    def _open(self, day: date) -> None:
        yesterday = day - timedelta(days=1)
        self._turn_prices(day)
        for shelf in self._shelves:
            self._count_views(shelf, yesterday)
            self._announce(shelf, day)
        self._open_next_day()

    def _announce(self, shelf: Shelf, day: date) -> None:
        chance = self._world.rng("demand", *shelf, day)
        mean = ORDERS_A_DAY * self._shelves[shelf] * SEASON[day.month - 1]
        wanted = poisson(chance, mean * self._world.sways.demand(shelf, day))
        now, midnight = self._world.clock.now(), _midnight(day)
        for number in range(wanted):
            at = midnight + timedelta(seconds=chance.randrange(86_400))
            if at > now:
                self._world.later(at, partial(buying.visit, self._world, shelf, (day, number)))

    def _turn_prices(self, day: date) -> None:
        turning = self._world.sways.turning(day)
        for shelf in self._shelves if turning else ():
            if shelf in turning or None in turning:
                for offer in self._world.namesakes(*shelf):
                    offer.sway_price(self._world.sways.price(shelf, day))
                    self._world.touch(offer)

    def _count_views(self, shelf: Shelf, day: date) -> None:
        """Views are counted when the day is over, for what is then on show."""
        offer = next((o for o in self._world.namesakes(*shelf) if o.state is OfferState.LIVE), None)
        if offer:
            mean = ORDERS_A_DAY * VIEWS_AN_ORDER * self._shelves[shelf]
            seen = round(self._world.rng("views", *shelf, day).gauss(mean, math.sqrt(mean)))
            offer.views_on[day] = offer.views_on.get(day, 0) + max(0, seen)


def popularity(world: "World", shelf: Shelf) -> float:
    """Times as many buyers as an average shelf has."""
    return world.rng("popularity", *shelf).lognormvariate(0, 0.6)


def poisson(chance: random.Random, mean: float) -> int:
    """A Poisson count by multiplying uniforms (Knuth); means here stay far below the 700 where exp() runs out."""
    floor, product, count = math.exp(-mean), chance.random(), 0
    while product > floor:
        product *= chance.random()
        count += 1
    return count


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
