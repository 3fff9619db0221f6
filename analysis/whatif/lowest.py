"""The lowest price at which a piece loses nothing, by marketplace: what a computed price floor is."""

from collections.abc import Iterable

from analysis.whatif.offers import Conditions, Costs, Offer
from analysis.whatif.piece import floor_vnd
from analysis.whatif.report import FLOOR_REACH


def lowest_prices(conditions: Conditions, offers: Iterable[Offer], costs: Costs) -> dict[str, int | None]:
    """Of one pack. Where several shops of a marketplace sell it the dearest terms count; None where any of them is unknown."""
    found: dict[str, list[int | None]] = {}
    for offer in offers:
        terms = conditions.terms(offer, costs)
        found.setdefault(offer.marketplace, []).append(floor_vnd(terms, FLOOR_REACH * offer.price_vnd))
    return {market: _dearest(floors) for market, floors in found.items()}


def _dearest(floors: list[int | None]) -> int | None:
    known = [floor for floor in floors if floor is not None]
    return max(known) if len(known) == len(floors) else None
