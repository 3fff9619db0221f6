"""The plain shop's pages and pictures, and what is made up about a register so that it can be sold."""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
import requests

from catalog.describe import compose
from catalog.document import Document
from catalog.eligibility import online_blockers
from catalog.product import PackSize, Product, Variant
from catalog.reference import sub_groups
from catalog.sample import sample_register
from catalog.workbook import read_register
from sandbox.demonstration import demonstrate, offline_sales
from sandbox.packs import PACKS, packs_for
from sandbox.pictures import picture
from sandbox.plain import PlainShop
from sandbox.sandbox import START, Sandbox
from sandbox.world import OfferState

ON = START.date()
HOSTILE = '<script>alert("1")</script> & </script>'
GOODS = [
    ["A-1", "Trà đinh 100 g", 300_000],
    ["B-2", "Mật ong 500 g", 165_000],
    ["C-3", HOSTILE, 62_000],
    ["D-4", "Gạo nếp 2 kg", 98_000],
]


@pytest.fixture
def shop() -> Iterator[Sandbox]:
    with Sandbox(1, sites=(PlainShop,), options={"plain.storefront": {"goods": GOODS}}) as sandbox:
        yield sandbox


def get(shop: Sandbox, path: str) -> requests.Response:
    return requests.get(f"{shop.storefront_url('plain')}{path}", timeout=5)


def product_paths(shop: Sandbox) -> list[str]:
    return re.findall(r"<loc>http://[^/]+(/[^<]+)</loc>", get(shop, "/sitemap.xml").text)


def json_ld(page: str) -> dict[str, object]:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    return next(node for node in json.loads(block[1])["@graph"] if node["@type"] == "Product")


class Attributes(HTMLParser):
    """Every value of one attribute pair, as a browser would read it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        key = named.get("property") or named.get("itemprop")
        if key and tag in {"meta", "span", "link"}:
            self.meta.setdefault(key, named.get("content") or named.get("href") or "")


def test_the_front_page_and_the_sitemap_name_every_product(shop: Sandbox) -> None:
    """Every product is linked from both, and every link leads to a page; what is not there is a 404."""
    paths = product_paths(shop)
    assert len(paths) == 4
    assert all(path in get(shop, "/").text for path in paths)
    assert {get(shop, path).status_code for path in paths} == {200}
    assert get(shop, "/san-pham/khong-co").status_code == 404


def test_robots_permit_products(shop: Sandbox) -> None:
    """Products may be read, the basket not; the sitemap is named by its address."""
    assert get(shop, "/robots.txt").text.splitlines()[1:3] == ["Disallow: /gio-hang", "Disallow: /tai-khoan"]
    assert f"Sitemap: {shop.storefront_url('plain')}/sitemap.xml" in get(shop, "/robots.txt").text


def test_three_styles_tell_the_price(shop: Sandbox) -> None:
    """JSON-LD in a graph, microdata, OpenGraph: each page says its own price once, among the prices of others."""
    pages = [get(shop, path).text for path in product_paths(shop)]
    assert json_ld(pages[0])["offers"] == {
        "@type": "Offer",
        "price": "300000",
        "priceCurrency": "VND",
        "availability": "https://schema.org/InStock",
        "url": f"{shop.storefront_url('plain')}/san-pham/tra-dinh-100-g-a-1",
        "seller": {"@id": f"{shop.storefront_url('plain')}/#shop"},
    }
    assert Attributes(pages[1]).meta["price"] == "165000"
    assert Attributes(pages[3]).meta["product:price:amount"] == "98000"
    assert all("62.000 ₫" in page for page in pages)


def test_a_hostile_title_stays_text(shop: Sandbox) -> None:
    """Markup in a title closes no script and opens none; the reader gets the title back letter by letter."""
    page = get(shop, product_paths(shop)[2]).text
    assert json_ld(page)["name"] == HOSTILE
    assert "<script>alert" not in page


def test_ratings_appear_with_the_first_review(shop: Sandbox) -> None:
    """No aggregateRating before anybody rated; afterwards the average and the count of the world's own stars."""
    first = product_paths(shop)[0]
    assert "aggregateRating" not in json_ld(get(shop, first).text)
    shop.advance(START + timedelta(days=60))
    stars = shop.world.offers("plain")[0].stars
    mean = sum(star * count for star, count in enumerate(stars, 1)) / sum(stars)
    assert json_ld(get(shop, first).text)["aggregateRating"] == {
        "@type": "AggregateRating",
        "ratingValue": f"{mean:.2f}",
        "reviewCount": str(sum(stars)),
    }


def test_sold_out_and_hidden(shop: Sandbox) -> None:
    """An empty shelf is said so; a hidden product is gone from page, front and sitemap."""
    path = product_paths(shop)[0]
    offer = shop.world.offers("plain")[0]
    offer.stock = 0
    assert "https://schema.org/OutOfStock" in get(shop, path).text
    offer.state = OfferState.HIDDEN
    assert get(shop, path).status_code == 404
    assert path not in product_paths(shop)


def test_pictures_are_the_same_every_time(shop: Sandbox) -> None:
    """A 600 x 600 PNG of a few kilobytes whose pixels unpack to their full length, one a SKU."""
    body = get(shop, "/img/A-1.png").content
    assert body == picture("A-1") != picture("B-2")
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", body[16:24]) == (600, 600)
    assert len(body) < 8000
    start = body.index(b"IDAT")
    (length,) = struct.unpack(">I", body[start - 4 : start])
    assert len(zlib.decompress(body[start + 4 : start + 4 + length])) == 600 * 601


def image_url(sku: str) -> str:
    return f"http://127.0.0.1:1/img/{sku}.png"


def one_of_each() -> list[Product]:
    return [
        Product(code=f"P-{n}", producer_code=f"HTX-{n % 3}", name="Thử", sub_group=kind.slug)
        for n, kind in enumerate(sub_groups(ON))
    ]


def test_every_sub_group_of_goods_has_packs() -> None:
    """The table of packs covers exactly the sub-groups that are goods or drinks: a new one in the catalogue fails here."""
    assert set(PACKS) == {kind.slug for kind in sub_groups(ON) if kind.nature != "service"}


def test_a_demonstration_makes_goods_sellable() -> None:
    """Every product that is goods may be sold online afterwards; tourism and alcohol stay blocked."""
    natures = {kind.slug: kind.nature for kind in sub_groups(ON)}
    for product in demonstrate(one_of_each(), 1, image_url):
        assert (online_blockers(product, ON) == ()) is (natures[product.sub_group] == "goods"), product.sub_group
        assert all(document.is_demonstration for document in product.documents)


def test_a_demonstration_is_marked_and_complete() -> None:
    """Each pack has price, stock, a picture and a weight to ship, is marked, and carries the product's code."""
    for product in demonstrate(one_of_each(), 1, image_url):
        for variant in product.variants:
            assert variant.is_demonstration
            assert variant.sku.startswith(product.code)
            assert variant.images == (image_url(variant.sku),)
            assert variant.price_vnd is not None
            assert variant.price_vnd % 1000 == 0
            assert variant.stock is not None
            assert variant.net_weight_g or variant.shipping_weight_g
            assert variant.shipping_size is not None
            Variant.model_validate(variant.model_dump())


def test_a_demonstration_is_repeatable() -> None:
    """The same seed gives the same, another seed other prices; one product's draw does not depend on the others."""
    products = one_of_each()
    assert demonstrate(products, 1, image_url) == demonstrate(products, 1, image_url)
    assert demonstrate(products, 1, image_url) != demonstrate(products, 2, image_url)
    assert demonstrate(products[3:4], 1, image_url)[0] == demonstrate(products, 1, image_url)[3]


def test_facts_stay_facts() -> None:
    """A pack that lacks nothing is not touched or marked; a live paper is not doubled; what is lacking is filled."""
    box = PackSize(length_mm=120, width_mm=80, height_mm=80)
    whole = Variant(
        sku="T-1",
        net_weight_g=100,
        price_vnd=123_456,
        stock=3,
        images=("https://vi-du.invalid/t.jpg",),
        shipping_size=box,
    )
    bare = Variant(sku="T-2", net_weight_g=200)
    paper = Document(kind="food_self_declaration", number="01/HTX/2025")
    product = Product(
        code="T", producer_code="H", name="Trà", sub_group="food/tea", variants=(whole, bare), documents=(paper,)
    )
    (shown,) = demonstrate([product], 1, image_url)
    assert shown.variants[0] == whole
    assert (shown.variants[1].is_demonstration, shown.variants[1].net_weight_g) == (True, 200)
    assert [document.kind for document in shown.documents] == ["food_self_declaration", "facility_food_safety"]
    assert shown.documents[0] == paper


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [("Chè Đinh Tân Cương", 3_000_000, 4_000_000), ("Trà tôm nõn", 350_000, 600_000), ("Trà Hích", 200_000, 1_000_000)],
)
def test_tea_costs_what_sources_say(name: str, lowest: int, highest: int) -> None:
    """The price of a kilogram lies in the range the sources name for that class of tea."""
    packs = packs_for("food/tea", name)
    assert (packs.lowest_vnd, packs.highest_vnd) == (lowest, highest)
    tea = Product(code="T", producer_code="H", name=name, sub_group="food/tea")
    for variant in demonstrate([tea], 1, image_url)[0].variants:
        assert variant.price_vnd is not None
        assert variant.net_weight_g is not None
        assert lowest - 10_000 <= variant.price_vnd * 1000 / variant.net_weight_g <= highest + 10_000


def test_offline_sales_are_declared_by_producer_and_month() -> None:
    """One row for each, in whole thousands of đồng, marked, repeatable, and in the truth's own sum once given to the world."""
    rows = offline_sales(one_of_each(), 1, [date(2026, 10, 15), date(2026, 11, 1)])
    assert [(row["producer_code"], row["month"]) for row in rows] == [
        (f"HTX-{n}", month) for month in (202610, 202611) for n in range(3)
    ]
    assert all(row["is_demonstration"] and row["amount_vnd"] % 1000 == 0 for row in rows)
    assert rows == offline_sales(one_of_each(), 1, [date(2026, 10, 1), date(2026, 11, 30)])
    with Sandbox(1, sites=(PlainShop,)) as sandbox:
        sandbox.world.offline_sales.extend(rows)
        assert sandbox.truth()["offline_vnd"] == sum(row["amount_vnd"] for row in rows)


def test_the_register_that_ships_can_be_shown_whole() -> None:
    """Every product of the shipped register that is goods becomes sellable, and each of its packs makes a listing."""
    with sample_register() as path:
        reading = read_register(path)
    producers = {producer.code: producer for producer in reading.producers}
    natures = {kind.slug: kind.nature for kind in sub_groups(ON)}
    shown = demonstrate(reading.products, 1, image_url)
    goods = [product for product in shown if natures[product.sub_group] == "goods"]
    listings = [compose(p, v, producers[p.producer_code], ON) for p in goods for v in p.variants]
    assert [product.code for product in goods if online_blockers(product, ON)] == []
    assert len({listing.sku for listing in listings}) == len(listings) >= len(goods)
