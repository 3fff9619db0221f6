"""A public sold counter over time: each reading an interval, the whole tightened by its never going back.

A reading says `lo` to `hi` pieces were ever sold; `hi` None is a cap ("5k+"): nobody says how many more. A counter that falls
was corrected or its listing put up anew; what lies before and after is read apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Reading:
    """`price_vnd`: what a piece cost at that moment; `ratings`: how many there were. None where the page does not say."""

    at: datetime
    lo: int
    hi: int | None
    price_vnd: int | None = None
    ratings: int | None = None


def rising_runs(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Readings, oldest first, cut wherever the counter can only have fallen."""
    runs: list[list[Reading]] = []
    highest = 0
    for reading in readings:
        if not runs or (reading.hi is not None and reading.hi < highest):
            runs.append([])
            highest = 0
        runs[-1].append(reading)
        highest = max(highest, reading.lo)
    return runs


def tightened(run: Sequence[Reading]) -> list[Reading]:
    """The same readings when each also knows the others: at least what was seen before, at most what is seen later.

    So the moment at which 1,2k becomes 1,3k says more than either text. Still open above where nothing later has a bound.
    """
    found, least = [], 0
    for reading in run:
        least = max(least, reading.lo)
        found.append(replace(reading, lo=least))
    most: int | None = None
    for number in range(len(found) - 1, -1, -1):
        if (hi := found[number].hi) is not None:
            most = hi if most is None else min(most, hi)
        found[number] = replace(found[number], hi=most)
    return found


def telling(run: Sequence[Reading]) -> list[Reading]:
    """The readings that say something: where the interval or the price begins or ends being what it is."""

    def says(reading: Reading) -> tuple[int, int | None, int | None]:
        return reading.lo, reading.hi, reading.price_vnd

    last = len(run) - 1
    return [
        reading
        for number, reading in enumerate(run)
        if number in {0, last} or not says(run[number - 1]) == says(reading) == says(run[number + 1])
    ]
