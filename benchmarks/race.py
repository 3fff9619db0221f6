"""The same work done twice, by the product and by the least that could do it, in turns on one machine.

A machine's speed changes from minute to minute, so no number here stands alone: both sides run in every round, each round
gives one ratio, and the median of the ratios is what counts. A lap counts only when it left behind what it should have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Literal, NamedTuple

NO_TARGET = "–"

Left = Mapping[str, int]  # counts and sums of what a lap left behind


class WrongEndError(Exception):
    """A lap was fast because it did something else."""


class Lap(NamedTuple):
    """`seconds` of the work alone, set-up left out, and what it left behind."""

    seconds: float
    left: Left


Side = Callable[[], Lap]


@dataclass(frozen=True)
class Target:
    """How far from the floor the product may be: "speed", at least so much of its pace; "time", at most so many times its time.

    Without a bound the ratio is told and judged by nobody.
    """

    bound: float | None
    of: Literal["speed", "time"] = "speed"

    def ratio(self, ours_s: float, floor_s: float) -> float:
        return floor_s / ours_s if self.of == "speed" else ours_s / floor_s

    def is_met(self, ratio: float) -> bool:
        if self.bound is None:
            return True
        return ratio >= self.bound if self.of == "speed" else ratio <= self.bound

    def __str__(self) -> str:
        if self.bound is None:
            return NO_TARGET
        return f"{'≥' if self.of == 'speed' else '≤'} {self.bound:.2f}"


class Floor(NamedTuple):
    """Whom the product is measured against."""

    name: str
    side: Side
    target: Target


@dataclass(frozen=True)
class Race:
    """`amount` units of work a lap. `leaves`: the end state that every side must reach."""

    what: str
    unit: str
    amount: int
    leaves: Left
    ours: Side
    floors: tuple[Floor, ...]


@dataclass(frozen=True)
class Result:
    """One line of the table. `ours` and `floor` are medians, in `unit`."""

    what: str
    unit: str
    ours: float
    floor_name: str
    floor: float
    ratio: float
    target: str
    is_met: bool


def run(race: Race, rounds: int) -> list[Result]:
    """One result for each floor. Raises WrongEndError when a lap left anything but what the race says."""
    sides = (race.ours, *(floor.side for floor in race.floors))
    times: list[list[float]] = [[] for _ in sides]
    for number in range(rounds):
        turns = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        for turn in turns:
            times[turn].append(_timed(race, sides[turn]))
    ours, *others = times
    return [_result(race, floor, ours, theirs) for floor, theirs in zip(race.floors, others, strict=True)]


def _timed(race: Race, side: Side) -> float:
    lap = side()
    if lap.left != race.leaves:
        raise WrongEndError(f"{race.what}: {dict(lap.left)} was left behind, not {dict(race.leaves)}")
    return lap.seconds


def _result(race: Race, floor: Floor, ours_s: list[float], floor_s: list[float]) -> Result:
    ratio = median(floor.target.ratio(mine, theirs) for mine, theirs in zip(ours_s, floor_s, strict=True))
    return Result(
        what=race.what,
        unit=race.unit,
        ours=race.amount / median(ours_s),
        floor_name=floor.name,
        floor=race.amount / median(floor_s),
        ratio=ratio,
        target=str(floor.target),
        is_met=floor.target.is_met(ratio),
    )
