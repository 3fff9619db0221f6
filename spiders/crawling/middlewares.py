"""robots.txt and redirects, stricter than Scrapy's own."""

from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from twisted.internet.defer import Deferred

from spiders.crawling.halts import Halt
from spiders.crawling.spider import LED_ELSEWHERE, SiteSpider
from spiders.page import PageState
from spiders.politeness import bare_host
from spiders.reading import led_elsewhere

_LARGEST_ROBOTS_BYTES = 512 * 1024
_OK = 200


class _DenyAll:
    """Stands for a robots.txt that could not be read."""

    def __init__(self, evidence: str) -> None:
        self.evidence = evidence

    def allowed(self, url: str, user_agent: str) -> bool:  # noqa: ARG002 - the parser's interface
        return False


class Robots(RobotsTxtMiddleware):
    """RFC 9309: no such file allows everything; a server error, a refusal or no answer forbids everything for this run.

    A page instead of the file is unreadable and forbids as well (listing-page notes, section 9).
    """

    def process_request_2(self, rp: Any, request: Request) -> None:
        agent = self._default_useragent
        if isinstance(rp, _DenyAll):
            raise Halt(PageState.DISALLOWED, rp.evidence)
        if rp is not None and not rp.allowed(request.url, agent):
            raise Halt(PageState.DISALLOWED, "robots.txt forbids this address")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if 400 <= response.status < 500 and response.status not in {401, 403, 429}:  # noqa: PLR2004 - statuses
            self._settle(netloc, None)
        elif response.status != _OK:
            self._settle(netloc, _DenyAll(f"robots.txt answered {response.status}"))
        elif response.body[:200].lstrip()[:1] == b"<":
            self._settle(netloc, _DenyAll("robots.txt is a page, not rules"))
        else:
            parser = self._parserimpl.from_crawler(self.crawler, response.body[:_LARGEST_ROBOTS_BYTES])
            self._slow_down(parser.crawl_delay(self._default_useragent), request)
            self._settle(netloc, parser)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        evidence = exc.evidence if isinstance(exc, Halt) else f"robots.txt could not be fetched: {type(exc).__name__}"
        self._settle(netloc, _DenyAll(evidence))

    def _settle(self, netloc: str, parser: Any) -> None:
        waiting = cast("Deferred[Any]", self._parsers[netloc])
        self._parsers[netloc] = parser
        waiting.callback(parser)

    def _slow_down(self, delay_s: float | None, request: Request) -> None:
        """A Crawl-delay longer than ours is kept to. With no delay at all (a pretend shop) there is none to lengthen."""
        settings = self.crawler.settings
        if not delay_s or delay_s <= settings.getfloat("DOWNLOAD_DELAY") or not settings.getfloat("DOWNLOAD_DELAY"):
            return
        if throttle := self.crawler.get_extension(AutoThrottle):
            throttle.mindelay = throttle.maxdelay = delay_s
        slot = self.crawler.engine.downloader.slots.get(urlsplit(request.url).hostname or "")
        if slot is not None:
            slot.delay = delay_s
        self.crawler.engine.downloader._delay = delay_s  # noqa: SLF001 - slots of later requests start from it


class Redirects(RedirectMiddleware):
    """Follows at most five, never to a login or punishment page, and only between the hosts this crawl may visit."""

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.crawler: Crawler

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:  # noqa: ARG002
        answer = super().process_response(request, response)
        if not isinstance(answer, Request):
            return answer
        if led_elsewhere(answer.url):
            raise Halt(PageState.REFUSED, LED_ELSEWHERE, response.status)
        if bare_host(answer.url) not in {bare_host(request.url), *self._hosts()}:
            raise Halt(PageState.DISALLOWED, "redirected to a host outside this site", response.status)
        return answer

    def _hosts(self) -> set[str]:
        return cast("SiteSpider", self.crawler.spider).hosts

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise Halt(PageState.NETWORK, "more than five redirects")
        return super()._redirect(redirected, request, reason)

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 - Scrapy's interface
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """There is no Referer to handle."""
