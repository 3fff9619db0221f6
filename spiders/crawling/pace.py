"""How fast a host is asked: each by itself, with its port, and never faster than it asks for itself."""

from typing import Any

from scrapy import Request, Spider
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from spiders.politeness import host_of

JITTER_UP = 1.5  # the jitter of a third takes a pause down to two thirds: so it starts from half as much again


class HostDownloader(Downloader):
    """Scrapy's own, with one queue a host and port (it leaves the port out), wherever a redirect came from."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pauses_s: dict[str, float] = {}  # by host: from the Crawl-delay of its robots.txt

    def get_slot_key(self, request: Request) -> str:
        return host_of(request.url)

    def ask_at_most_every(self, delay_s: float, host: str) -> None:
        """From now on no two requests to that host are closer than this."""
        self._pauses_s[host] = delay_s * JITTER_UP
        self.lengthen(host)

    def lengthen(self, host: str) -> None:
        if slot := self.slots.get(host):
            slot.delay = max(slot.delay, self._pauses_s.get(host, 0.0))

    def _get_slot(self, request: Request, spider: Spider | None = None) -> tuple[str, Slot]:  # noqa: ARG002 - Scrapy's interface
        host, slot = super()._get_slot(request)
        self.lengthen(host)
        return host, slot


class Throttle(AutoThrottle):
    """Scrapy's own, which slows down with a slow host; a pause that the host asked for is never shortened."""

    def _response_downloaded(self, response: Response, request: Request, spider: Any) -> None:
        super()._response_downloaded(response, request, spider)
        downloader = self.crawler.engine.downloader
        if isinstance(downloader, HostDownloader):
            downloader.lengthen(host_of(request.url))
