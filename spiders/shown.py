"""What a site shows, put into a draft: a text or number that cannot be read, or cannot be true, is flagged and gives no value."""

from decimal import Decimal
from typing import Literal

from catalog.reading import Sold
from spiders.currencies import is_foreign
from spiders.draft import Draft
from spiders.numbers import read_count, read_range
from spiders.sold import read_sold

SoldField = Literal["sold_total", "sold_30d"]
_MOST_SOLD = 10**10


def exact_sold(draft: Draft, name: SoldField, count: int | None, raw: str | None = None) -> None:
    """A counter given as a number. None says nothing; 0 is a true zero, because the key was there."""
    if count is None:
        return
    if not 0 <= count <= _MOST_SOLD:
        draft.flags.append(f"{name}: out of range")
    else:
        setattr(draft, name, Sold(str(count) if raw is None else raw.strip(), count, count))


def sold_text(draft: Draft, text: str | None) -> None:
    """A counter known by its text alone; the text says whether it is of the last 30 days."""
    try:
        shown = read_sold(text)
    except ValueError as err:
        draft.flags.append(f"sold_total: {err}")
        return
    if shown is None:
        return
    if shown.sold.lo > _MOST_SOLD:
        draft.flags.append("sold_total: out of range")
    elif shown.monthly:
        draft.sold_30d = shown.sold
    else:
        draft.sold_total = shown.sold


def price_text(draft: Draft, name: Literal["price", "list_price"], text: str | None) -> None:
    """An amount with or without its currency mark, or a range of amounts; in a currency other than the draft's it is flagged and not taken."""
    if is_foreign(text, draft.currency):
        draft.flags.append(f"{name}: in another currency than the page's")
        return
    try:
        low, high = read_range(text)
    except ValueError as err:
        draft.flags.append(f"{name}: {err}")
        return
    setattr(draft, name, low)
    if name == "price" and high is not None:
        draft.price_max = high


def count_text(draft: Draft, text: str | None) -> None:
    """A shown number of ratings; an empty text says nothing."""
    try:
        draft.rating_count = read_count(text)
    except ValueError as err:
        draft.flags.append(f"rating_count: {err}")


def list_price_of(price: Decimal | None) -> Decimal | None:
    """0 and -1 are two ways of saying that there is no list price."""
    return price if price is not None and price > 0 else None


def average(draft: Draft, stars: float | None) -> None:
    """A star average given as a number. One too large for a float is as wrong as any above 5."""
    if stars is None:
        return
    if abs(stars) > _MOST_SOLD:
        draft.flags.append("rating_average: outside 0 to 5")
    else:
        draft.rating_average = float(stars)
