"""How pieces are sold: a negative binomial process, in grids of numbers.

In `days` at `rate` pieces a day, the count has the mean rate x days and `dispersion` times that as its variance: orders of
several pieces, good days and bad ones. Counts of neighbouring times are independent, so it does not matter where time is cut.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def chances(means: Floats, dispersion: float | Floats, most: int) -> Floats:
    """Row by mean: the chance of 0, 1, …, `most` pieces. `dispersion` is above 1, the same for all or one for each mean."""
    spread = np.broadcast_to(dispersion, means.shape)[:, None]
    shape = means[:, None] / (spread - 1)
    number = np.arange(1, most + 1)[None, :]
    steps = np.log((number - 1 + shape) / number) + np.log1p(-1 / spread)
    none = -shape * np.log(spread)
    result: Floats = np.exp(np.concatenate([none, none + np.cumsum(steps, axis=1)], axis=1))
    return result


def draw(means: Floats, dispersion: float, chance: np.random.Generator) -> Ints:
    """One count for each mean."""
    result: Ints = chance.poisson(chance.gamma(np.maximum(means, 1e-12) / (dispersion - 1), dispersion - 1))
    return result


def moves(means: Floats, dispersion: float, first: int, step: int, count: int, widths: tuple[int, int]) -> Floats:
    """The chance of moving `first`, first + step, … pieces (`count` of them), from a cell to a cell of these widths.

    A cell of width w is any of w neighbouring counts, equally likely. Both sums over the cells' counts are differences of the
    twice-added chances, so a wide cell costs no more than a single count.
    """
    here, there = widths
    top = max(first + step * (count - 1) + there, 0)
    twice = np.cumsum(np.cumsum(chances(means, dispersion, top), axis=1), axis=1)
    padded = np.concatenate([np.zeros((len(means), 1)), twice], axis=1)
    at = first + step * np.arange(count)

    def upto(number: Ints) -> Floats:
        result: Floats = padded[:, np.clip(number + 1, 0, None)]
        return result

    result: Floats = (
        (upto(at + there - 1) - upto(at + there - 1 - here)) - (upto(at - 1) - upto(at - 1 - here))
    ) / here
    return np.maximum(result, 0.0)
