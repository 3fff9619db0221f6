"""Other people's listings on a marketplace: nobody's orders are ours to read, only a counter, a price and ratings to be seen.

Everything about one follows from the seed, its number and the moment asked about. Nothing is stored and no event announced,
so they cost nothing until somebody looks. What they really sold is the truth that estimates are scored against.
"""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from sandbox.buying import LINES_AN_ORDER, PIECES, PIECES_A_LINE, PIECES_WEIGHTS
from sandbox.demand import SEASON, poisson
from sandbox.lifecycle import CANCELLED_SHARE, RETURNED_SHARE, REVIEWED_SHARE
from sandbox.things import VIETNAM, vietnam_day

if TYPE_CHECKING:
    from sandbox.world import World

HILLS = ("Đồi Xa", "Đồi Nắng", "Đồi Sim", "Đồi Thông")  # invented, and in no name of the register
KINDS = ("Chè búp", "Trà móc câu", "Mật ong rừng", "Miến dong", "Măng khô", "Gạo nếp")
FIRST_DAY = date(2026, 9, 10)  # three weeks before the world's first: ratings of then still come in
DAY_S = 86_400
PROMOTED, ON_SALE = 1.7, 0.85  # demand and price while a promotion lasts
RATED_SHARE = REVIEWED_SHARE / LINES_AN_ORDER  # of purchases: a buyer rates one line of a basket, here as in our shops
HABITS_DIFFER = 0.3  # some shops ask for ratings, others do not: the deviation of the logarithm of their share


@dataclass(frozen=True)
class Purchase:
    """`kept` 0: cancelled or sent back. `rated_at` None: no rating."""

    at: datetime
    pieces: int
    kept: int
    price_vnd: int
    rated_at: datetime | None


class Neighbour:
    """One listing of another seller."""

    def __init__(self, world: "World", market: str, number: int) -> None:
        self._world, self._key = world, (market, number)
        chance = world.rng("neighbour", market, number)
        self.number = number
        self.title = f"{KINDS[number % len(KINDS)]} {HILLS[number // len(KINDS) % len(HILLS)]} số {number + 1}"
        self.usual_price_vnd = chance.randrange(40, 400) * 1000
        self.pieces_a_day = chance.lognormvariate(1.4, 0.8)
        self.before = chance.choice((chance.randrange(950), chance.randrange(1_000, 8_000)))
        promotion = chance.randrange(10, 50)
        self._promoted = range(promotion, promotion + 4) if chance.random() < 0.4 else range(0)
        self._rated_share = RATED_SHARE * chance.lognormvariate(-(HABITS_DIFFER**2) / 2, HABITS_DIFFER)

    def sold(self, at: datetime) -> int:
        """Pieces ever ordered: what a public counter counts."""
        return self.before + sum(purchase.pieces for purchase in self._until(at))

    def ratings(self, at: datetime) -> int:
        given = sum(1 for purchase in self._until(at) if purchase.rated_at is not None and purchase.rated_at <= at)
        return self.before // 5 + given

    def price_vnd(self, at: datetime) -> int:
        return self._price_vnd(vietnam_day(at))

    def truth(self, first: datetime, last: datetime) -> tuple[int, int]:
        """Pieces bought in [first, last) and kept, and the đồng paid for them."""
        kept = [purchase for purchase in self._until(last) if purchase.at >= first]
        return sum(one.kept for one in kept), sum(one.kept * one.price_vnd for one in kept)

    def _until(self, at: datetime) -> list[Purchase]:
        days = (vietnam_day(at) - FIRST_DAY).days + 1
        return [purchase for day in range(days) for purchase in self._day(day) if purchase.at <= at]

    @cached_property
    def _days(self) -> dict[int, list[Purchase]]:
        return {}

    def _day(self, number: int) -> list[Purchase]:
        if number not in self._days:
            self._days[number] = self._drawn(number)
        return self._days[number]

    def _drawn(self, number: int) -> list[Purchase]:
        day = FIRST_DAY + timedelta(days=number)
        chance = self._world.rng("neighbour", *self._key, day)
        busy = PROMOTED if number in self._promoted else 1.0
        orders = poisson(chance, self.pieces_a_day / PIECES_A_LINE * SEASON[day.month - 1] * busy)
        midnight = datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
        bought = [self._purchase(chance, midnight, self._price_vnd(day)) for _ in range(orders)]
        return sorted(bought, key=lambda purchase: purchase.at)

    def _purchase(self, chance: random.Random, midnight: datetime, price_vnd: int) -> Purchase:
        at = midnight + timedelta(seconds=chance.randrange(DAY_S))
        pieces = chance.choices(PIECES, PIECES_WEIGHTS)[0]
        is_kept = chance.random() >= CANCELLED_SHARE + RETURNED_SHARE
        wait = timedelta(seconds=chance.randrange(2 * DAY_S, 10 * DAY_S))
        rated_at = at + wait if is_kept and chance.random() < self._rated_share else None
        return Purchase(at, pieces, pieces if is_kept else 0, price_vnd, rated_at)

    def _price_vnd(self, day: date) -> int:
        is_on_sale = (day - FIRST_DAY).days in self._promoted
        return int(self.usual_price_vnd * ON_SALE) // 1000 * 1000 if is_on_sale else self.usual_price_vnd


def neighbours(world: "World", market: str, count: int = 24) -> list[Neighbour]:
    """The same ones each time."""
    return [Neighbour(world, market, number) for number in range(count)]
