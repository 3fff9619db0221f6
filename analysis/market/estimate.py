"""One listing's units and đồng in a period, out of its public counter: many ways it may have been, and their middle."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import numpy as np

from analysis.market.calibration import Calibration
from analysis.market.counter import Reading, rising_runs, telling, tightened
from analysis.market.habits import SHOPS_DIFFER
from analysis.market.paths import Paths, Ratings, Stop, sample
from analysis.market.process import Floats, Ints, draw

DRAWS = 400
BAND = (0.05, 0.5, 0.95)
FURTHEST = timedelta(days=3)  # how far beyond the readings a rate may be carried on
DAY_S = 86_400.0


@dataclass(frozen=True)
class Band:
    """A point, and the two ends between which nine truths of ten lie."""

    lo: int
    point: int
    hi: int


@dataclass(frozen=True)
class Estimate:
    """Units sold for good and their đồng in [`first`, `last`]; `oddities` name what made it harder."""

    units: Ints
    revenue: Ints | None  # None: no page gave a price
    first: datetime
    last: datetime
    oddities: tuple[str, ...] = field(default=())

    @property
    def units_band(self) -> Band:
        return band(self.units)

    @property
    def revenue_band_vnd(self) -> Band | None:
        return None if self.revenue is None else band(self.revenue)


def band(draws: Ints) -> Band:
    lo, point, hi = (round(float(value)) for value in np.quantile(draws, BAND))
    return Band(lo, point, hi)


def estimate(
    readings: Sequence[Reading], start: datetime, end: datetime, known: Calibration, seed: int
) -> Estimate | None:
    """None where the counter says too little: fewer than two readings of one run, or a cap on all of them.

    The same readings and seed give the same draws. Readings from before and after [start, end) are used where there are any.
    """
    chance = np.random.default_rng(seed)
    runs = [_Run(run, start, end) for run in rising_runs(readings)]
    inside = [run for run in runs if run.is_usable]
    if not inside:
        return None
    spans = _with_gaps(inside, known, chance)
    first, last = inside[0].first, inside[-1].last
    edges = ((max(start, first - FURTHEST), first), (last, min(end, last + FURTHEST)))
    for (begin, stop), (run, span) in zip(edges, ((inside[0], spans[0]), (inside[-1], spans[-1])), strict=True):
        if stop > begin:
            price = run.price_at_edge(first=stop == first)
            spans.append(_Span(span.rates, _beyond(span.rates, stop - begin, known, chance), (price,)))
    oddities = tuple(
        name
        for name, is_so in (
            ("counter_fell", len(runs) > 1),
            ("capped", any(run.is_capped for run in runs)),
            ("not_whole_period", first - FURTHEST > start or last + FURTHEST < end),
        )
        if is_so
    )
    units, revenue = _kept(spans, known, chance)
    return Estimate(units, revenue, max(start, first - FURTHEST), min(end, last + FURTHEST), oddities)


@dataclass(frozen=True)
class _Span:
    """Pieces counted in a stretch of time: a row a draw, a column a part; `prices` has one for each part."""

    rates: Floats
    pieces: Ints
    prices: tuple[int | None, ...]


class _Run:
    """One rising run, cut to the period: what lies outside only bounds what lies inside."""

    def __init__(self, readings: Sequence[Reading], start: datetime, end: datetime) -> None:
        bounded = [reading for reading in tightened(readings) if reading.hi is not None]
        self.is_capped = len(bounded) < len(readings)
        self._readings = _cut(bounded, start, end)

    @property
    def is_usable(self) -> bool:
        return len(self._readings) > 1 and self.last > self.first

    @property
    def first(self) -> datetime:
        return self._readings[0].at

    @property
    def last(self) -> datetime:
        return self._readings[-1].at

    def price_at_edge(self, *, first: bool) -> int | None:
        return self._readings[0 if first else -1].price_vnd

    def span(self, known: Calibration, chance: np.random.Generator) -> _Span:
        told = telling(self._readings)
        stops = [Stop((one.at - self.first).total_seconds() / DAY_S, one.lo, cast("int", one.hi)) for one in told]
        paths: Paths = sample(stops, known.dispersion, DRAWS, chance, self._ratings(known))
        pieces = np.diff(paths.counts, axis=1)
        return _Span(paths.rates, *_by_price(pieces, [reading.price_vnd for reading in told], chance))

    def _ratings(self, known: Calibration) -> Ratings | None:
        """Ratings may cover less time than the run does: then that share of its pieces gives them."""
        said = [(reading.at, reading.ratings) for reading in self._readings if reading.ratings is not None]
        if known.habit is None or not said:
            return None
        (begin, before), (end, after) = said[0], said[-1]
        share = (end - begin) / (self.last - self.first)
        if not share or after < before:
            return None
        return Ratings(after - before, known.habit.a_piece * share, known.habit.unsure)


def _cut(readings: Sequence[Reading], start: datetime, end: datetime) -> list[Reading]:
    """The readings inside, and one at each edge that has a neighbour outside: between the two neighbours' bounds."""
    before = [reading for reading in readings if reading.at < start]
    after = [reading for reading in readings if reading.at > end]
    inside = [reading for reading in readings if start <= reading.at <= end]
    if before and (inside or after) and (not inside or inside[0].at > start):
        inside.insert(0, Reading(start, before[-1].lo, (inside or after)[0].hi, before[-1].price_vnd))
    if after and inside and inside[-1].at < end:
        inside.append(Reading(end, inside[-1].lo, after[0].hi, after[0].price_vnd))
    return inside


def _by_price(
    pieces: Ints, prices: Sequence[int | None], chance: np.random.Generator
) -> tuple[Ints, tuple[int | None, ...]]:
    """Each part at the price in force; where it changed between two readings, at some moment between them."""
    columns: list[Ints] = []
    paid: list[int | None] = []
    for number in range(pieces.shape[1]):
        old, new, part = prices[number], prices[number + 1], pieces[:, number]
        if old == new:
            columns.append(part)
            paid.append(old)
        else:
            early = chance.binomial(part, chance.random(len(part)))
            columns += [early, part - early]
            paid += [old, new]
    return np.stack(columns, axis=1), tuple(paid)


def _with_gaps(runs: Sequence[_Run], known: Calibration, chance: np.random.Generator) -> list[_Span]:
    """Every run, and between two of them what the later one's rate makes likely."""
    spans: list[_Span] = []
    for number, run in enumerate(runs):
        span = run.span(known, chance)
        if number:
            gap = run.first - runs[number - 1].last
            price = run.price_at_edge(first=True)
            spans.append(_Span(span.rates, _beyond(span.rates, gap, known, chance), (price,)))
        spans.append(span)
    return spans


def _beyond(rates: Floats, gap: timedelta, known: Calibration, chance: np.random.Generator) -> Ints:
    return draw(rates * (gap.total_seconds() / DAY_S), known.dispersion, chance)[:, None]


def _kept(spans: Sequence[_Span], known: Calibration, chance: np.random.Generator) -> tuple[Ints, Ints | None]:
    """What was neither cancelled nor returned: one share a draw, of a shop like ours or not quite, then order by order."""
    ours = chance.beta(known.lost, known.kept, DRAWS)
    differs = chance.lognormal(-(SHOPS_DIFFER**2) / 2, SHOPS_DIFFER, DRAWS)  # one on average
    lost = np.minimum(ours * differs, 1.0)[:, None]
    kept = [_less_lost(span.pieces, lost, known, chance) for span in spans]
    units: Ints = np.sum([part.sum(axis=1) for part in kept], axis=0)
    prices = [price for span in spans for price in span.prices]
    if None in prices:
        return units, None
    revenue: Ints = np.concatenate(kept, axis=1) @ np.array(prices, dtype=np.int64)
    return units, revenue


def _less_lost(pieces: Ints, share: Floats, known: Calibration, chance: np.random.Generator) -> Ints:
    """Whole orders are lost, so what is lost is as uneven as what is ordered."""
    lost = draw((pieces * share).ravel(), known.dispersion, chance).reshape(pieces.shape)
    result: Ints = pieces - np.minimum(lost, pieces)
    return result
