"""The last door before the network: every request passes here at the moment it is sent, robots.txt and redirects included."""

import time
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders.crawling.halts import Halt
from spiders.crawling.spider import SiteSpider
from spiders.page import PageState
from spiders.politeness import address_fault, host_of, is_private

_private_names: set[str] = set()  # refused by the resolver, whose errors Twisted does not pass on


class GuardedHandler(HTTP11DownloadHandler):
    """Refuses other schemes, credentials in addresses, private networks, and hosts that have refused in this run."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._unpacking = HttpCompressionMiddleware.from_crawler(crawler)
        self._allow_private: bool = crawler.settings.getbool("OCOP_ALLOW_PRIVATE")

    async def download_request(self, request: Request) -> Response:
        if fault := address_fault(request.url):
            raise Halt(PageState.DISALLOWED, fault)
        if not self._allow_private and is_private(urlsplit(request.url).hostname or ""):
            raise Halt(PageState.DISALLOWED, "a private address")
        await self._wait_for_its_turn(request)
        stopped: dict[str, str] = getattr(self._crawler.spider, "stopped", {})
        if reason := stopped.get(host_of(request.url)):
            raise Halt(PageState.SKIPPED, reason)
        try:
            response = await super().download_request(request)
        except CannotResolveHostError:
            if urlsplit(request.url).hostname in _private_names:
                raise Halt(PageState.DISALLOWED, "a name that leads to a private address") from None
            raise
        finally:
            self._count_the_pause_from_now(host_of(request.url))
        return self._seen(request, response)

    async def _wait_for_its_turn(self, request: Request) -> None:
        spider = self._crawler.spider
        if isinstance(spider, SiteSpider) and "page" in request.meta:
            await spider.turns.came(host_of(request.url), request.meta["page"].page_id)

    def _count_the_pause_from_now(self, host: str) -> None:
        """From the answer's end, not from the moment the request was due: then no clock but the host's own need be trusted."""
        downloader = self._crawler.engine.downloader if self._crawler.engine else None
        if downloader is not None and (slot := downloader.slots.get(host)):
            slot.lastseen = time.monotonic()

    def _seen(self, request: Request, response: Response) -> Response:
        """Unpacked and read here, before the downloader lets the host's next request go."""
        answer = cast("Response", self._unpacking.process_response(request, response))
        spider = self._crawler.spider
        if isinstance(spider, SiteSpider) and "page" in request.meta:
            try:
                spider.see(request, answer)
            except Exception as bug:
                spider.bug = bug  # an errback would take it for a failure of the network
                raise
        return answer


class GuardedResolver(CachingThreadedResolver):
    """A public name that leads to a private address is refused on the address that would be connected to."""

    allow_private = False

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        resolver: GuardedResolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("OCOP_ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":  # noqa: N802 - Twisted's name
        resolved: Deferred[str] = super().getHostByName(name, timeout)
        return resolved if self.allow_private else resolved.addCallback(_public, name)


def _public(address: str, name: str) -> str:
    if is_private(address):
        _private_names.add(name)
        raise DNSLookupError("a name that leads to a private address")
    return address
