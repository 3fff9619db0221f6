"""The readers against plain shops of every system: what a page, a list and a feed show is what the world knows."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
import requests

from sandbox.layouts import LAYOUTS
from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
from sandbox.world import Offer
from spiders.page import PageState, Reading
from spiders.reading import read

HOSTILE = '<script>alert("1")</script> Chè & trà {0}'
GOODS = [
    ["A-1", "Trà đinh hộp 100 g", 300_000, 350_000],
    ["B-2", "Mật ong hoa rừng 500 g", 165_000],
    ["C-3", HOSTILE, 62_000],
    ["D-4", "Gạo nếp túi 2 kg", 98_000, 98_000],
    ["E-5", "Măng khô gói 300 g", 1_250_000, 1_400_000, 0],
]
FEEDS = ("haravan", "shopify")


@pytest.fixture(params=LAYOUTS)
def shop(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with Sandbox(sites=[PlainShop], options={"plain.storefront": {"layout": request.param, "goods": GOODS}}) as sandbox:
        yield sandbox


def layout_of(shop: Sandbox) -> str:
    return str(shop.sites["plain.storefront"].settings.options["layout"])


def fetched(url: str) -> Reading:
    answer = requests.get(url, timeout=10)
    return read("generic", url, answer.content, answer.status_code, answer.headers["Content-Type"])


def truth(offer: Offer) -> tuple[str, Decimal, Decimal | None]:
    listed = offer.list_price_vnd
    crossed = Decimal(listed) if listed and listed > offer.price_vnd else None
    return offer.title, Decimal(offer.price_vnd), crossed


def products(shop: Sandbox) -> list[str]:
    return re.findall("<loc>(.*?)</loc>", requests.get(f"{shop.storefront_url('plain')}/sitemap.xml", timeout=10).text)


def test_every_product_page_gives_its_own_product(shop: Sandbox) -> None:
    """Title, price, list price and currency of the page's own offer, with four neighbours' prices around them."""
    readings = [fetched(url) for url in products(shop)]
    assert {(reading.state, reading.evidence) for reading in readings} == {(PageState.OK, "")}
    read_out = [(item.title, item.price, item.list_price) for reading in readings for item in reading.items]
    assert read_out == [truth(offer) for offer in shop.world.offers("plain")]
    assert {item.currency for reading in readings for item in reading.items} == {"VND"}


def test_what_is_sold_out_is_never_available(shop: Sandbox) -> None:
    """Where a layout says so it is read so; where it says nothing, nothing is said."""
    (item,) = fetched(products(shop)[4]).items
    assert item.available is {"shopify": None, "odoo": None}.get(layout_of(shop), False)


def test_list_gives_every_product_once(shop: Sandbox) -> None:
    """All of them in page order, with the addresses of their pages."""
    reading = fetched(f"{shop.storefront_url('plain')}{LAYOUTS[layout_of(shop)].list_path}")
    assert reading.state == PageState.OK
    assert [(item.title, item.price, item.list_price) for item in reading.items] == [
        truth(offer) for offer in shop.world.offers("plain")
    ]
    assert [item.url for item in reading.items] == products(shop)


def test_product_that_left_the_shelf_is_gone(shop: Sandbox) -> None:
    """Its page answers 404."""
    assert fetched(f"{shop.storefront_url('plain')}/san-pham/khong-con").state == PageState.GONE


@pytest.mark.parametrize("layout", FEEDS)
def test_feeds_say_what_the_pages_say(layout: str) -> None:
    """`.json` in main units, `.js` in hundredths, `products.json` for all: the same prices."""
    with Sandbox(sites=[PlainShop], options={"plain.storefront": {"layout": layout, "goods": GOODS}}) as sandbox:
        wanted = [truth(offer) for offer in sandbox.world.offers("plain")]
        for ending in (".json", ".js"):
            items = [item for url in products(sandbox) for item in fetched(f"{url}{ending}").items]
            assert [(item.title, item.price, item.list_price) for item in items] == wanted
        listed = fetched(f"{sandbox.storefront_url('plain')}/products.json").items
        assert [(item.title, item.price, item.list_price) for item in listed] == wanted
        assert [item.available for item in listed] == [True, True, True, True, False]
