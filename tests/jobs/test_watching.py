"""Own listings are watched by themselves, once, at their present address; whatever else is watched says who allowed it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.registry import JOBS
from jobs.run import perform
from jobs.watching import watch_listing, watch_page
from models import Observation, WatchedPage
from tests.jobs.office import SHOPS, Office, opened

SKU = "OCOP-TN-0003-500G"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=3) as found:
        yield found


def _watched(office: Office, site: str) -> list[tuple[str, int | None, str]]:
    others = WatchedPage.allowed_by == "demonstration"  # the neighbours' shelves
    query = select(WatchedPage).where(WatchedPage.site == site, ~others).order_by(WatchedPage.id)
    with office.app.database.session() as session:
        return [(page.url, page.listing_id, page.allowed_by) for page in session.scalars(query)]


def test_a_page_is_watched_once(office: Office) -> None:
    """Asked for twice it is one row, allowed by who asked first."""
    for who in ("Sở NN&MT", "ai đó"):
        watch_page(office.app, "tiki", "https://tiki.vn/che-p1.html", allowed_by=who)
    assert _watched(office, "tiki") == [("https://tiki.vn/che-p1.html", None, "Sở NN&MT")]


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_a_listing_that_moves_is_watched_at_its_new_address_only(office: Office, market: str) -> None:
    """One row a listing: its history stays together."""
    office.push(market)
    listing, shop = office.listings(market)[SKU], office.app.shop(SHOPS[market])
    for url in ("https://a.example/1", "https://a.example/2"):
        with office.app.database.write() as session:
            watch_listing(session, shop, listing, url)
    assert _watched(office, market) == [("https://a.example/2", listing.id, "own listing")]


def test_a_page_somebody_watched_before_it_was_ours_becomes_the_listings(office: Office) -> None:
    """Its readings so far belong to the listing now; who allowed it first stays said."""
    office.push("tiki")
    listing, shop = office.listings("tiki")[SKU], office.app.shop(SHOPS["tiki"])
    watch_page(office.app, "tiki", "https://a.example/1", allowed_by="Sở NN&MT")
    with office.app.database.write() as session:
        watch_listing(session, shop, listing, "https://a.example/1")
    assert _watched(office, "tiki") == [("https://a.example/1", listing.id, "Sở NN&MT")]


def test_a_page_of_another_listing_changes_hands(office: Office) -> None:
    """An address that now shows another of our listings is that one's; the first is watched again once it has an address."""
    office.push("tiki")
    first, second, *_ = office.listings("tiki").values()
    shop = office.app.shop(SHOPS["tiki"])
    for listing in (first, second):
        with office.app.database.write() as session:
            watch_listing(session, shop, listing, "https://a.example/1")
    assert _watched(office, "tiki") == [("https://a.example/1", second.id, "own listing")]


def test_goods_taken_off_and_put_back_are_watched_again(office: Office) -> None:
    """While they were off sale their page was gone on two days; back on sale it is due at once."""
    office.push("tiki")
    office.wait(hours=6)
    office.do("pull_listings", "tiki")
    price_vnd = office.variants()[SKU].price_vnd
    office.change(SKU, price_vnd=None)
    office.push("tiki")
    for _ in range(3):
        office.wait(days=1)
        perform(office.app, "crawl_site", JOBS["crawl_site"].function, "tiki", office.app.now())
        office.do("pull_listings", "tiki")
    assert _page(office).is_enabled is False
    office.change(SKU, price_vnd=price_vnd)
    office.push("tiki")
    office.do("pull_listings", "tiki")
    page = _page(office)
    assert (page.is_enabled, page.gone_since, page.next_visit_at) == (True, None, None)


SOURCES = {"lazada": "page", "shopee": "api", "tiki": "page", "tiktok_shop": "page"}


@pytest.mark.parametrize("market", sorted(SOURCES))
def test_a_page_is_crawled_unless_the_api_gives_all_of_it(office: Office, market: str) -> None:
    """Only Shopee's API has both figures and reviews; its pages are closed to programs and are never asked for."""
    office.push(market)
    office.wait(days=2)
    office.do("pull_listings", market)
    with office.app.database.session() as session:
        query = select(WatchedPage.source_class).where(WatchedPage.site == market, WatchedPage.listing_id.is_not(None))
        assert list(session.scalars(query)) == [SOURCES[market]] * len(office.variants())


def test_figures_of_the_api_stand_beside_what_the_page_says(office: Office) -> None:
    """TikTok Shop's API knows the pieces sold, its page stars and reviews; one row a listing carries both."""
    office.push("tiktok_shop")
    office.wait(days=20)
    office.do("pull_listings", "tiktok_shop")
    packs = len(office.variants())
    office.wait(seconds=1)
    crawled = perform(office.app, "crawl_site", JOBS["crawl_site"].function, "tiktok_shop", office.app.now())
    assert crawled is not None
    assert (crawled.state, crawled.counts["reviews"]) == ("done", len(office.world.world.reviews("tiktok_shop")))
    assert office.do("pull_metrics", "tiktok_shop").counts["new"] == packs
    with office.app.database.session() as session:
        read = session.execute(select(Observation.source_class, func.count()).group_by(Observation.source_class)).all()
        rated = session.scalars(select(Observation.rating_count).where(Observation.source_class == "page"))
        assert sorted(rated) == sorted(sum(offer.stars) for offer in office.offers("tiktok_shop"))
    assert sorted(map(tuple, read)) == [("api", packs), ("page", packs)]


def _page(office: Office) -> WatchedPage:
    with office.app.database.session() as session:
        query = select(WatchedPage).where(WatchedPage.listing_id == office.listings("tiki")[SKU].id)
        return session.scalars(query).one()
