"""One spider for every site: it fetches, the site's reader reads, and each answer leaves as a visit."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import ClassVar

import scrapy
from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from catalog.reading import Item
from spiders.base import Reader
from spiders.crawling.answers import answered, newer, reading_of, unanswered, unasked
from spiders.crawling.missing import MissingFields
from spiders.crawling.turns import Turns
from spiders.page import PageState, Reading
from spiders.politeness import address_fault, host_of
from spiders.reading import led_elsewhere
from spiders.visits import CrawlOptions, PageRequest, Visit

Deliver = Callable[[Visit], None]
_STOPPING = {PageState.REFUSED, PageState.SLOW_DOWN}
_KEPT = {PageState.OK, PageState.BAD_DATA, PageState.LAYOUT_CHANGED, PageState.NOT_OFFERED, PageState.GONE}
_AHEAD = 64
LED_ELSEWHERE = "redirected to a login or verification page"


class SiteSpider(scrapy.Spider):
    """Pages in, visits out. The first refusal of a host stops that host's remaining pages at once."""

    reader: ClassVar[Reader]
    is_heard: ClassVar[bool] = False  # somebody says what is stored, and there is time to wait for it

    def __init__(self, pages: Sequence[PageRequest], options: CrawlOptions, deliver: Deliver) -> None:
        super().__init__(self.reader.code)
        self.pages = pages
        self.options = options
        self.deliver = deliver
        self.hosts = {host.removeprefix("www.") for host in self.reader.hosts}
        self.stopped: dict[str, str] = {}
        self.bug: BaseException | None = None  # of ours: the crawl's end tells it
        self.turns = Turns()
        self._missing = MissingFields(options.expected)

    async def start(self) -> AsyncIterator[Request]:
        """Pages are turned into requests a few at a time, so that five thousand cost no more memory than fifty."""
        asked = 0
        for page in self.pages:
            if fault := address_fault(page.url):
                self.deliver(unasked(page, PageState.DISALLOWED, fault))
            elif reason := self.stopped.get(host_of(page.url)):
                self.deliver(unasked(page, PageState.SKIPPED, reason))
            else:
                yield Request(page.url, self.parse, errback=self.failed, dont_filter=True, meta={"page": page})
                asked += 1
                if asked % _AHEAD == 0:
                    await self.crawler.signals.wait_for(signals.scheduler_empty)

    def see(self, request: Request, response: Response) -> None:
        """Called while the answer still holds its host's only place: a refusal must stop the host before the next request leaves."""
        if led_elsewhere(_location(response)):
            self._stop({request.meta["page"].url, response.url}, LED_ELSEWHERE)
        host = host_of(request.meta["page"].url)
        if self.is_heard:
            self.turns.took(host_of(response.url), request.meta["page"].page_id)
        reading = self._missing.checked(host, reading_of(self.reader.code, request.meta["page"].url, response))
        request.meta["reading"] = reading
        if reading.state in _STOPPING or host in self._missing.vanished:
            self._stop({request.meta["page"].url, response.url}, reading.evidence)

    def _stop(self, urls: set[str], evidence: str) -> None:
        for url in urls:
            self.stopped.setdefault(host_of(url), f"its host was stopped after: {evidence}")

    def parse(self, response: Response) -> Sequence[Request] | None:
        """No generator: Scrapy starts a hundred tasks for each one it is given, which costs more than the reading."""
        reading: Reading = response.meta["reading"]
        page: PageRequest = response.meta["page"]
        visit = answered(response, reading)
        self._hand_over(replace(visit, vanished=self._missing.vanished.get(host_of(page.url), ())), response)
        if self.options.reviews and reading.state == PageState.OK and len(reading.items) == 1:
            (item,) = reading.items
            everything = page.all_reviews or (item.rating_count is not None and item.rating_count < page.held)
            if everything or item.rating_count is None or item.rating_count > page.held:
                return self._reviews(response, item, 1, everything=everything)
        return None  # the page itself says that there are no more than we hold

    def parse_reviews(self, response: Response, item: Item, number: int, everything: bool) -> Sequence[Request] | None:
        """Newest first: a page that holds a known review is the last one asked for, and only what is newer is kept.

        All of them are read where fewer are counted than we hold, or where the caller wants to know which were edited or deleted.
        """
        known = frozenset() if everything else response.meta["page"].known_review_ids
        reading, all_new = newer(response.meta["reading"], known)
        visit = replace(answered(response, reading), review_page=number, all_reviews=everything)
        self._hand_over(visit, response)
        most = self.options.all_review_pages if everything else self.options.review_pages
        if reading.ratings and reading.ratings.has_next and all_new and number < most:
            return self._reviews(response, item, number + 1, everything=everything)
        return None

    def _hand_over(self, visit: Visit, response: Response) -> None:
        is_kept = self.options.keep_bodies and visit.state in _KEPT and response.body
        self.deliver(replace(visit, body=response.body) if is_kept else visit)

    def failed(self, failure: Failure) -> None:
        """No answer, or one that a rule of ours stopped."""
        self.deliver(unanswered(failure))

    def _reviews(self, response: Response, item: Item, number: int, *, everything: bool) -> Sequence[Request] | None:
        address = self.reader.ratings_url(item, number)
        if address is None:
            return None
        return [
            response.follow(
                address,
                self.parse_reviews,
                errback=self.failed,
                dont_filter=True,
                meta={"page": response.meta["page"]},
                cb_kwargs={"item": item, "number": number, "everything": everything},
            )
        ]


def _location(response: Response) -> str:
    """Where a redirect leads; empty for every other answer."""
    is_redirect = 300 <= response.status < 400  # noqa: PLR2004 - statuses
    return str(response.headers.get("Location") or b"", "latin-1") if is_redirect else ""
