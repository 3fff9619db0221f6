"""Ways in which a counter may have risen, all of them in keeping with every reading, each as often as it is likely.

A grid of rates times a grid of counts: forwards, how likely each count is at each reading under each rate; backwards, draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np

from analysis.market.process import Floats, Ints, chances, moves

RATES = 48
PROPOSED = 4  # times as many draws are made as are kept where ratings choose among them
RATED_DISPERSION = 1.1  # of ratings for a known number of pieces: each order's buyer decides alone
CELLS = 96  # a reading's interval is looked at in at most so many cells


@dataclass(frozen=True)
class Stop:
    """A moment, in days, at which between `lo` and `hi` pieces had been sold."""

    day: float
    lo: int
    hi: int


@dataclass(frozen=True)
class Paths:
    """`counts` has a row for each draw and a column for each stop; `rates` is each draw's pieces a day."""

    counts: Ints
    rates: Floats


@dataclass(frozen=True)
class Ratings:
    """So many ratings came between the first stop and the last; `a_piece` of them are given for each piece sold.

    `unsure`: how far that share may be from this listing's own, as a part of it (one standard deviation).
    """

    count: int
    a_piece: float
    unsure: float


def sample(
    stops: Sequence[Stop], dispersion: float, draws: int, chance: np.random.Generator, ratings: Ratings | None = None
) -> Paths:
    """Draws of the counter at every stop; at least two stops, tightened, at different times. ValueError when impossible."""
    cell = max(1, -(-max(stop.hi - stop.lo + 1 for stop in stops) // CELLS))
    grids = [_Grid(stop, cell) for stop in stops]
    rates = _rates(stops)
    links = [_link(*pair, rates, dispersion) for pair in pairwise(grids)]
    forward, evidence = _forward(grids, links)
    wanted = draws
    if ratings:
        said = _of_ratings(ratings, rates * (stops[-1].day - stops[0].day), dispersion)
        evidence, draws = evidence + said, draws * PROPOSED
    which = chance.choice(RATES, size=draws, p=_share(evidence))
    places = _backward(forward, links, which, chance)
    counts = np.stack(
        [grid.starts[place] + chance.integers(0, grid.width, draws) for grid, place in zip(grids, places, strict=True)],
        axis=1,
    )
    bounded = np.clip(counts, [stop.lo for stop in stops], [stop.hi for stop in stops])
    paths = Paths(np.maximum.accumulate(bounded, axis=1), rates[which])
    return _fitting(paths, ratings, said[which], wanted, chance) if ratings else paths


def _fitting(paths: Paths, ratings: Ratings, counted_in: Floats, draws: int, chance: np.random.Generator) -> Paths:
    """Those draws whose own pieces explain the ratings; `counted_in` is what the draw's rate was credited for them already."""
    pieces = (paths.counts[:, -1] - paths.counts[:, 0]).astype(np.float64)
    picked = chance.choice(
        len(pieces), size=draws, p=_share(_of_ratings(ratings, pieces, RATED_DISPERSION) - counted_in)
    )
    return Paths(paths.counts[picked], paths.rates[picked])


class _Grid:
    """One stop's counts in cells of equal width; an exact count is a single cell of one."""

    def __init__(self, stop: Stop, cell: int) -> None:
        self.day = stop.day
        self.width = 1 if stop.lo == stop.hi else cell
        self.starts: Ints = np.arange(stop.lo, stop.hi + 1, cell)


def _rates(stops: Sequence[Stop]) -> Floats:
    """Equally spaced in their logarithm over everything the readings leave possible: no rate is preferred."""
    days = stops[-1].day - stops[0].day
    least, most = max(stops[-1].lo - stops[0].hi, 0), stops[-1].hi - stops[0].lo
    return np.geomspace(max(least / 2, 0.2) / days, (2 * most + 3) / days, RATES)


def _link(here: _Grid, there: _Grid, rates: Floats, dispersion: float) -> Floats:
    """[rate, from cell, to cell]: how likely the counter moves so between two stops. A view: it depends on the distance alone."""
    days, step = there.day - here.day, max(here.width, there.width)
    far, near = len(here.starts), len(there.starts)
    first = int(there.starts[0] - here.starts[-1])
    kernel = moves(rates * days, dispersion, first, step, far + near - 1, (here.width, there.width))
    windows = np.lib.stride_tricks.sliding_window_view(kernel, near, axis=1)
    return windows[:, ::-1, :]


def _forward(grids: Sequence[_Grid], links: Sequence[Floats]) -> tuple[list[Floats], Floats]:
    """[rate, cell] for every stop, each rate's row adding to one; and the logarithm of how likely each rate makes the readings."""
    known = np.full((RATES, len(grids[0].starts)), 1 / len(grids[0].starts))
    forward, evidence = [known], np.zeros(RATES)
    for link in links:
        known = np.einsum("gs,gst->gt", known, link)
        total = known.sum(axis=1, keepdims=True)
        with np.errstate(divide="ignore"):
            evidence = evidence + np.log(total[:, 0])
        known = known / np.where(total > 0, total, 1.0)
        forward.append(known)
    return forward, evidence


def _of_ratings(ratings: Ratings, pieces: Floats, dispersion: float) -> Floats:
    """How likely each makes that many ratings; they come as unevenly as the orders they are given for, and from buyers of one shop."""
    means = np.maximum(pieces, 0.5) * ratings.a_piece
    with np.errstate(divide="ignore"):
        said = np.log(chances(means, dispersion + means * ratings.unsure**2, ratings.count)[:, -1])
    return cast("Floats", said)


def _share(evidence: Floats) -> Floats:
    best = evidence.max()
    if not np.isfinite(best):
        raise ValueError("no rate explains these readings")
    weight = np.exp(evidence - best)
    return cast("Floats", weight / weight.sum())


def _backward(
    forward: Sequence[Floats], links: Sequence[Floats], which: Ints, chance: np.random.Generator
) -> list[Ints]:
    """A cell for every stop and draw, from the last stop to the first."""
    places = [_pick(forward[-1][which], chance)]
    for known, link in zip(forward[-2::-1], links[::-1], strict=True):
        places.append(_pick(known[which] * link[which, :, places[-1]], chance))
    return places[::-1]


def _pick(weights: Floats, chance: np.random.Generator) -> Ints:
    """One column of each row, as often as its weight says."""
    upto = np.cumsum(weights, axis=1)
    return cast("Ints", (upto < chance.random((len(weights), 1)) * upto[:, -1:]).sum(axis=1))
