"""What our own shops teach: how unevenly pieces are sold, and how much of what a counter counts is sold for good."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_PIECES = 50  # below that our own shops teach nothing
LEAST_RATINGS = 20
TRUSTED_PIECES = 20.0  # what was believed before weighs as much as so many pieces
BELIEVED_DISPERSION, BELIEVED_KEPT = 2.5, 0.9  # before anything is known: see docs/market-estimate.md


@dataclass(frozen=True)
class OwnListing:
    """One of ours: what its public counter counted in a time, and what was sold then and neither cancelled nor returned.

    `daily`: pieces ordered on each day of that time. `rated`: ratings that came in it, None where no page says.
    """

    counted: int
    kept: int
    daily: Sequence[int]
    rated: int | None = None


@dataclass(frozen=True)
class Calibration:
    """`kept` and `lost` are the two weights of a beta distribution; `listings` is how many of ours it rests on.

    `ratings_a_piece` None: ratings say nothing, for nobody knows how many buyers give one.
    """

    dispersion: float = BELIEVED_DISPERSION
    kept: float = TRUSTED_PIECES * BELIEVED_KEPT
    lost: float = TRUSTED_PIECES * (1 - BELIEVED_KEPT)
    ratings_a_piece: float | None = None
    listings: int = 0


def calibrate(own: Sequence[OwnListing]) -> Calibration:
    """From listings of one marketplace. With too few pieces sold, what was believed before stays."""
    pieces = sum(listing.counted for listing in own)
    if pieces < LEAST_PIECES:
        return Calibration()
    kept = sum(min(listing.kept, listing.counted) for listing in own)
    return Calibration(
        dispersion=_dispersion(own),
        kept=TRUSTED_PIECES * BELIEVED_KEPT + kept,
        lost=TRUSTED_PIECES * (1 - BELIEVED_KEPT) + pieces - kept,
        ratings_a_piece=_ratings_a_piece(own),
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


def _ratings_a_piece(own: Sequence[OwnListing]) -> float | None:
    """None below so many ratings that their share means something."""
    said = [listing for listing in own if listing.rated is not None]
    rated = sum(listing.rated or 0 for listing in said)
    return rated / sum(listing.counted for listing in said) if rated >= LEAST_RATINGS else None
