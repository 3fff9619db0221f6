"""A shop of the test's own with Tiki's pages, watched by an application of the test's own."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from jobs.app import App
from jobs.crawl import crawl_site
from jobs.run import Finished, perform
from jobs.watching import watch_page
from models import WatchedPage
from tests.spiders.conftest import Answer, Shop
from tests.spiders.pages import tiki_product, tiki_product_page, tiki_reviews


def path_of(number: int) -> str:
    return f"/tra-p{number}.html"


def host_of(shop: Shop) -> str:
    return shop.url.removeprefix("http://")


def open_for(app: App, shop: Shop, numbers: Sequence[int], **changes: Any) -> None:
    """Those products on the shop's shelf and on the office's list."""
    app.allow_private_hosts, app.crawl_delay_s = True, 0.0
    for number in numbers:
        shelve(shop, number, **changes)
        watch_page(app, "tiki", shop.url + path_of(number), allowed_by="test")


def shelve(shop: Shop, number: int, **changes: Any) -> None:
    shop.pages[path_of(number)] = Answer(tiki_product_page(tiki_product(number, **changes)))


def write_reviews(shop: Shop, number: int, *pages: Sequence[int], **edits: Any) -> None:
    """The product's reviews by page, newest first; `edits`: a text for the review of that number, as `r5="…"`."""
    for at, ids in enumerate(pages, 1):
        body = tiki_reviews(*ids, page=at, last=len(pages), product=number)
        for row in body["data"]:
            row["content"] = edits.get(f"r{row['id']}", row["content"])
        shop.pages[reviews_path(number, at)] = Answer(json.dumps(body, ensure_ascii=False))


def reviews_path(number: int, page: int) -> str:
    offer = f"&spid={number + 2}&seller_id=145001"
    return f"/api/v2/reviews?product_id={number}{offer}&limit=20&page={page}&sort=id%7Cdesc&include=comments"


def crawl(app: App, site: str = "tiki") -> Finished:
    app.clock.pass_by(seconds=1)
    done = perform(app, "crawl_site", crawl_site, site, app.now())
    assert done is not None
    return done


def column(app: App, *columns: Any) -> list[Any]:
    with app.database.session() as session:
        rows = [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]
    return [row[0] for row in rows] if len(columns) == 1 else rows


def states(app: App) -> dict[str, str | None]:
    """By path."""
    return {"/" + url.split("/", 3)[3]: state for url, state in column(app, WatchedPage.url, WatchedPage.state)}
