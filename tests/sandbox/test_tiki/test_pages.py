"""Tiki's public pages and JSON say what the world says, in the site's own layout."""

import json
import re
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest

from sandbox.tiki.sold_texts import on_card, on_product_page


def next_data(text: str) -> dict[str, Any]:
    found = re.findall(r'<script id="__NEXT_DATA__"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert len(found) == 1
    return dict(json.loads(found[0])["props"]["initialState"])


def graph(text: str) -> dict[str, Any]:
    blocks = [json.loads(b) for b in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)]
    return next(node for b in blocks for node in b.get("@graph", ()) if node["@type"] == "Product")


@pytest.fixture
def shop(tiki: Any, draft: Any) -> Any:
    """Sixty days of one well-known tea, and one that nobody has bought yet."""
    tiki.put_up(draft(stock=9_000))
    tiki.wait(days=60)
    tiki.put_up(draft("TN-MOI", name="Chè mới", stock=0, market_price=235_000))
    return tiki


def test_the_page_and_the_json_are_one_product(shop: Any) -> None:
    """State, JSON-LD and product JSON agree with the world: price, strikethrough, counters, seller, offer."""
    product = shop.product()
    path = f"/bat-ky-p{product['master_id']}.html?spid={product['product_id']}"
    page = shop.page(path)
    state = next_data(page.text)["productv2"]["productData"]["response"]["data"]
    assert state == shop.page(f"/api/v2/products/{product['master_id']}?spid={product['product_id']}").json()
    offer = shop.sandbox.world.offer("tiki", product["product_id"])
    assert (state["price"], state["list_price"], state["discount"], state["discount_rate"]) == (
        235_000,
        260_000,
        25_000,
        10,
    )
    assert state["quantity_sold"]["value"] == state["all_time_quantity_sold"] == offer.sold
    assert state["current_seller"]["product_id"] == str(product["product_id"])
    assert state["stock_item"]["qty"] == 1_000
    assert state["day_ago_created"] == 60
    linked = graph(page.text)
    assert linked["offers"]["price"] == 235_000
    assert linked["offers"]["priceSpecification"]["price"] == 260_000
    assert linked["aggregateRating"]["reviewCount"] == str(sum(offer.stars))


def test_before_the_first_sale_there_is_no_counter(shop: Any) -> None:
    """No sold keys at all, rating 0 with 0 ratings, out of stock, no strikethrough without a discount."""
    product = shop.product("TN-MOI")
    page = shop.page(f"/x-p{product['master_id']}.html")
    state = next_data(page.text)["productv2"]["productData"]["response"]["data"]
    assert not {"quantity_sold", "all_time_quantity_sold"} & set(state)
    assert (state["rating_average"], state["review_count"], state["inventory_status"]) == (0, 0, "out_of_stock")
    assert "priceSpecification" not in graph(page.text)["offers"]
    assert "aggregateRating" not in graph(page.text)


def test_sold_texts_are_as_coarse_as_the_sites(shop: Any) -> None:
    """Product pages cut to whole thousands, cards say the number."""
    assert [on_product_page(n) for n in (1, 999, 1_000, 2_326, 2_999)] == [
        "Đã bán 1",
        "Đã bán 999",
        "Đã bán 1k",
        "Đã bán 2k",
        "Đã bán 2k",
    ]
    assert on_card(11_280) == "Đã bán 11280"
    sold = shop.sandbox.world.offer("tiki", shop.product()["product_id"]).sold
    rows = shop.page("/api/personalish/v1/blocks/listings?category=44101").json()["data"]
    assert [row.get("quantity_sold") for row in rows] == [{"text": f"Đã bán {sold}", "value": sold}, None]


def test_reviews_have_the_whole_histogram_whatever_the_filter(shop: Any) -> None:
    """Newest first on demand, 20 a page at most, percentages cut, names of buyers present for us to drop."""
    product = shop.product()
    base = f"/api/v2/reviews?product_id={product['master_id']}&spid={product['product_id']}&seller_id=145001"
    offer = shop.sandbox.world.offer("tiki", product["product_id"])
    truth = {r.review_id: r for r in shop.sandbox.world.reviews("tiki", offer.offer_id)}
    newest = shop.page(f"{base}&limit=100&sort=id|desc").json()
    assert [row["id"] for row in newest["data"]] == sorted(truth, reverse=True)[:20]
    assert newest["paging"]["total"] == newest["reviews_count"] == len(truth)
    assert [newest["stars"][str(n)]["count"] for n in range(1, 6)] == offer.stars
    fives = shop.page(f"{base}&sort=stars|5").json()
    assert {row["rating"] for row in fives["data"]} == {5}
    assert fives["stars"] == newest["stars"]
    row = newest["data"][0]
    assert row["content"] == truth[row["id"]].text
    assert row["created_by"]["full_name"] == truth[row["id"]].buyer_name
    assert row["created_at"] == int(truth[row["id"]].created_at.timestamp())


def test_list_pages_repeat_products_as_advertisements(shop: Any) -> None:
    """The same id comes as an advertisement and as itself; rows have no list_price; shop lists have order_count 0."""
    catalog = next_data(shop.page("/tra-kho/c44101").text)["catalog"]
    ids = [shop.product(sku)["master_id"] for sku in ("TN-CHE-200", "TN-MOI")]
    assert [row["id"] for row in catalog["data"]] == [*ids, *ids]
    assert ["advertisement" in row for row in catalog["data"]] == [True, True, False, False]
    assert all("list_price" not in row for row in catalog["data"])
    assert catalog["paging"]["total"] == 2
    assert [row["availability"] for row in catalog["data"]] == [1, 0, 1, 0]
    found = next_data(shop.page("/search?q=chè mới").text)["catalog"]
    assert {row["id"] for row in found["data"]} == {ids[1]}
    rows = shop.page("/v2/seller/stores/ocop-thai-nguyen/products?limit=1&page=2").json()
    assert [(row["id"], row["order_count"], row["sp_seller_id"]) for row in rows["data"]] == [(ids[1], 0, 145001)]
    assert next_data(shop.page("/cua-hang/ocop-thai-nguyen").text)["catalog"]["paging"]["total"] == 2


def test_what_is_off_sale_is_gone(shop: Any) -> None:
    """A hidden product is 404 everywhere: JSON where JSON was asked, HTML where a page was."""
    product = shop.product()
    shop.call("PUT", "/v2.1/products/updateSku", {"product_id": product["product_id"], "active": 0})
    gone = shop.page(f"/api/v2/products/{product['master_id']}")
    assert (gone.status_code, gone.headers["Content-Type"]) == (404, "application/json; charset=utf-8")
    page = shop.page(f"/x-p{product['master_id']}.html")
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert len(shop.page("/api/v2/products?q=chè").json()["data"]) == 1


def test_variants_stand_on_one_page(tiki: Any, draft: Any) -> None:
    """The spid selects the variant; without it the cheapest is shown; counters belong to the page."""
    wanted = draft(option_attributes=["Khối lượng"])
    first = wanted["variants"][0] | {"option1": "200 g"}
    wanted["variants"] = [first, first | {"sku": "TN-CHE-500", "option1": "500 g", "price": 550_000}]
    tiki.put_up(wanted)
    large = tiki.product("TN-CHE-500")
    chosen = tiki.page(f"/api/v2/products/{large['super_id']}?spid={large['product_id']}").json()
    assert (chosen["type"], chosen["price"]) == ("configurable", 550_000)
    assert [(v["option1"], v["selected"]) for v in chosen["configurable_products"]] == [
        ("200 g", False),
        ("500 g", True),
    ]
    assert tiki.page(f"/api/v2/products/{large['super_id']}").json()["price"] == 235_000


def test_a_hostile_name_cannot_leave_its_script(tiki: Any, draft: Any) -> None:
    """HTML, quotes and direction marks in a name reach the reader as they were and break nothing."""
    name = "Chè </script><script>alert(1)</script> \u202e\"'&\u2028 x"
    tiki.put_up(draft(name=name))
    page = tiki.page(f"/x-p{tiki.product()['master_id']}.html")
    assert next_data(page.text)["productv2"]["productData"]["response"]["data"]["name"] == name
    assert graph(page.text)["name"] == name
    assert "<script>alert" not in page.text


def test_robots_allow_products_and_close_private_paths(tiki: Any) -> None:
    """Product pages, product JSON and reviews may be read; accounts and orders may not."""
    robots = RobotFileParser()
    robots.parse(tiki.page("/robots.txt").text.splitlines())
    allowed = ("/che-p1.html", "/tra-kho/c44101", "/api/v2/products/1", "/api/v2/reviews?product_id=1")
    closed = ("/api/v2/me/x", "/v1/private/x", "/api/v2/reviews/writable", "/order/tracking", "/customer/address")
    assert [robots.can_fetch("ocop", path) for path in (*allowed, *closed)] == [True] * 4 + [False] * 5


def test_faults_of_the_storefront(tiki: Any) -> None:
    """A challenge page comes with 200 and no state; a denying robots.txt forbids everything."""
    tiki.sandbox.faults.add(site="tiki.storefront", kind="captcha", path=r"\.html$")
    challenge = tiki.page("/x-p1.html")
    assert "__NEXT_DATA__" not in challenge.text
    assert "captcha" in challenge.text
    tiki.sandbox.faults.add(site="tiki.storefront", kind="robots_deny")
    robots = RobotFileParser()
    robots.parse(tiki.page("/robots.txt").text.splitlines())
    assert not robots.can_fetch("ocop", "/x-p1.html")


class TestBrowsersOnly:
    @pytest.fixture
    def options(self) -> dict[str, dict[str, Any]]:
        return {"tiki.storefront": {"browsers_only": True}}

    def test_plain_clients_are_refused(self, tiki: Any) -> None:
        """With the switch on, only a User-Agent that looks like a browser's gets past 403."""
        assert tiki.page("/robots.txt").status_code == 403
        assert tiki.page("/robots.txt", **{"User-Agent": "Mozilla/5.0 (X11)"}).status_code == 200
