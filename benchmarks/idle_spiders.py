"""Scrapy spiders that do less than ours, each crawling in a process of its own."""

import json
import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from spiders.visits import CrawlOptions, PageRequest

EMPTY, LEAN, PARSEL = "empty", "lean", "parsel"  # LEAN: empty, with our settings instead of Scrapy's own
LONGEST_S = 300.0
SCRAPYS_OWN = {  # its defaults, eight requests at once among them, with politeness off
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
}


def crawl_idly(kind: str, urls: Sequence[str]) -> int:
    """Fetch them all; how many answers the spider made use of."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "spiders.crawling.child"])  # the same head start as our own crawl has
    ours, theirs = context.Pipe()
    child = context.Process(target=_crawl, args=(kind, urls, theirs), daemon=True)
    child.start()
    theirs.close()
    assert ours.poll(LONGEST_S)
    seen: int = ours.recv()
    child.join()
    return seen


def _crawl(kind: str, urls: Sequence[str], told: Connection) -> None:
    import scrapy  # noqa: PLC0415 - the parent has no use for it
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 - see above

    seen: list[object] = []

    class Empty(scrapy.Spider):
        name = EMPTY
        start_urls = list(urls)  # noqa: RUF012 - a class made for one crawl

        def parse(self, response: Any) -> None:
            seen.append(response.status)

    class Parsel(Empty):
        name = PARSEL

        def parse(self, response: Any) -> None:
            seen.append(seven_fields(response)["price"])

    process = AsyncCrawlerProcess(_our_settings(urls) if kind == LEAN else SCRAPYS_OWN)
    process.crawl(Parsel if kind == PARSEL else Empty)
    process.start(install_signal_handlers=False)
    told.send(len([one for one in seen if one]))


def _our_settings(urls: Sequence[str]) -> Any:
    from spiders.crawling import child  # noqa: PLC0415 - see above

    options = CrawlOptions("ocop@example.vn", delay_s=0, allow_private=True)
    return child.settings([PageRequest(number, url) for number, url in enumerate(urls)], options)


def seven_fields(response: Any) -> dict[str, Any]:
    """What a first spider for such a page reads, the way Scrapy's tutorial teaches it."""
    linked = [json.loads(text) for text in response.css('script[type="application/ld+json"]::text').getall()]
    goods = next(node for block in linked for node in block.get("@graph", [block]) if node["@type"] == "Product")
    return {
        "name": response.css("h1::text").get(),
        "price": goods["offers"]["price"],
        "price_text": response.css(".product-price__current-price::text").get(),
        "url": response.css('link[rel="canonical"]::attr(href)').get(),
        "brand": goods["brand"]["name"],
        "sku": goods["sku"],
        "rating": goods.get("aggregateRating", {}).get("ratingValue"),
    }
