"""What our own shops teach: how unevenly pieces are sold, how much of what a counter counts is sold for good, who rates."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.market.habits import Habit

LEAST_PIECES = 50  # below that our own shops teach nothing
TRUSTED_PIECES = 20.0  # what was believed before weighs as much as so many pieces
BELIEVED_DISPERSION, BELIEVED_KEPT = 2.5, 0.9  # before anything is known: see docs/market-estimate.md


@dataclass(frozen=True)
class OwnListing:
    """One of ours: what its public counter counted in a time, and what was sold then and neither cancelled nor returned.

    Where no page of it shows a counter, the pieces ordered are what one would count. That time ends before
    what is sold could still come back; `daily`, pieces ordered on each day, goes on.
    """

    counted: int
    kept: int
    daily: Sequence[int]


@dataclass(frozen=True)
class Calibration:
    """`kept` and `lost` are the two weights of a beta distribution; `listings` is how many of ours it rests on.

    `habit` None: ratings say nothing, for nobody knows how many buyers give one.
    """

    dispersion: float = BELIEVED_DISPERSION
    kept: float = TRUSTED_PIECES * BELIEVED_KEPT
    lost: float = TRUSTED_PIECES * (1 - BELIEVED_KEPT)
    habit: Habit | None = None
    listings: int = 0


def calibrate(own: Sequence[OwnListing], habit: Habit | None = None) -> Calibration:
    """From listings of one marketplace. With too few pieces sold, what was believed before stays."""
    pieces = sum(listing.counted for listing in own)
    if pieces < LEAST_PIECES:
        return Calibration(habit=habit)
    kept = sum(min(listing.kept, listing.counted) for listing in own)
    dispersion = _dispersion(
        own
    )  # pieces are lost by whole orders: so many of them say as much as one that is lost alone
    return Calibration(
        dispersion=dispersion,
        kept=TRUSTED_PIECES * BELIEVED_KEPT + kept / dispersion,
        lost=TRUSTED_PIECES * (1 - BELIEVED_KEPT) + (pieces - kept) / dispersion,
        habit=habit,
        listings=len(own),
    )


def _dispersion(own: Sequence[OwnListing]) -> float:
    """Variance of a day's pieces over their mean, pooled over listings, drawn towards what was believed before."""
    spread = mean = 0.0
    for listing in own:
        if (days := len(listing.daily)) > 1:
            average = sum(listing.daily) / days
            spread += sum((pieces - average) ** 2 for pieces in listing.daily) / (days - 1)
            mean += average
    weight = sum(sum(listing.daily) for listing in own)
    pooled = spread / mean if mean else BELIEVED_DISPERSION
    drawn = (pooled * weight + BELIEVED_DISPERSION * TRUSTED_PIECES) / (weight + TRUSTED_PIECES)
    return max(drawn, 1.05)
