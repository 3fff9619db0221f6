"""A host is asked for the next page once what it said of the last one is stored.

So a crawl that is killed has at most one page a host on its way: only that one is asked for again. Where nobody says what is
stored nothing waits.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable


class Turns:
    """By host, the pages that answered and are not stored yet. Used from the crawl's own loop only."""

    def __init__(self) -> None:
        self._unsettled: dict[str, set[int]] = defaultdict(set)
        self._settled = asyncio.Event()

    def took(self, host: str, page_id: int) -> None:
        """The host answered something of that page."""
        self._unsettled[host].add(page_id)

    def settle(self, page_ids: Iterable[int]) -> None:
        """Everything that came of these pages is stored."""
        for pages in self._unsettled.values():
            pages.difference_update(page_ids)
        self._settled.set()
        self._settled = asyncio.Event()

    async def came(self, host: str, page_id: int) -> None:
        """Returns once no other page of the host is unsettled: its own redirects, second tries and reviews may go on."""
        while self._unsettled[host] - {page_id}:
            await self._settled.wait()
