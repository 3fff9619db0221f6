"""What every site's reader offers. One file or folder per site, found by looking: there is no list to edit."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from catalog.reading import Item
from spiders.page import Page, PageError, PageState, Reading

R = TypeVar("R")
_MOST_ROWS = 5_000


class Reader(ABC):
    """Bytes and an address in, items out. Pure: no requests, no clock, no settings."""

    code: ClassVar[str]
    hosts: ClassVar[frozenset[str]] = frozenset()  # where a redirect may lead besides the page's own host

    @abstractmethod
    def read(self, page: Page) -> Reading:
        """What the page says. Raises PageError for every state that gives no items; safe to repeat."""

    def is_product(self, url: str) -> bool:  # noqa: ARG002 - for sites that can tell
        """Whether the address alone says that a single product is there; False where it does not say."""
        return False

    def ratings_url(self, item: Item, number: int) -> str | None:  # noqa: ARG002 - for sites that have them
        """The address of the item's page of reviews, newest first, counted from 1; None where the site shows none to programs."""
        return None


def product(item: Item) -> Reading:
    """A product page's one item. Without a title it is not the page we know; with flags it is not a fact."""
    if item.title is None:
        raise PageError(PageState.LAYOUT_CHANGED, "a product page without a title")
    if item.flags:
        return Reading(PageState.BAD_DATA, "; ".join(item.flags), (item,))
    return Reading(PageState.OK, items=(item,))


def at_most(rows: Sequence[R]) -> Sequence[R]:
    """The rows of a list; one longer than any site's is bad data, so that no body takes all of a machine's memory."""
    if len(rows) > _MOST_ROWS:
        raise PageError(PageState.BAD_DATA, f"a list of more than {_MOST_ROWS} rows")
    return rows


def cards(items: list[Item]) -> Reading:
    """A list page's items. Single bad rows are flagged; a page of nothing but bad rows is bad data."""
    flagged = len([item for item in items if item.flags])
    evidence = f"{flagged} of {len(items)} rows flagged" if flagged else ""
    state = PageState.BAD_DATA if flagged and flagged == len(items) else PageState.OK
    return Reading(state, evidence, tuple(items))
