"""Scrapy's settings for this project, its unsafe defaults turned round (Scrapy 2.19 reference, read 2026-11-24).

`scrapy list`, `scrapy crawl` and `scrapy shell` read this module; the crawl in a child process starts from it and lays its own options
on top. Scrapy imports settings by name and hands nothing in, so OCOP_CONTACT is read from the environment here, once.
"""

import os

from spiders.page import MAX_BODY_BYTES
from spiders.politeness import user_agent

OCOP_CONTACT = os.environ.get("OCOP_CONTACT", "")
OCOP_ALLOW_PRIVATE = False  # loopback and private networks: only a pretend shop on this machine needs them

BOT_NAME = "ocop"
SPIDER_MODULES = ["spiders.crawling.project"]
USER_AGENT = user_agent(OCOP_CONTACT)
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi-VN,vi;q=0.9",
}

# One request in flight per host, and between two of them 5 to 10 seconds: the jitter of a third goes round 7.5, never under 5.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 7.5
DOWNLOAD_DELAY_JITTER = 1 / 3
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 30

SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # pages in the order they were given

DOWNLOADER = "spiders.crawling.pace.HostDownloader"

ROBOTSTXT_OBEY = True
DOWNLOAD_HANDLERS = {
    "http": "spiders.crawling.handler.GuardedHandler",
    "https": "spiders.crawling.handler.GuardedHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "spiders.crawling.handler.GuardedResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = MAX_BODY_BYTES
DOWNLOAD_WARNSIZE = 0
COOKIES_ENABLED = False
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 1
RETRY_HTTP_CODES = [500, 502, 504]  # never 429 or 503: those are answers, not accidents
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOADER_STATS = False
CONCURRENT_ITEMS = 4
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads the source of every callback at every answer

# The whole chain, in full: no proxies, no credentials, no cookies, no meta refresh, and nothing between a page and its reader.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "spiders.crawling.middlewares.Robots": 100,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "spiders.crawling.middlewares.Redirects": 600,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
    "spiders.crawling.pace.Throttle": 0,
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
