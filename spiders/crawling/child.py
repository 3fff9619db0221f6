"""The crawling process: Scrapy with this project's settings, visits sent up a pipe in batches, an end as soon as nobody listens."""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from spiders import sites
from spiders.crawling import handler, middlewares
from spiders.crawling.spider import SiteSpider
from spiders.politeness import host_of, user_agent
from spiders.visits import CrawlOptions, PageRequest, Visit

LOADED = (handler, middlewares, sites())  # before the fork: importing them costs more than a small crawl

_BATCH = 32
_LONGEST_WAIT_S = 0.25
_MOST_IN_FLIGHT = 16


class Outbox:
    """Visits wait here until there are enough of them, or the oldest has waited long enough."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._waiting: list[Visit] = []
        self._sent_at = time.monotonic()

    def deliver(self, visit: Visit) -> None:
        self._waiting.append(visit)
        if len(self._waiting) >= _BATCH or time.monotonic() - self._sent_at >= _LONGEST_WAIT_S:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self._pipe.send(self._waiting)
            self._waiting = []
        self._sent_at = time.monotonic()

    def close(self) -> None:
        """An empty batch says that the crawl ended as it should."""
        self.flush()
        self._pipe.send([])
        self._pipe.close()


def run(site: str, pages: Sequence[PageRequest], options: CrawlOptions, pipe: Connection) -> None:
    """Crawl, then end. Started in a process of its own; Ctrl-C is the parent's to handle. A bug of ours ends the process with it."""
    gc.freeze()  # what was loaded lives as long as the process: no collection need look through it again
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger().addHandler(
        logging.NullHandler()
    )  # visits tell what happened; Scrapy's own lines hold addresses
    threading.Thread(target=_end_with_parent, args=(pipe,), daemon=True).start()
    outbox = Outbox(pipe)
    spider = type("Spider", (SiteSpider,), {"name": site, "reader": sites()[site]})
    process = AsyncCrawlerProcess(settings(pages, options))
    crawler = process.create_crawler(spider)
    bugs: list[BaseException] = []
    crawler.signals.connect(lambda failure: bugs.append(failure.value), signals.spider_error, weak=False)
    crawler.signals.connect(lambda spider: bugs.extend(filter(None, [spider.bug])), signals.spider_closed, weak=False)
    process.crawl(crawler, pages=pages, options=options, deliver=outbox.deliver)
    process.start(install_signal_handlers=False)
    if bugs:
        raise bugs[0]
    outbox.close()


def settings(pages: Sequence[PageRequest], options: CrawlOptions) -> Settings:
    """The project's settings with a crawl's options on top."""
    base = Settings()
    base.setmodule("spiders.settings", priority="project")
    hosts = len({host_of(page.url) for page in pages})
    base.setdict(
        {
            "USER_AGENT": user_agent(options.contact),
            "OCOP_ALLOW_PRIVATE": options.allow_private,
            "DOWNLOAD_DELAY": options.delay_s * 1.5,  # with a jitter of a third: never under delay_s
            "AUTOTHROTTLE_ENABLED": options.delay_s > 0,
            "AUTOTHROTTLE_START_DELAY": options.delay_s * 1.5,
            "DOWNLOAD_TIMEOUT": options.timeout_s,
            "CONCURRENT_REQUESTS_PER_DOMAIN": options.concurrency,
            "CONCURRENT_REQUESTS": min(hosts * options.concurrency, max(_MOST_IN_FLIGHT, options.concurrency)),
            "EXTENSIONS_BASE": {"scrapy.extensions.throttle.AutoThrottle": 0},
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
        },
        priority="cmdline",
    )
    return base


def _end_with_parent(pipe: Connection) -> None:
    """The parent never sends: the pipe can only close, and then every further request would be for nobody."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        os._exit(0)
