"""Words that several of Tiki's answers share."""

from typing import Any, TypeVar

from spiders.answer import Answer
from spiders.draft import Draft
from spiders.page import Page, PageError, PageState
from spiders.shown import average, exact_sold, sold_text

A = TypeVar("A", bound=Answer)
_STATUS = {"available": True, "out_of_stock": False, "discontinued": False, "unavailable": False, "": None}


class Counted(Answer):
    """The exact count beside its shown text, which may be coarse ("Đã bán 2k" for 2326): the count wins."""

    text: str | None = None
    value: int | None = None


def sold(draft: Draft, counter: Counted | None) -> None:
    """All-time pieces. A counter that is absent says nothing; one with text "" and value 0 is a true zero."""
    if counter is None:
        return
    if counter.value is None:
        sold_text(draft, counter.text)
    else:
        exact_sold(draft, "sold_total", counter.value, counter.text)


def available(draft: Draft, status: str | None) -> None:
    """Tiki's `inventory_status`; deals leave it empty. A status nobody has seen is flagged."""
    if status is None:
        return
    if status not in _STATUS:
        draft.flags.append(f"available: unknown status {status[:40]}")
    else:
        draft.available = _STATUS[status]


def on_sale(draft: Draft, availability: int | None) -> None:
    """A list's own word for it: 1, or 0. Another number is flagged."""
    if availability is None:
        return
    if availability in {0, 1}:
        draft.available = availability == 1
    else:
        draft.flags.append("available: unknown availability")


def rating(draft: Draft, stars: float | None, count: int | None) -> None:
    """Tiki writes 0 of 0 for "no reviews yet"; the checks turn that 0 into None."""
    draft.rating_count = count
    average(draft, stars)


def refuse_error(body: Any) -> Any:
    """Tiki answers a refusal as `{"error": ...}`."""
    if isinstance(body, dict) and body.get("error"):
        raise PageError(PageState.REFUSED, "JSON with error in place of data")
    return body


def answer(page: Page, kind: type[A]) -> A:
    """A JSON body of one kind, read straight from its bytes; only one that is not of that kind is looked at for a refusal."""
    if page.is_html:
        raise PageError(PageState.REFUSED, "HTML came where JSON was asked for")
    try:
        return kind.read_json(page.body.removeprefix(b"\xef\xbb\xbf"))
    except PageError:
        refuse_error(page.json)
        raise
