"""How many ratings buyers give for a piece, out of our own listings: ratings come days after what they are given for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import sqrt

import numpy as np

from analysis.market.ours import LONGEST_WAIT, Ours
from analysis.report import Period

SHOPS_DIFFER = 0.3  # a guess: two shops of three are within so much of their marketplace's mean
LEAST_RATINGS = 20  # below, their share means nothing


@dataclass(frozen=True)
class Habit:
    """`seen`: on how many ratings it rests."""

    a_piece: float
    seen: int

    @property
    def unsure(self) -> float:
        """How far another listing's habit may be from this, as a part of it: shops differ, and few ratings are few."""
        return sqrt(SHOPS_DIFFER**2 + 1 / self.seen)


def habit(ours: Sequence[Ours], period: Period) -> Habit | None:
    """Pooled over listings that show ratings. None with too few of them.

    A shop that opens shows pieces at once and ratings a week later, so pieces are counted the wait earlier. The wait is the whole
    number of days with which the two rise most alike.
    """
    shown = [one for one in ours if len(one.ratings) > 1]
    given, bought = Counter[date](), Counter[date]()
    for one in shown:
        given.update(_given(one, period))
        for sale in one.sales:
            bought[_day(sale.at, period)] += sale.ordered
    seen = given.total()
    if seen < LEAST_RATINGS:
        return None
    days = [min(given) + timedelta(days=number) for number in range((max(given) - min(given)).days + 1)]
    rising = np.cumsum([given[day] for day in days])
    waits = [_shifted(days, bought, wait) for wait in range(LONGEST_WAIT.days + 1)]
    fits = [(float(np.square(rising - seen * part / part[-1]).sum()), float(part[-1])) for part in waits if part[-1]]
    return Habit(seen / min(fits)[1], seen) if fits else None


def _given(one: Ours, period: Period) -> Counter[date]:
    """New ratings by local day; a count that falls gives none."""
    found: Counter[date] = Counter()
    for (_, before), (at, after) in pairwise(one.ratings):
        found[_day(at, period)] += max(after - before, 0)
    return found


def _shifted(days: Sequence[date], bought: Counter[date], wait: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.cumsum([float(bought[day - timedelta(days=wait)]) for day in days])


def _day(at: datetime, period: Period) -> date:
    return at.astimezone(period.zone).date()
