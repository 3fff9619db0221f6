"""Spiders by name for Scrapy's own commands: `scrapy list`, `scrapy crawl tiki -a url=https://tiki.vn/... -O out.jsonl`."""

import logging
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from spiders import sites
from spiders.crawling.spider import SiteSpider
from spiders.politeness import contact_fault, user_agent
from spiders.visits import CrawlOptions, PageRequest, Visit

_log = logging.getLogger(__name__)


class CommandSpider(SiteSpider):
    """Takes `-a url=`, several separated by spaces, and yields items instead of visits."""

    def __init__(self, url: str = "", *, contact: str = "") -> None:
        pages = [PageRequest(number, address) for number, address in enumerate(url.split())]
        super().__init__(pages, CrawlOptions(contact=contact), _report)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "CommandSpider":
        contact = crawler.settings.get("OCOP_CONTACT", "")
        if fault := contact_fault(contact):
            raise CloseSpider(fault)
        crawler.settings.set("USER_AGENT", user_agent(contact), priority="spider")
        spider: CommandSpider = super().from_crawler(crawler, *args, contact=contact, **kwargs)
        return spider

    def parse(self, response: Response) -> Any:
        super().parse(response)
        return [item.as_json() for item in response.meta["reading"].items]


def _report(visit: Visit) -> None:
    log = _log.info if visit.state == "ok" else _log.warning
    log("%s %s: %s", visit.state, visit.final_url, visit.evidence)


def _spiders() -> dict[str, type[CommandSpider]]:
    """Scrapy's loader looks for classes that were made in this module."""
    return {
        f"{code.title().replace('_', '')}Spider": type(
            code, (CommandSpider,), {"name": code, "reader": reader, "__module__": __name__}
        )
        for code, reader in sites().items()
    }


globals().update(_spiders())
