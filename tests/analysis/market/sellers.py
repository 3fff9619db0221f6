"""A pretend listing and its public counter, independent of the estimate: orders come by chance, each of one to four pieces."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from analysis.market.counter import Reading
from analysis.market.ours import Sale

START = datetime(2026, 10, 1, tzinfo=UTC)
DAYS = 30
PIECES, WEIGHTS = (1, 2, 3, 4), (66, 20, 9, 5)  # 1.53 on average
KEPT, RATED, SHOPS_DIFFER = 0.92, 0.3, 0.3

Shown = Callable[[int], tuple[int, int]]


def exactly(sold: int) -> tuple[int, int]:
    return sold, sold


def in_hundreds(sold: int) -> tuple[int, int]:
    """1,2k: cut after one decimal."""
    return (sold, sold) if sold < 1000 else (sold // 100 * 100, sold // 100 * 100 + 99)


def in_thousands(sold: int) -> tuple[int, int]:
    return (sold, sold) if sold < 1000 else (sold // 1000 * 1000, sold // 1000 * 1000 + 999)


@dataclass(frozen=True)
class Seller:
    sales: list[Sale]  # of the 30 days
    readings: list[Reading]  # one a day

    @property
    def kept(self) -> int:
        return sum(sale.kept for sale in self.sales)


def sell(seed: int, pieces_a_day: float, before: int, shown: Shown, price_vnd: int = 100_000) -> Seller:
    """Sales go on for twelve days before the first reading, so that ratings come as they would.

    Of one shop's buyers more rate than of another's, and more send back.
    """
    chance = random.Random(seed)
    rate, lost = RATED * _differing(chance), (1 - KEPT) * _differing(chance)
    at, sales, rated = -12.0, [], []
    while (at := at + chance.expovariate(pieces_a_day / 1.53)) < DAYS:
        ordered = chance.choices(PIECES, WEIGHTS)[0]
        kept = 0 if chance.random() < lost else ordered
        if kept and chance.random() < rate:
            rated.append(at + chance.uniform(2, 10))
        if at > 0:
            sales.append(Sale(START + timedelta(days=at), ordered, kept))
    readings = []
    for day in range(DAYS):
        moment = START + timedelta(days=day, hours=3)
        counted = before + sum(sale.ordered for sale in sales if sale.at <= moment)
        ratings = sum(START + timedelta(days=rating) <= moment for rating in rated)
        readings.append(Reading(moment, *shown(counted), price_vnd, ratings))
    return Seller(sales, readings)


def _differing(chance: random.Random) -> float:
    """One on average."""
    return chance.lognormvariate(-(SHOPS_DIFFER**2) / 2, SHOPS_DIFFER)
