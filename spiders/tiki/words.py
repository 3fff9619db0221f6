"""Words that several of Tiki's answers share."""

from pydantic import StrictInt

from catalog.reading import Sold
from spiders.answer import Answer
from spiders.draft import Draft
from spiders.sold import read_sold

_STATUS = {"available": True, "out_of_stock": False, "discontinued": False, "unavailable": False, "": None}


class QuantitySold(Answer):
    """The exact count beside its shown text, which may be coarse ("Đã bán 2k" for 2326): the count wins."""

    text: str
    value: StrictInt | None = None


def sold(draft: Draft, counter: QuantitySold | None) -> None:
    """All-time pieces. A counter that is absent says nothing; one with text "" and value 0 is a true zero."""
    if counter is None:
        return
    if counter.value is None:
        sold_text(draft, counter.text)
    elif counter.value < 0:
        draft.flags.append("sold_total: out of range")
    else:
        draft.sold_total = Sold(raw=counter.text, lo=counter.value, hi=counter.value)


def sold_text(draft: Draft, text: str | None) -> None:
    """A counter known by its text alone."""
    try:
        shown = read_sold(text)
    except ValueError as err:
        draft.flags.append(f"sold_total: {err}")
        return
    if shown is not None and shown.monthly:
        draft.sold_30d = shown.sold
    elif shown is not None:
        draft.sold_total = shown.sold


def available(draft: Draft, status: str | None) -> None:
    """Tiki's `inventory_status`; deals leave it empty. A status nobody has seen is flagged."""
    if status is None:
        return
    if status not in _STATUS:
        draft.flags.append(f"available: unknown status {status[:40]}")
    else:
        draft.available = _STATUS[status]


def rating(draft: Draft, average: float, count: int) -> None:
    """Tiki writes 0 of 0 for "no reviews yet"; the checks turn that 0 into None."""
    draft.rating_average, draft.rating_count = float(average), count
