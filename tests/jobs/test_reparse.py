"""What a crawl read is kept without its people, read again when a reader is mended, and forgotten after its days."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, update
from zstandard import ZstdError

from jobs.app import App
from jobs.crawl import crawl_site
from jobs.evidence import prune_evidence
from jobs.reparse import reparse_site
from jobs.run import Job, perform
from jobs.watching import watch_page
from models import Evidence, EvidenceBody, Observation, Review, WatchedPage
from spiders.evidence import unpack
from tests.jobs.conftest import HeldClock
from tests.spiders.conftest import Answer, Shop
from tests.spiders.pages import tiki_product, tiki_product_page, tiki_reviews

PERSON = "Nguyễn Thị Riêng Tư"
PRODUCTS = (1, 2, 3)


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Three products with two reviews each, their writers named everywhere."""
    found = Shop()
    for number in PRODUCTS:
        ids = (number * 10 + 2, number * 10 + 1)
        reviews = tiki_reviews(*ids, product=number)
        found.pages[f"/tra-p{number}.html"] = Answer(tiki_product_page(tiki_product(number), reviews))
        offer = f"&spid={number + 2}&seller_id=145001"
        address = f"/api/v2/reviews?product_id={number}{offer}&limit=20&page=1&sort=id%7Cdesc&include=comments"
        found.pages[address] = Answer(json.dumps(reviews, ensure_ascii=False))
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def crawled(app: App, shop: Shop) -> App:
    app.allow_private_hosts, app.crawl_delay_s = True, 0.0
    for number in PRODUCTS:
        watch_page(app, "tiki", f"{shop.url}/tra-p{number}.html", allowed_by="test")
    assert _do(app, "crawl_site", crawl_site)["observations"] == len(PRODUCTS)
    return app


def _do(app: App, name: str, job: Job, lane: str = "tiki") -> dict[str, Any]:
    app.clock.pass_by(seconds=1)
    done = perform(app, name, job, lane, app.now())
    assert done is not None
    assert (done.state, done.error) == ("done", None)
    return dict(done.counts)


def _all(app: App, *columns: Any) -> list[tuple[Any, ...]]:
    with app.database.session() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]


def test_bodies_are_kept_without_their_people(crawled: App) -> None:
    """Each answer that was read, with where it came from; no name of a reviewer in any body."""
    assert len(_all(crawled, Evidence.url)) == 2 * len(PRODUCTS)
    bodies = [unpack(packed) for (packed,) in _all(crawled, EvidenceBody.packed)]
    assert sum(PERSON.encode() in body or b"7178001" in body for body in bodies) == 0
    assert {state for (state,) in _all(crawled, Evidence.state)} == {"ok"}


def test_equal_bodies_are_kept_once(crawled: App) -> None:
    """A page that did not change since yesterday costs one row, not one body."""
    before = len(_all(crawled, EvidenceBody.digest))
    crawled.clock.pass_by(days=1)
    _do(crawled, "crawl_site", crawl_site)
    assert len(_all(crawled, EvidenceBody.digest)) == before
    pages = [url for (url,) in _all(crawled, Evidence.url) if url.endswith(".html")]
    assert len(pages) == 2 * len(PRODUCTS)


def test_reading_again_puts_right_what_was_misread(crawled: App, shop: Shop) -> None:
    """A price off by a thousand, a page taken for another layout, a reading that never should have been: each counted, nothing fetched."""
    asked = sum(shop.calls.values())
    before = _all(crawled, Observation.page_id, Observation.price_vnd, Observation.sold_lo)
    with crawled.database.write() as session:
        first, second, third = session.scalars(select(WatchedPage).order_by(WatchedPage.id))
        session.execute(update(Observation).where(Observation.page_id == first.id).values(price_vnd=235))
        session.delete(session.scalars(select(Observation).where(Observation.page_id == second.id)).one())
        session.execute(update(Evidence).where(Evidence.page_id == second.id).values(state="layout_changed"))
        second.state = "layout_changed"
        session.execute(update(Review).where(Review.external_id == "11").values(stars=1, content_hash="misread"))
        run_id = session.scalars(select(Observation.run_id)).first()
        session.add(Observation(page_id=third.id, run_id=run_id, external_key="9:", seen_at=crawled.now(), source_class="page", flags="[]"))  # fmt: skip
    counts = _do(crawled, "reparse_site", reparse_site)
    assert counts == {"read": 6, "changed": 1, "added": 1, "removed": 1, "reviews_changed": 1}
    assert _all(crawled, Observation.page_id, Observation.price_vnd, Observation.sold_lo) == before
    assert {state for (state,) in _all(crawled, WatchedPage.state)} == {"ok"}
    assert (("11", 5, None) in _all(crawled, Review.external_id, Review.stars, Review.changed_at)) is True
    assert sum(shop.calls.values()) == asked


def test_reading_again_twice_changes_nothing(crawled: App) -> None:
    """Today's reader said it all already."""
    assert _do(crawled, "reparse_site", reparse_site) == {
        "read": 6,
        "changed": 0,
        "added": 0,
        "removed": 0,
        "reviews_changed": 0,
    }


def test_bodies_are_forgotten_after_their_days(crawled: App, shop: Shop, clock: HeldClock) -> None:
    """With their bodies, unless a younger answer names the same; readings and reviews stay."""
    clock.pass_by(days=13)
    shop.pages["/tra-p1.html"] = Answer(tiki_product_page(tiki_product(1, price=240000)))
    _do(crawled, "crawl_site", crawl_site)
    kept = len(_all(crawled, EvidenceBody.digest))
    assert _do(crawled, "prune_evidence", prune_evidence, "") == {"forgotten": 0}
    clock.pass_by(days=1)
    assert _do(crawled, "prune_evidence", prune_evidence, "") == {"forgotten": 6}
    assert len(_all(crawled, Evidence.url)) == 6
    assert len(_all(crawled, EvidenceBody.digest)) == kept - 1  # the first product's page as it was a fortnight ago
    with crawled.database.session() as session:
        assert session.scalar(select(func.count(Observation.id))) == 2 * len(PRODUCTS)


def test_no_days_keep_nothing(app: App, shop: Shop) -> None:
    """An office that wants no bodies kept has none."""
    app.settings = app.settings.model_copy(update={"evidence_days": 0})
    app.allow_private_hosts, app.crawl_delay_s = True, 0.0
    watch_page(app, "tiki", f"{shop.url}/tra-p1.html", allowed_by="test")
    _do(app, "crawl_site", crawl_site)
    assert (_all(app, Evidence.id), _all(app, EvidenceBody.digest)) == ([], [])


def test_what_was_not_packed_by_us_is_loud() -> None:
    """A damaged row is no empty page."""
    with pytest.raises(ZstdError):
        unpack(b"<html>")
