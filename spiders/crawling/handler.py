"""The last door before the network: every request passes here at the moment it is sent, robots.txt and redirects included."""

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from spiders.crawling.halts import Halt
from spiders.page import PageState
from spiders.politeness import address_fault, host_of, is_private

_private_names: set[str] = set()  # refused by the resolver, whose errors Twisted does not pass on


class GuardedHandler(HTTP11DownloadHandler):
    """Refuses other schemes, credentials in addresses, private networks, and hosts that have refused in this run."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        self._allow_private: bool = crawler.settings.getbool("OCOP_ALLOW_PRIVATE")

    async def download_request(self, request: Request) -> Response:
        if fault := address_fault(request.url):
            raise Halt(PageState.DISALLOWED, fault)
        if not self._allow_private and is_private(urlsplit(request.url).hostname or ""):
            raise Halt(PageState.DISALLOWED, "a private address")
        stopped: dict[str, str] = getattr(self._crawler.spider, "stopped", {})
        if reason := stopped.get(host_of(request.url)):
            raise Halt(PageState.SKIPPED, reason)
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            if urlsplit(request.url).hostname in _private_names:
                raise Halt(PageState.DISALLOWED, "a name that leads to a private address") from None
            raise


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
