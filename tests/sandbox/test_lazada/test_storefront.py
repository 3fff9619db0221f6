"""The public pages: lists, product pages, reviews, and how they say no."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from sandbox.lazada import SITES, shown
from sandbox.sandbox import Sandbox
from tests.sandbox.test_lazada.conftest import Client, attributes, sku


class Visitor:
    """A shop whose goods have been on sale for some weeks, seen from outside."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.shop = Client(sandbox, sandbox.credentials("lazada"))
        self.url = sandbox.storefront_url("lazada")

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.shop.http.get(f"{self.url}{path}", params=query, timeout=10)

    def cards(self, **query: Any) -> list[dict[str, Any]]:
        return self.get("/catalog/", **({"ajax": "true", "q": "tra dinh"} | query)).json()["mods"]["listItems"]

    def page(self, ids: tuple[int, int]) -> str:
        return self.get(f"/products/tra-i{ids[0]}-s{ids[1]}.html").text


def opened(**options: Any) -> Iterator[Visitor]:
    with Sandbox(seed=7, sites=SITES, options={"lazada.storefront": options}) as sandbox:
        visitor = Visitor(sandbox)
        yield visitor
        visitor.shop.http.close()


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    yield from opened()


def fields(html: str, marker: str = "var __moduleData__ = ") -> dict[str, Any]:
    tree, _ = json.JSONDecoder().raw_decode(html[html.index(marker) + len(marker) :])
    found: dict[str, Any] = tree["data"]["root"]["fields"]
    return found


def tracking(html: str) -> dict[str, Any]:
    """A JSON text inside a JSON text."""
    marker = "var pdpTrackingData = "
    text, _ = json.JSONDecoder().raw_decode(html[html.index(marker) + len(marker) :])
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_card(visitor: Visitor) -> None:
    """Every figure is a text; who was never rated has "0" and no review; what sold nothing has no sold text."""
    item_id, sku_id = visitor.shop.on_sale(special_price="169000")
    card = visitor.cards()[0]
    figures = ("itemId", "skuId", "price", "priceShow", "originalPrice", "discount", "ratingScore", "review", "inStock")
    assert [card[name] for name in figures] == [
        str(item_id),
        str(sku_id),
        "169000",
        "169.000 ₫",
        "185000.00",
        "-9%",
        "0",
        "",
        True,
    ]
    assert "itemSoldCntShow" not in card
    assert (
        urlsplit(card["productUrl"]).path
        == f"/products/tra-dinh-tan-cuong-ocop-5-sao-hop-thiec-200g-i{item_id}-s{sku_id}.html"
    )


def test_only_what_is_on_sale(visitor: Visitor) -> None:
    """Pending and hidden products are nowhere; sold-out ones are shown as such."""
    visitor.shop.create()
    assert visitor.cards() == []
    visitor.shop.on_sale(8, quantity="0")
    assert [card["inStock"] for card in visitor.cards()] == [True, False]


def test_pages_of_forty(visitor: Visitor) -> None:
    """The second page has the rest, the third nothing."""
    for number in range(1, 44):
        visitor.shop.create(Skus={"Sku": [sku(number)]})
    visitor.shop.pass_time(hours=6)
    first = visitor.get("/catalog/", ajax="true", q="tra dinh", page=1).json()["mainInfo"]
    assert (first["totalResults"], first["pageSize"], first["page"], first["errorMsg"]) == ("43", "40", "1", "")
    assert [len(visitor.cards(page=page)) for page in (1, 2, 3)] == [40, 3, 0]


def test_a_shop_and_its_page(visitor: Visitor) -> None:
    """The shop's list as JSON and as a page that carries the same, with a card for each."""
    visitor.shop.on_sale()
    query = {"q": "All-Products", "from": "wangpu", "langFlag": "vi", "pageTypeId": "2", "page": "1"}
    listed = visitor.get("/htx-tra-tan-cuong/", ajax="true", **query).json()
    html = visitor.get("/htx-tra-tan-cuong/", **query).text
    carried, _ = json.JSONDecoder().raw_decode(html[html.index("window.pageData=") + len("window.pageData=") :])
    assert carried == listed
    assert re.findall(r'data-qa-locator="product-item".*?data-item-id="(\d+)"', html) == ["2100000001"]
    assert visitor.get("/ho-kinh-doanh-doi-che/", ajax="true").json()["mods"]["listItems"] == []


def test_a_product_page(visitor: Visitor) -> None:
    """The tree has the selling price, the tracking data the list price, the JSON-LD a price of 0."""
    ids = visitor.shop.on_sale(special_price="169000")
    html = visitor.page(ids)
    found = fields(html)
    info = found["skuInfos"]["0"]
    assert (info["price"]["salePrice"], info["price"]["originalPrice"]["value"], info["stock"]) == (
        {"value": 169000, "text": "169.000 ₫"},
        185000,
        120,
    )
    assert (found["skuInfos"].keys(), found["primaryKey"]["itemId"]) == ({"0", str(ids[1])}, str(ids[0]))
    assert (tracking(html)["pdt_price"], tracking(html)["pdt_sku"]) == ("185.000 ₫", ids[0])
    linked = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    assert (linked["offers"]["price"], linked["offers"]["availability"]) == (0, "https://schema.org/InStock")


def test_variants_and_what_is_out_of_stock(visitor: Visitor) -> None:
    """Each SKU with its own price; one that is out of stock offers the wish list."""
    small, large = (
        sku(1, saleProp={"weight": "100g"}, quantity="0"),
        sku(2, saleProp={"weight": "200g"}, price="350000"),
    )
    visitor.shop.create(Skus={"Sku": [small, large]})
    visitor.shop.pass_time(hours=6)
    found = fields(visitor.page((2100000001, 11000000002)))
    infos = found["skuInfos"]
    assert [infos[key]["operation"]["type"] for key in ("0", "11000000001", "11000000002")] == [
        "default",
        "wishlist",
        "default",
    ]
    assert infos["0"]["price"]["salePrice"]["value"] == 350000
    assert [row["name"] for row in found["productOption"]["skuBase"]["properties"][0]["values"]] == ["100g", "200g"]
    assert [row["propPath"] for row in found["productOption"]["skuBase"]["skus"]] == ["1:1", "1:2"]


def test_reviews(visitor: Visitor) -> None:
    """Counts from 5★ down, only ratings with words listed, filtered and sorted as asked."""
    ids = visitor.shop.on_sale(quantity="9999")
    visitor.shop.pass_time(days=120)
    offer = visitor.sandbox.world.offer("lazada", ids[1])
    reviews = visitor.sandbox.world.reviews("lazada")

    def asked(**query: Any) -> dict[str, Any]:
        standard = {"itemId": ids[0], "pageSize": 50, "pageNo": 1, "filter": 0, "sort": 1}
        return visitor.get("/pdp/review/getReviewList", **(standard | query)).json()["model"]

    model = asked()
    written = [one for one in reversed(reviews) if one.text]
    assert (model["ratings"]["scores"], model["ratings"]["rateCount"]) == (offer.stars[::-1], len(reviews))
    assert [row["reviewRateId"] for row in model["items"]] == [one.review_id for one in written]
    fives = [one.review_id for one in written if one.stars == 5]
    assert [row["reviewRateId"] for row in asked(filter=5)["items"]] == fives
    stars = [row["rating"] for row in asked(sort=3)["items"]]
    assert stars == sorted(stars)
    assert len(asked(pageSize=5)["items"]) == min(5, len(written))
    assert visitor.get("/pdp/review/getReviewList", itemId=ids[0], pageSize=51).json()["success"] is False


def test_hostile_words_stay_words(visitor: Visitor) -> None:
    """A title that would end a script ends none, in no page."""
    name = "Trà đinh </script><script>alert(1)</script> & \"nháy\" 'đơn'"
    visitor.shop.create(Attributes=attributes(name=name))
    visitor.shop.pass_time(hours=6)
    pages = [visitor.page((2100000001, 11000000001)), visitor.get("/catalog/", q="tra dinh").text]
    assert [page.count("<script>alert") for page in pages] == [0, 0]
    assert fields(pages[0])["product"]["title"] == name
    assert visitor.cards()[0]["name"] == name


def test_gone(visitor: Visitor) -> None:
    """404 with the site's own mark."""
    answers = [visitor.get(path) for path in ("/products/tra-i7-s7.html", "/no-such-shop/", "/a/b")]
    assert [(one.status_code, "lazada-ic-404" in one.text) for one in answers] == [(404, True)] * 3


def test_the_guard(visitor: Visitor) -> None:
    """A page of status 200 that holds none of the product and all of the guard's marks."""
    ids = visitor.shop.on_sale()
    visitor.sandbox.faults.add("lazada.storefront", "captcha")
    answer = visitor.get(f"/products/tra-i{ids[0]}-s{ids[1]}.html")
    marks = ("/_____tmd_____/punish", "x5secdata=", "punish-component", "nocaptcha", "baxia")
    assert (answer.status_code, [mark in answer.text for mark in marks]) == (200, [True] * 5)
    assert "__moduleData__" not in answer.text


def test_robots(visitor: Visitor) -> None:
    """Products and lists are open; a fault closes everything."""
    assert "Disallow: /cart" in visitor.get("/robots.txt").text
    visitor.sandbox.faults.add("lazada.storefront", "robots_deny")
    assert visitor.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


def test_switches() -> None:
    """Pages without prices, the older script, empty lists, English."""
    for visitor in opened(priceless=True, older=True, empty_lists=True, language="en"):
        ids = visitor.shop.on_sale()
        html = visitor.page(ids)
        info = fields(html, "app.run(")["skuInfos"]["0"]
        assert ("price" in info, "stock" in info, "__moduleData__" in html) == (False, False, False)
        assert tracking(html)["pdt_price"] == "₫185,000"
        assert visitor.cards() == []


@pytest.mark.parametrize(
    ("pieces", "vietnamese", "english"),
    [
        (0, "", ""),
        (354, "354 đã bán", "354 sold"),
        (1299, "1.2k đã bán", "1.2K sold"),
        (9999, "9.9k đã bán", "9.9K sold"),
        (10_000, "9,999+ đã bán", "9,999+ sold"),
    ],
)
def test_sold_texts(pieces: int, vietnamese: str, english: str) -> None:
    """Cut off, never rounded up, and capped."""
    assert (shown.sold(pieces, "vi"), shown.sold(pieces, "en")) == (vietnamese, english)
