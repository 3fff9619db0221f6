"""Walking a cursor: to its end, never in a circle."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from connectors.errors import UnexpectedAnswerError


class CursorPage(Protocol):
    @property
    def more(self) -> bool: ...

    @property
    def next_cursor(self) -> str: ...


Page = TypeVar("Page", bound=CursorPage)


def pages(read: Callable[[str], Page]) -> Iterator[Page]:
    """Every page from the empty cursor on. Raises UnexpectedAnswerError when a cursor comes a second time."""
    seen, cursor = {""}, ""
    while True:
        page = read(cursor)
        yield page
        if not page.more:
            return
        cursor = page.next_cursor
        if cursor in seen:
            raise UnexpectedAnswerError("a cursor came back a second time", marketplace="shopee")
        seen.add(cursor)
