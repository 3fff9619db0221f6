"""The public web: the product page's state in its layouts, what is not there, and refusals."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.sandbox import Sandbox
from sandbox.world import OfferState, Order, World

SHOP = "7495000000000000001"
PRODUCT = 1_729_592_969_712_300_001
HOSTILE = 'Trà </script><script>alert("x")</script> & <b>Tân Cương</b> 200g'


def fill(world: World) -> None:
    """One product of two packs, one with a list price; and another that stays hidden."""
    for number, price_vnd in enumerate((160_000, 310_000)):
        world.add_offer(
            "tiktok_shop",
            SHOP,
            f"S{number}",
            HOSTILE,
            "Chè nõn tôm",
            price_vnd,
            9_999,
            list_price_vnd=None if number else 185_000,
            offer_id=PRODUCT + number,
            extra={"product_id": PRODUCT},
        )
    hidden = world.add_offer("tiktok_shop", SHOP, "S9", "Ẩn", "", 1_000, 5, offer_id=PRODUCT + 9)
    hidden.state = OfferState.HIDDEN


@pytest.fixture
def web(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    layout = getattr(request, "param", "A1")
    with Sandbox(seed=7, options={"tiktok_shop.storefront": {"layout": layout}}) as running:
        fill(running.world)
        yield running


def get(web: Sandbox, path: str) -> requests.Response:
    return requests.get(f"{web.storefront_url('tiktok_shop')}{path}", timeout=10)


def state(web: Sandbox, path: str = f"/view/product/{PRODUCT}") -> dict[str, Any]:
    """The whole of the page's state: exactly one block."""
    (blob,) = re.findall(
        r'<script type="application/json" id="__MODERN_ROUTER_DATA__">(.*?)</script>', get(web, path).text
    )
    return json.loads(blob)["loaderData"]


def info(web: Sandbox) -> dict[str, Any]:
    (loader,) = (value for key, value in state(web).items() if "(product_id)" in key)
    (found,) = (
        c["component_data"]["product_info"]
        for c in loader["page_config"]["components_map"]
        if "product_info" in c["component_data"]
    )
    return found


def sell(web: Sandbox) -> list[Order]:
    web.advance(to=web.world.clock.now().replace(month=12))
    return web.world.orders("tiktok_shop")


def test_the_state_says_what_the_world_knows(web: Sandbox) -> None:
    """Price range as text and as numbers, exact sold count, stock, rating and review count."""
    sell(web)
    offers = [web.world.offer("tiktok_shop", PRODUCT + n) for n in (0, 1)]
    told = info(web)
    base = told["product_base"]
    assert (told["product_id"], base["title"]) == (str(PRODUCT), HOSTILE)
    assert base["sold_count"] == sum(offer.sold for offer in offers) == 98
    assert (base["price"]["real_price"], base["price"]["currency"]) == ("160.000₫ - 310.000₫", "VND")
    assert (base["price"]["min_sku_price"], base["price"]["max_sku_price"]) == ("160000", "310000")
    assert [(sku["sku_id"], sku["price"]["real_price"]["price_val"], sku["stock"]) for sku in told["skus"]] == [
        (str(offer.offer_id), str(offer.price_vnd), offer.stock) for offer in offers
    ]
    assert told["skus"][0]["price"]["original_price_value"] == "185000"
    stars = [sum(pair) for pair in zip(*(offer.stars for offer in offers), strict=True)]
    review = told["product_detail_review"]
    assert review["review_count"] == sum(stars) == 20
    assert review["product_rating"] == round(sum(n * count for n, count in enumerate(stars, 1)) / sum(stars), 1)
    names = {one.buyer_name for one in web.world.reviews("tiktok_shop")}
    assert {item["review_user"]["name"] for item in review["review_items"]} == names


def test_hostile_words_stay_words(web: Sandbox) -> None:
    """Nothing a seller or buyer wrote can end a script or open a tag."""
    sell(web)
    page = get(web, f"/view/product/{PRODUCT}").text
    assert page.count("<script") == page.count("</script>") == 2
    assert "<b>" not in page


@pytest.mark.parametrize(
    "path",
    [f"/view/product/{PRODUCT}", f"/vn/pdp/tra-tan-cuong/{PRODUCT}", f"/shop/pdp/{PRODUCT}", f"/vn/pdp/x/{PRODUCT}/"],
)
def test_every_form_of_the_address_leads_to_the_page(web: Sandbox, path: str) -> None:
    """With a slug, without one, and the short form."""
    assert get(web, path).status_code == 200


def test_what_is_not_on_sale_is_not_there(web: Sandbox) -> None:
    """Hidden or unknown: 404 without a state."""
    for number in (PRODUCT + 9, PRODUCT + 500):
        said = get(web, f"/view/product/{number}")
        assert (said.status_code, "__MODERN_ROUTER_DATA__" in said.text) == (404, False)


@pytest.mark.parametrize("web", ["A2"], indirect=True)
def test_the_other_inner_shape(web: Sandbox) -> None:
    """A2 puts the same facts into models."""
    told = info(web)
    assert told["product_model"]["product_id"] == str(PRODUCT)
    assert told["promotion_model"]["promotion_product_price"]["min_price"] == {
        "sku_id": str(PRODUCT),
        "sale_price_decimal": "160000",
        "origin_price_decimal": "185000",
        "discount_decimal": "0.14",
    }


@pytest.mark.parametrize("web", ["B"], indirect=True)
def test_the_layout_of_2025(web: Sandbox) -> None:
    """B has no components, and the inner names of A1."""
    told = state(web)["view/product/(product_id)/page"]["initialData"]["productInfo"]
    assert (told["product_id"], told["product_base"]["price"]["min_sku_price"]) == (str(PRODUCT), "160000")


@pytest.mark.parametrize("web", ["region"], indirect=True)
def test_a_caller_from_elsewhere_gets_ids_and_an_error(web: Sandbox) -> None:
    """Neither sold out nor refused."""
    assert info(web) == {"product_id": str(PRODUCT)}
    assert '"error_code":23002102' in get(web, f"/view/product/{PRODUCT}").text


def test_a_challenge_on_demand(web: Sandbox) -> None:
    """Security Check, without a state; robots.txt keeps the API out."""
    web.faults.add("tiktok_shop.storefront", "captcha", path="/view/")
    said = get(web, f"/view/product/{PRODUCT}")
    assert "<title>Security Check</title>" in said.text
    assert "__MODERN_ROUTER_DATA__" not in said.text
    robots = get(web, "/robots.txt")
    assert (robots.headers["Content-Type"].split(";")[0], "Disallow: /api/" in robots.text) == ("text/plain", True)


def test_a_keyword_page_links_to_what_says_its_words(web: Sandbox) -> None:
    """Everything on sale that says them, once."""
    page = get(web, "/vn/k/tân-cương").text
    assert re.findall(r'href="([^"]+)"', page) == [f"{web.storefront_url('tiktok_shop')}/view/product/{PRODUCT}"]
    assert re.findall(r"href=", get(web, "/vn/k/cà-phê").text) == []
