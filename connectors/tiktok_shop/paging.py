"""Walking pages: to their end, never in a circle (Partner reference 1.4 and 4, read 2026-11-24)."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from connectors.errors import UnexpectedAnswerError
from connectors.http import Reply
from connectors.tiktok_shop.payloads.kinds import Paged

Page = TypeVar("Page", bound=Paged)


def pages(read: Callable[[str | None], Page]) -> Iterator[Page]:
    """Every page from the first on. Raises UnexpectedAnswerError when a token comes a second time."""
    turned = Tokens()
    token = None
    while True:
        page = read(token)
        yield page
        if not page.next_page_token:
            return
        token = turned.once(page.next_page_token)


def changes(
    read: Callable[[int, str | None], Reply[Page]], times: Callable[[Page], list[int]], start: int, end: int
) -> Iterator[tuple[Reply[Page], int]]:
    """Pages of what changed in [start, end), earliest change first, each with the second before which all has been seen.

    A row that changes meanwhile leaves the window, and those behind it move up into pages already read. So after a full page
    the window itself starts anew at its latest change; tokens only turn pages within one second. Rows may repeat.
    """
    turned = Tokens()
    token = None
    while True:
        reply = read(start, token)
        if not reply.answer.next_page_token:
            yield reply, start
            return
        latest = max((time for time in times(reply.answer) if time < end), default=start)
        token = turned.once(reply.answer.next_page_token) if latest <= start else None
        start = max(start, latest)
        yield reply, start


class Tokens:
    """Page tokens of one walk."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def once(self, token: str) -> str:
        """The token, if it is new."""
        if token in self._seen:
            raise UnexpectedAnswerError("a page token came back a second time", marketplace="tiktok_shop")
        self._seen.add(token)
        return token
