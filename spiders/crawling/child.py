"""The crawling process: Scrapy with this project's settings, visits sent up a pipe in batches, an end as soon as nobody listens."""

import asyncio
import gc
import logging
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from spiders import sites
from spiders.crawling import handler, middlewares, pace
from spiders.crawling.spider import SiteSpider
from spiders.politeness import host_of, user_agent
from spiders.visits import CrawlOptions, LeaveAlone, PageRequest, Stored, Visit

LOADED = (handler, middlewares, pace, sites())  # before the fork: importing them costs more than a small crawl

_BATCH = 32
_LONGEST_WAIT_S = 0.25
_BATCHES_AHEAD = 8
_MOST_IN_FLIGHT = 16


class Outbox:
    """Visits wait here until there are enough of them, or the oldest has waited long enough; a thread sends them.

    `prompt`: nothing waits, because between two polite requests there is time enough, and a parent that is killed then has
    stored all but what was on its way. What is not fetched as fast as it comes makes the crawl wait.
    """

    def __init__(self, pipe: Connection, *, prompt: bool) -> None:
        self._pipe = pipe
        self._most = 1 if prompt else _BATCH
        self._waiting: list[Visit] = []
        self._sent_at = time.monotonic()
        self._ready: queue.Queue[list[Visit]] = queue.Queue(_BATCHES_AHEAD)
        self._sender = threading.Thread(target=self._send)
        self._sender.start()

    def deliver(self, visit: Visit) -> None:
        self._waiting.append(visit)
        if len(self._waiting) >= self._most or time.monotonic() - self._sent_at >= _LONGEST_WAIT_S:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self._ready.put(self._waiting)
            self._waiting = []
        self._sent_at = time.monotonic()

    def close(self) -> None:
        """An empty batch says that the crawl ended as it should."""
        self.flush()
        self._ready.put([])
        self._sender.join()

    def _send(self) -> None:
        """Until the empty batch. A parent that is gone, and a bug of ours, end the process: nobody would hear the rest."""
        has_sent_all = False
        try:
            while batch := self._ready.get():
                self._pipe.send(batch)
            self._pipe.send([])
            has_sent_all = True
        except OSError:
            os._exit(0)
        finally:
            if not has_sent_all:
                traceback.print_exc()
                os._exit(1)


def run(site: str, pages: Sequence[PageRequest], options: CrawlOptions, pipe: Connection) -> None:
    """Crawl, then end. Started in a process of its own; Ctrl-C is the parent's to handle. A bug of ours ends the process with it."""
    gc.freeze()  # what was loaded lives as long as the process: no collection need look through it again
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.getLogger().addHandler(
        logging.NullHandler()
    )  # visits tell what happened; Scrapy's own lines hold addresses
    outbox = Outbox(pipe, prompt=options.delay_s > 0)
    spider = type("Spider", (SiteSpider,), {"name": site, "reader": sites()[site], "is_heard": options.delay_s > 0})
    process = AsyncCrawlerProcess(settings(pages, options))
    crawler = process.create_crawler(spider)
    bugs: list[BaseException] = []
    crawler.signals.connect(lambda failure: bugs.append(failure.value), signals.spider_error, weak=False)
    crawler.signals.connect(lambda spider: _listen(pipe, spider), signals.spider_opened, weak=False)
    crawler.signals.connect(lambda spider: bugs.extend(filter(None, [spider.bug])), signals.spider_closed, weak=False)
    process.crawl(crawler, pages=pages, options=options, deliver=outbox.deliver)
    process.start(install_signal_handlers=False)
    if bugs:
        traceback.print_exception(bugs[0])
        os._exit(1)
    outbox.close()
    pipe.close()


def settings(pages: Sequence[PageRequest], options: CrawlOptions) -> Settings:
    """The project's settings with a crawl's options on top."""
    base = Settings()
    base.setmodule("spiders.settings", priority="project")
    hosts = len({host_of(page.url) for page in pages})
    base.setdict(
        {
            "USER_AGENT": user_agent(options.contact),
            "OCOP_ALLOW_PRIVATE": options.allow_private,
            "DOWNLOAD_DELAY": options.delay_s * pace.JITTER_UP,  # never under delay_s
            "AUTOTHROTTLE_ENABLED": options.delay_s > 0,
            "AUTOTHROTTLE_START_DELAY": options.delay_s * pace.JITTER_UP,
            "DOWNLOAD_TIMEOUT": options.timeout_s,
            "CONCURRENT_REQUESTS_PER_DOMAIN": options.concurrency,
            "CONCURRENT_REQUESTS": min(hosts * options.concurrency, max(_MOST_IN_FLIGHT, options.concurrency)),
            "EXTENSIONS_BASE": {"spiders.crawling.pace.Throttle": 0},
            "LOG_ENABLED": False,
            "LOG_INSTALL_ROOT_HANDLER": False,
        },
        priority="cmdline",
    )
    return base


def _listen(pipe: Connection, spider: SiteSpider) -> None:
    """From the crawl's own loop."""
    threading.Thread(target=_obey, args=(pipe, spider, asyncio.get_running_loop()), daemon=True).start()


def _obey(pipe: Connection, spider: SiteSpider, loop: asyncio.AbstractEventLoop) -> None:
    """The parent says what it has stored and whom to leave alone. Once it is gone, every further request would be for nobody."""
    try:
        while True:
            match pipe.recv():
                case LeaveAlone(host, reason):
                    spider.stopped.setdefault(host, reason)
                case Stored(page_ids):
                    loop.call_soon_threadsafe(spider.turns.settle, page_ids)
    except (EOFError, OSError):
        os._exit(0)
