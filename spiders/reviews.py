"""What every site's list of reviews is held to. Rows whose stars or date cannot be true are left out and counted in the evidence."""

from collections.abc import Iterable

from catalog.reading import RatingsPage
from spiders.draft import clean
from spiders.page import PageState, Reading

_LATEST_S = 4_102_444_800  # 2100-01-01 UTC
_STARS = range(1, 6)


def possible(stars: float, created_s: int | None = None) -> bool:
    """Whole stars from one to five, and a date of this century where there is one."""
    return stars in _STARS and (created_s is None or 0 < created_s < _LATEST_S)


def lines(text: str | None) -> str | None:
    """A review's text in its own lines, without control characters and empty lines."""
    if text and text.isprintable():  # one line, as most reviews are
        return clean(text)
    cleaned = (clean(line) for line in (text or "").splitlines())
    return "\n".join(line for line in cleaned if line) or None


def same_of(ids: Iterable[int | str | None]) -> str | None:
    """The one id that all rows carry; None where they carry none, or more than one."""
    found = {number for number in ids if number is not None}
    return str(found.pop()) if len(found) == 1 else None


def stars_of(average: float | None, count: int | None) -> float | None:
    """A summary's average; None where nobody rated, and where it cannot be one."""
    return float(average) if average and count and 0 < average <= max(_STARS) else None


def settled(ratings: RatingsPage, rows: int, asked: str | None) -> Reading:
    """A list of another product is worth nothing; a list with impossible rows keeps the others, as evidence."""
    if asked is not None and ratings.item_external_id not in {None, asked}:
        return Reading(PageState.BAD_DATA, "reviews of another product than asked for")
    lost = rows - len(ratings.reviews)
    if lost:
        return Reading(PageState.BAD_DATA, f"{lost} of {rows} reviews with impossible stars or dates", ratings=ratings)
    return Reading(PageState.OK, ratings=ratings)
