"""What shopee's bodies share: its unit of money, its six-number rating count, its refusals.

Every amount is an integer, the currency's main unit times 100000, in all countries; a remainder means a corrupt row.
"""

from decimal import Decimal
from typing import Any

from spiders.answer import Answer, Number
from spiders.draft import Draft
from spiders.numbers import exact
from spiders.page import PageError, PageState
from spiders.shown import average

_SCALE = -5
_BLOCKED = 90309999
_NO_SUCH_ITEM = 4
_SIX = 6
_MEAN_TOLERANCE = 0.006  # true means agree to within 0.005
_MOST_COUNT = 10**10
_FOR_SALE = {"normal": True}


def refuse_error(body: Any, *, item_asked: bool = False) -> Any:
    """Body as it is, unless it is a refusal; for an item that was asked for, error 4 says that there is no such item."""
    if not isinstance(body, dict):
        return body
    error = body.get("error")
    if error == _BLOCKED:
        raise PageError(PageState.REFUSED, f"refused by site: error {_BLOCKED}")
    if error is None or error == 0 or any(body.get(name) for name in ("data", "item", "items")):
        return body
    if item_asked and error == _NO_SUCH_ITEM:
        raise PageError(PageState.GONE, f"error {_NO_SUCH_ITEM}: no such item")
    raise PageError(PageState.REFUSED, "refused by site: an error in place of data")


def units(raw: float) -> Decimal:
    """Main units. The division is exact; a fraction of a đồng is for the checks to see."""
    return exact(raw).scaleb(_SCALE)


def money(raw: float | None) -> Decimal | None:
    """The same where there may be no amount."""
    return None if raw is None else units(raw)


class Rating(Answer):
    """`rating_count` is [all, 1★ … 5★]."""

    rating_star: Number | None = None
    rating_count: list[int] | None = None


def rating(draft: Draft, said: Rating | None) -> None:
    """The average is held against the mean of its own stars; both are dropped with a flag where they disagree."""
    if said is None:
        return
    average(draft, said.rating_star)
    counts = said.rating_count
    if counts is None:
        return
    if len(counts) != _SIX:
        draft.flags.append("rating_count: not six numbers")
        return
    draft.rating_count, *stars = counts
    draft.rating_histogram = tuple(stars)
    _hold_to_mean(draft, stars)


def _hold_to_mean(draft: Draft, stars: list[int]) -> None:
    total = sum(stars)
    if draft.rating_average is None or not all(0 <= n <= _MOST_COUNT for n in stars) or not total:
        return
    mean = sum(star * n for star, n in enumerate(stars, 1)) / total
    if abs(mean - draft.rating_average) > _MEAN_TOLERANCE:
        draft.flags.append("rating_average: not the mean of its stars")
        draft.rating_average = None


def availability(draft: Draft, status: int | None, item_status: str | None) -> None:
    """1 and "normal" mean that the listing is up; whether it can be bought is then its stock's to say. Other words are flagged."""
    if status not in {None, 1}:
        draft.flags.append("available: unknown status")
    elif item_status is not None and item_status not in _FOR_SALE:
        draft.flags.append("available: unknown item_status")
    elif (status is not None or item_status is not None) and draft.stock is not None:
        draft.available = draft.stock > 0
