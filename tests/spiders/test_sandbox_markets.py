"""The readers against the pretend public sides of Sendo and Shopee: what they send is what the world knows, what they refuse is a refusal."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import requests

from catalog.reading import Item
from sandbox.sandbox import START, Sandbox
from sandbox.sendo import SendoStorefront
from sandbox.shopee.storefront import ShopeeStorefront
from sandbox.world import Offer
from spiders.crawl import CrawlOptions, PageRequest, crawl
from spiders.page import PageState, Reading
from spiders.reading import read

GOODS = [
    ["A-1", "Trà đinh hộp 100 g", 300_000, 350_000],
    ["B-2", "Mật ong <b>rừng</b> 500 g", 165_000],
    ["C-3", "Gạo nếp túi 2 kg", 98_000],
]
DAYS = 90
OPTIONS = CrawlOptions("ocop@thainguyen.gov.vn", delay_s=0, allow_private=True)


@pytest.fixture
def sendo() -> Iterator[Sandbox]:
    with Sandbox(sites=[SendoStorefront], options={"sendo.storefront": {"goods": GOODS}}) as sandbox:
        sandbox.advance(START + timedelta(days=DAYS))
        yield sandbox


@pytest.fixture
def shopee() -> Iterator[Sandbox]:
    with Sandbox(sites=[ShopeeStorefront], options={"shopee.storefront": {"open": True}}) as sandbox:
        for sku, title, price_vnd, *listed in GOODS:
            sandbox.world.add_offer(
                "shopee", "ocop", sku, title, title, price_vnd, 500, list_price_vnd=next(iter(listed), None)
            )
        sandbox.advance(START + timedelta(days=DAYS))
        yield sandbox


def fetched(sandbox: Sandbox, site: str, path: str) -> Reading:
    url = f"{sandbox.storefront_url(site)}{path}"
    answer = requests.get(url, timeout=10)
    return read(site, url, answer.content, answer.status_code, answer.headers["Content-Type"])


def facts(item: Item) -> tuple[object, ...]:
    assert item.sold_total is not None
    return (
        item.external_id,
        item.title,
        item.price,
        item.list_price,
        item.rating_count,
        (item.sold_total.lo, item.sold_total.hi),
    )


def truth(offer: Offer) -> tuple[object, ...]:
    listed = None if offer.list_price_vnd is None else Decimal(offer.list_price_vnd)
    return (
        str(offer.offer_id),
        offer.title,
        Decimal(offer.price_vnd),
        listed,
        sum(offer.stars),
        (offer.sold, offer.sold),
    )


def test_sendo_lists_and_products_show_the_world(sendo: Sandbox) -> None:
    """Search, the shop's own list and each product: the same ids, prices, ratings and orders."""
    offers = sendo.world.offers("sendo")
    wanted = [truth(offer) for offer in offers]
    assert [facts(item) for item in fetched(sendo, "sendo", "/m/wap_v2/search?q=").items] == wanted
    assert [facts(item) for item in fetched(sendo, "sendo", "/api/v1/product/filter?shop_id=717001").items] == wanted
    products = [fetched(sendo, "sendo", f"/full/{offer.extra['slug']}-{offer.offer_id}") for offer in offers]
    assert [facts(item) for reading in products for item in reading.items] == wanted
    assert [item.rating_histogram for reading in products for item in reading.items] == [tuple(o.stars) for o in offers]
    assert [item.stock for reading in products for item in reading.items] == [offer.stock for offer in offers]


def test_sendo_ratings_are_the_world_s_and_nobody_s_name(sendo: Sandbox) -> None:
    """Page by page to the last, newest first, no buyer in any of it."""
    offer = sendo.world.offers("sendo")[0]
    written = sendo.world.reviews("sendo", offer.offer_id)
    reviews, page = [], 1
    while True:
        ratings = fetched(sendo, "sendo", f"/product/{offer.offer_id}/rating?page={page}&limit=5").ratings
        assert ratings is not None
        assert [review.buyer_name for review in written if review.buyer_name in str(ratings.as_json())] == []
        reviews += ratings.reviews
        if not ratings.has_next:
            break
        page += 1
    assert [review.external_id for review in reviews] == [str(review.review_id) for review in reversed(written)]
    assert [review.stars for review in reviews] == [review.stars for review in reversed(written)]


def test_sendo_page_is_a_shell_and_an_unknown_product_is_gone(sendo: Sandbox) -> None:
    """Its HTML was never described; what it does not know it answers with 404."""
    offer = sendo.world.offers("sendo")[0]
    assert fetched(sendo, "sendo", f"/{offer.extra['slug']}-{offer.offer_id}.html").state == PageState.LAYOUT_CHANGED
    assert fetched(sendo, "sendo", "/full/x-5").state == PageState.GONE


def test_shopee_s_data_shows_the_world(shopee: Sandbox) -> None:
    """Cards, item JSON and the page's body say the same; the sponsored card comes twice."""
    offers = shopee.world.offers("shopee")
    wanted = [truth(offer) for offer in offers]
    cards = fetched(shopee, "shopee", "/api/v4/search/search_items?keyword=").items
    assert [facts(item) for item in cards] == [*wanted, wanted[0]]
    for path in ("/api/v4/item/get?itemid={0}&shopid=770011223", "/api/v4/pdp/get_pc?item_id={0}&shop_id=770011223"):
        read_out = [item for offer in offers for item in fetched(shopee, "shopee", path.format(offer.offer_id)).items]
        assert [facts(item) for item in read_out] == wanted
    assert fetched(shopee, "shopee", "/api/v4/item/get?itemid=5&shopid=770011223").state == PageState.GONE


def test_shopee_s_ratings_are_the_world_s_and_nobody_s_name(shopee: Sandbox) -> None:
    """Stars and words of the newest, the histogram of all, an empty list behind the last."""
    offer = shopee.world.offers("shopee")[0]
    written = shopee.world.reviews("shopee", offer.offer_id)
    path = f"/api/v2/item/get_ratings?itemid={offer.offer_id}&shopid=770011223&limit=59&offset="
    ratings = fetched(shopee, "shopee", f"{path}0").ratings
    assert ratings is not None
    assert [review.external_id for review in ratings.reviews] == [str(review.review_id) for review in reversed(written)]
    assert ratings.summary["rating_histogram"] == offer.stars
    assert [review.buyer_name for review in written if review.buyer_name in str(ratings.as_json())] == []
    behind = fetched(shopee, "shopee", f"{path}500").ratings
    assert behind is not None
    assert (behind.reviews, behind.has_next) == ((), False)


def test_shopee_as_programs_meet_it_is_a_refusal() -> None:
    """A shell where a page was asked for, an error where data was: both stop the host at once."""
    with Sandbox(sites=[ShopeeStorefront]) as sandbox:
        front = sandbox.storefront_url("shopee")
        for path in ("/product/770011223/1000001", "/api/v4/item/get?itemid=1000001&shopid=770011223"):
            first, second = crawl("shopee", [PageRequest(1, f"{front}{path}"), PageRequest(2, f"{front}/")], OPTIONS)
            assert (first.state, second.state) == (PageState.REFUSED, PageState.SKIPPED)
        sandbox.faults.add(site="shopee.storefront", kind="captcha", path="^/product/", times=None)
        (visit,) = crawl("shopee", [PageRequest(1, f"{front}/product/1/2")], OPTIONS)
        assert visit.state == PageState.REFUSED
