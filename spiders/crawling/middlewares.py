"""robots.txt and redirects, stricter than Scrapy's own."""

from http import HTTPStatus
from typing import Any, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from twisted.internet.defer import Deferred

from spiders.crawling.answers import header
from spiders.crawling.halts import Halt
from spiders.crawling.pace import HostDownloader
from spiders.crawling.spider import LED_ELSEWHERE, SiteSpider
from spiders.page import Page, PageState
from spiders.politeness import bare_host, host_of
from spiders.reading import led_elsewhere, refusal

_LARGEST_ROBOTS_BYTES = 512 * 1024


class _Closed:
    """Stands for a robots.txt that could not be read. A refusal is told once; the host's other pages are then skipped."""

    def __init__(
        self, state: PageState, evidence: str, status: int | None = None, retry_after: str | None = None
    ) -> None:
        self._state = state
        self._evidence = evidence
        self._status = status
        self._retry_after = retry_after
        self._told = False

    def halt(self) -> Halt:
        if self._told and self._state != PageState.DISALLOWED:
            return Halt(PageState.SKIPPED, f"its host was stopped after: {self._evidence}")
        self._told = True
        return Halt(self._state, self._evidence, self._status, self._retry_after)


class Robots(RobotsTxtMiddleware):
    """RFC 9309: no such file allows everything; a server error or no answer forbids everything for this run.

    A page instead of the file is unreadable and forbids as well (listing-page notes, section 9); a refusal is one here as anywhere.
    """

    def process_request_2(self, rp: Any, request: Request) -> None:
        agent = self._default_useragent
        if isinstance(rp, _Closed):
            raise rp.halt()
        if rp is not None and not rp.allowed(request.url, agent):
            raise Halt(PageState.DISALLOWED, "robots.txt forbids this address")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        answer = Page(response.url, response.body)
        retry_after = header(response, "Retry-After")
        if refused := refusal(answer, response.status, retry_after):
            evidence = f"robots.txt: {refused.evidence}"
            self._settle(netloc, _Closed(refused.state, evidence, response.status, retry_after))
        elif HTTPStatus.BAD_REQUEST <= response.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._settle(netloc, None)
        elif response.status != HTTPStatus.OK:
            self._settle(netloc, _Closed(PageState.DISALLOWED, f"robots.txt answered {response.status}"))
        elif answer.is_html:
            self._settle(netloc, _Closed(PageState.DISALLOWED, "robots.txt is a page, not rules"))
        else:
            parser = self._parserimpl.from_crawler(self.crawler, response.body[:_LARGEST_ROBOTS_BYTES])
            self._slow_down(parser.crawl_delay(self._default_useragent), request)
            self._settle(netloc, parser)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, Halt):
            self._settle(netloc, _Closed(exc.state, exc.evidence))
        else:
            self._settle(
                netloc, _Closed(PageState.DISALLOWED, f"robots.txt could not be fetched: {type(exc).__name__}")
            )

    def _settle(self, netloc: str, parser: Any) -> None:
        waiting = cast("Deferred[Any]", self._parsers[netloc])
        self._parsers[netloc] = parser
        waiting.callback(parser)

    def _slow_down(self, delay_s: float | None, request: Request) -> None:
        """A Crawl-delay longer than ours is kept to, by this host alone. With no delay at all (a pretend shop) there is none to lengthen."""
        downloader = self.crawler.engine.downloader
        if delay_s and self.crawler.settings.getfloat("DOWNLOAD_DELAY") and isinstance(downloader, HostDownloader):
            downloader.ask_at_most_every(delay_s, host_of(request.url))


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
        """Empty for `scrapy shell`, whose spider knows no site: there a redirect stays on its host."""
        spider = self.crawler.spider
        return spider.hosts if isinstance(spider, SiteSpider) else set()

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if request.meta.get("redirect_times", 0) >= self.max_redirect_times:
            raise Halt(PageState.NETWORK, "more than five redirects")
        return super()._redirect(redirected, request, reason)

    def handle_referer(self, request: Request, response: Response) -> None:  # noqa: ARG002 - Scrapy's interface
        request.headers.pop("Referer", None)

    def _engine_started(self) -> None:
        """There is no Referer to handle."""
