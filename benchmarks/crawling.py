"""A night's crawl of one site, politeness off, against a Scrapy spider that does nothing with the same pages.

Each side starts a process of its own, and its start is part of the time: every crawl pays it.
"""

import time
from collections.abc import Iterator
from functools import partial

from sqlalchemy import func, select

from benchmarks.idle_spiders import EMPTY, LEAN, PARSEL, crawl_idly
from benchmarks.pages import Sample, samples
from benchmarks.places import application, claimed, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.serving import NOT_THERE, Answer, Answering, served
from benchmarks.sizes import Size
from jobs.app import App
from jobs.crawl import crawl_site
from models import Observation, WatchedPage
from models.bulk import insert_ignore

FIRST_NUMBER = 279_500_000  # as many digits as the sample's own


def races(size: Size) -> Iterator[Race]:
    sample = samples()["tiki product page"]
    with served(partial(_shop, sample.body, _number(sample))) as base_url:
        urls = [f"{base_url}/tra-p{FIRST_NUMBER + page}.html" for page in range(size.crawled_pages)]
        yield Race(
            what=f"crawl and store Tiki pages ({len(sample.body) / 1000:.0f} kB)",
            unit="pages/s",
            amount=len(urls),
            leaves={"pages": len(urls)},
            ours=partial(_crawl_and_store, urls),
            floors=(
                Floor("empty Scrapy spider", partial(_idle, EMPTY, urls), Target(0.80)),
                Floor("empty spider, our settings", partial(_idle, LEAN, urls), Target(0.80)),
                Floor("Scrapy and parsel, 7 fields", partial(_idle, PARSEL, urls), Target(1.40)),
            ),
        )


def _number(sample: Sample) -> str:
    return sample.url.rpartition("-p")[2].removesuffix(".html")


def _shop(body: bytes, number: str) -> Answering:
    """Every product page is the sample with its own number in it."""

    def answer(target: str) -> Answer:
        _, is_product, asked = target.removesuffix(".html").rpartition("-p")
        return Answer(body.replace(number.encode(), asked.encode()), b"text/html") if is_product else NOT_THERE

    return answer


def _crawl_and_store(urls: list[str]) -> Lap:
    with fresh_sqlite() as url, application(url) as app:
        _watch(app, urls)
        run = claimed(app, "crawl_site", "tiki")
        started = time.perf_counter()
        crawl_site(run, reviews=False)
        return Lap(time.perf_counter() - started, {"pages": _priced(app)})


def _watch(app: App, urls: list[str]) -> None:
    columns = ("site", "url", "source_class", "allowed_by", "is_enabled")
    with app.database.write() as session:
        insert_ignore(session, WatchedPage, [("tiki", url, "page", "benchmark", True) for url in urls], columns)


def _priced(app: App) -> int:
    """How many pages have an observation with a price in it."""
    with app.database.session() as session:
        priced = select(func.count(Observation.page_id.distinct())).where(Observation.price_vnd.is_not(None))
        return session.scalar(priced) or 0


def _idle(spider: str, urls: list[str]) -> Lap:
    started = time.perf_counter()
    seen = crawl_idly(spider, urls)
    return Lap(time.perf_counter() - started, {"pages": seen})
