"""What moves buyers and prices for some time: Tết, a promotion, a new price, a certificate, a bad batch, bought orders, a fee.

One shape for all of them: from a day to a day, of some shelves or of all, so many times what it would be without. Several at
once multiply. A world without any is as it was, to the last order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod

Shelf = tuple[str, str, str]  # market, shop, SKU


@dataclass(frozen=True)
class Sway:
    """From `first` to `last`, both Vietnamese days included; `last` None: for good. `shelves` None: all of them.

    `demand` times as many buyers come, a piece costs `price` times as much, `returns` times as many orders are sent back, and of
    orders placed then the marketplace takes `commission` times its rate.
    """

    first: date
    last: date | None
    shelves: frozenset[Shelf] | None = None
    demand: float = 1.0
    price: float = 1.0
    returns: float = 1.0
    commission: float = 1.0

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Sways:
    """All that sways one world."""

    def __init__(self, sways: Iterable[Sway] = ()) -> None:
        self._of: dict[Shelf | None, list[Sway]] = defaultdict(list)
        self._turns: dict[date, set[Shelf | None]] = defaultdict(set)
        for sway in sways:
            for shelf in [None] if sway.shelves is None else sorted(sway.shelves):
                self._add(shelf, sway)

    def demand(self, shelf: Shelf, day: date) -> float:
        return self._product(shelf, day, lambda sway: sway.demand)

    def price(self, shelf: Shelf, day: date) -> float:
        return self._product(shelf, day, lambda sway: sway.price)

    def returns(self, shelf: Shelf, day: date) -> float:
        return self._product(shelf, day, lambda sway: sway.returns)

    def commission(self, shelf: Shelf, day: date) -> float:
        return self._product(shelf, day, lambda sway: sway.commission)

    def turning(self, day: date) -> set[Shelf | None]:
        """The shelves whose price becomes another on that day; None among them: all."""
        return self._turns.get(day, set())

    def _add(self, shelf: Shelf | None, sway: Sway) -> None:
        self._of[shelf].append(sway)
        if sway.price != 1.0:
            self._turns[sway.first].add(shelf)
            if sway.last is not None:
                self._turns[sway.last + timedelta(days=1)].add(shelf)

    def _product(self, shelf: Shelf, day: date, factor: Callable[[Sway], float]) -> float:
        everywhere, here = self._of.get(None, ()), self._of.get(shelf, ())
        return prod(factor(sway) for sways in (everywhere, here) for sway in sways if sway.holds(day))
