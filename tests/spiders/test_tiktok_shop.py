"""TikTok Shop's product page, made here field by field."""

import json
import time
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.reading import Item, Sold
from spiders import sites
from spiders.page import PageState, Reading
from spiders.reading import read
from tests.spiders.damage import spoilt, survives, torn

NUMBER = "1729447605320000001"
PRODUCT = f"https://shop.tiktok.com/vn/pdp/tra-tan-cuong/{NUMBER}?source=x"
ROUTE = "shop/pdp/(product_name_slug$)/(product_id)/page"


def sku(asked: str = "235000", listed: str | None = "260000", **changes: Any) -> dict[str, Any]:
    return {
        "sku_id": "1",
        "stock": 5,
        "price": {"real_price": {"price_val": asked, "price_str": "x"}, "original_price_value": listed},
        **changes,
    }


def review(**changes: Any) -> dict[str, Any]:
    body = {
        "review_id": "7397",
        "rating": 5,
        "display_text": "Thơm",
        "images": [{}, {}],
        "review_timestamp": "1700000000343",
        **changes,
    }
    return {"review": body, "sku_specification": "Hộp 200 g", "review_user": {"name": "Pham E"}}


def info(**changes: Any) -> dict[str, Any]:
    body = {
        "product_id": NUMBER, "status": 1, "seller": {"seller_id": "7495000000000000001", "name": "Chè Thái"},
        "product_base": {
            "title": "Trà Tân Cương", "sold_count": 3076,
            "price": {"real_price": "x", "min_sku_price": "235.000", "max_sku_price": "410.000", "min_sku_original_price": "260000", "currency": "VND"},
        },
        "skus": [sku(), sku("410000", None, stock=0), sku("300000", None)],
        "product_detail_review": {"product_rating": 4.5, "review_count": 2868, "review_count_str": "2.9k", "review_items": [review()]}, **changes,
    }  # fmt: skip
    return {name: value for name, value in body.items() if value is not ...}


def state(product: Any, error: int = 0, before: int = 1) -> dict[str, Any]:
    components: list[Any] = [{"component_name": "page_header", "component_data": {}} for _ in range(before)]
    components.append(
        {"component_name": "product_info", "component_data": {"product_info": product, "error_code": error}}
    )
    return {"loaderData": {"layout": None, ROUTE: {"page_config": {"components_map": components}}}, "errors": None}


def page(value: Any) -> bytes:
    crumbs = '<script type="application/ld+json">{"@type": "BreadcrumbList"}</script>'
    return f'<!doctype html><html><head>{crumbs}</head><script type="application/json" id="__MODERN_ROUTER_DATA__">{json.dumps(value)}</script></html>'.encode()


def reading(product: Any, url: str = PRODUCT, **layout: int) -> Reading:
    return read("tiktok_shop", url, page(state(product, **layout)))


def one(found: Reading) -> Item:
    assert (found.state, found.evidence) == (PageState.OK, "")
    (item,) = found.items
    return item


def test_product_page() -> None:
    """Text in the main unit; the range of what can be bought; an exact counter; a count that wins over its text."""
    assert one(reading(info())) == Item(
        site="tiktok_shop", page="product", external_id=NUMBER, shop_id="7495000000000000001", shop_name="Chè Thái", title="Trà Tân Cương",
        currency="VND", price=Decimal(235000), price_max=Decimal(300000), list_price=Decimal(260000), rating_average=4.5, rating_count=2868,
        sold_total=Sold(raw="3076", lo=3076, hi=3076), available=True, stock=10, variants=3, reviews_on_page=1,
        url=f"https://shop.tiktok.com/view/product/{NUMBER}",
    )  # fmt: skip


@pytest.mark.parametrize("before", [0, 3, 9])
def test_product_is_found_wherever_it_stands(before: int) -> None:
    """Its place in the list of components moves between builds."""
    assert one(reading(info(), before=before)).external_id == NUMBER


def test_shown_range_where_no_variant_has_a_price() -> None:
    """Grouped text of đồng is đồng; without variants there is no stock and nothing is said about availability."""
    found = one(reading(info(skus=...)))
    assert (found.price, found.price_max, found.list_price) == (Decimal(235000), Decimal(410000), Decimal(260000))
    assert (found.stock, found.available, found.variants) == (None, None, None)


def test_vietnamese_stock_field() -> None:
    """`sku_quantity.available_quantity` stands in for `stock`; one variant without either leaves the sum open; 0 of all is sold out."""
    here: dict[str, Any] = {"sku_quantity": {"available_quantity": 4}}
    assert one(reading(info(skus=[sku(stock=None, **here), sku(stock=None, **here)]))).stock == 8
    partly = one(reading(info(skus=[sku(), sku(stock=None)])))
    assert (partly.stock, partly.available) == (None, None)
    none_left = one(reading(info(skus=[sku(stock=0)])))
    assert (none_left.stock, none_left.available, none_left.price) == (0, False, Decimal(235000))


def test_foreign_page_keeps_its_currency_and_cents() -> None:
    """Dollars with cents stay dollars."""
    base = info()["product_base"] | {"price": {"min_sku_price": "24.17", "max_sku_price": "24.69", "currency": "USD"}}
    found = one(reading(info(product_base=base, skus=[sku("24.17", "31.75"), sku("24.690", "31.75")])))
    assert (found.currency, found.price, found.price_max, found.list_price) == (
        "USD",
        Decimal("24.17"),
        Decimal("24.690"),
        Decimal("31.75"),
    )


def test_nobody_rated_and_no_counter() -> None:
    """0 of 0 is no rating, and an absent counter is no zero."""
    base = {key: value for key, value in info()["product_base"].items() if key != "sold_count"}
    found = one(
        reading(
            info(
                product_base=base, product_detail_review={"product_rating": 0, "review_count": 0, "review_items": None}
            )
        )
    )
    assert (found.rating_average, found.rating_count, found.sold_total, found.reviews_on_page) == (None, 0, None, None)


def test_reviews_keep_no_person() -> None:
    """Stars, text, variant, time in milliseconds; rows with impossible stars are left out."""
    rows = [review(), review(review_id="2", rating=9), review(review_id="3", review_timestamp=None)]
    found = reading(
        info(product_detail_review={"product_rating": 4.5, "review_count": 3, "review_items": rows})
    ).ratings
    assert found is not None
    assert found.summary == {"rating_average": 4.5, "rating_count": 3}
    first, second = found.reviews
    assert (first.stars, first.text, first.variant, first.images) == (5, "Thơm", "Hộp 200 g", 2)
    assert (first.created_at, second.created_at) == (datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), None)
    assert "Pham" not in str(found.as_json())


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"status": 4}, "available: unknown status"),
        ({"product_id": "1729447605320000002"}, "external_id: not the product that was asked for"),
        ({"skus": [sku("rẻ lắm")]}, "price: unknown price text: 'rẻ lắm'"),
        ({"skus": [sku("235000.5")]}, "price: a fraction of a đồng"),
        ({"skus": [sku(stock=-1)]}, "stock: out of range"),
    ],
)
def test_what_cannot_be_true_is_flagged(changes: dict[str, Any], flag: str) -> None:
    """The page is evidence, not a fact."""
    found = reading(info(**changes))
    assert (found.state, found.items[0].flags[0]) == (PageState.BAD_DATA, flag)


def test_amounts_without_a_currency_are_nobodys() -> None:
    """The address is the same for every country: only the page can say which money it means."""
    base = info()["product_base"] | {"price": {"min_sku_price": "24.17"}}
    found = reading(info(product_base=base, skus=None))
    assert found.items[0].flags == ("currency: neither the page nor its address names one",)


@pytest.mark.parametrize(
    ("url", "body", "wanted"),
    [
        (PRODUCT, b"<!doctype html><title>Security Check</title>", PageState.REFUSED),
        (PRODUCT, b"<!doctype html><title>TikTok Shop</title>", PageState.REFUSED),
        (PRODUCT, b'{"code": 1}', PageState.REFUSED),
        (PRODUCT, page(state({"product_id": NUMBER}, error=23002102)), PageState.NOT_OFFERED),
        (PRODUCT, page(state(None, error=23002102)), PageState.NOT_OFFERED),
        (PRODUCT, page(state({"product_id": NUMBER})), PageState.LAYOUT_CHANGED),
        (PRODUCT, page({"loaderData": {}}), PageState.LAYOUT_CHANGED),
        (PRODUCT, page(state(info())) * 2, PageState.LAYOUT_CHANGED),
        (PRODUCT, page(state(info()))[:900], PageState.LAYOUT_CHANGED),
        ("https://shop.tiktok.com/vn/k/tra", page({"loaderData": {}}), PageState.LAYOUT_CHANGED),
        ("https://shop.tiktok.com/login", b"<!doctype html>", PageState.REFUSED),
    ],
)
def test_pages_without_a_product(url: str, body: bytes, wanted: PageState) -> None:
    """No state is a refusal; ids beside an error code are "not offered here", never sold out or gone."""
    assert read("tiktok_shop", url, body).state == wanted


@pytest.mark.parametrize(
    ("path", "is_product"),
    [(f"/vn/pdp/tra/{NUMBER}", True), (f"/vn/pdp/{NUMBER}", True), (f"/shop/pdp/tra/{NUMBER}", True), (f"/view/product/{NUMBER}", True), ("/vn/c/tra/601152", False), ("/vn/store/che/749", False)],
)  # fmt: skip
def test_products_are_told_by_their_address(path: str, *, is_product: bool) -> None:
    """Fifteen to twenty digits at the end of one of the site's forms."""
    assert sites()["tiktok_shop"].is_product(f"https://shop.tiktok.com{path}") is is_product


@given(st.integers(1, 10**9), st.sampled_from(("{}", "{:,}", "{}.00")))
def test_dong_texts_come_back_whole(dong: int, form: str) -> None:
    """Plain, grouped with dots as Vietnamese pages do, or with the machine's two zeros."""
    assert one(reading(info(skus=[sku(form.format(dong).replace(",", "."), None)]))).price == dong


@given(st.integers(1, 10**7))
def test_cents_come_back(cents: int) -> None:
    """Dollars as the page's decimal text."""
    base = info()["product_base"] | {"price": {"currency": "USD"}}
    asked = Decimal(cents).scaleb(-2)
    assert one(reading(info(product_base=base, skus=[sku(str(asked), None)]))).price == asked


@settings(max_examples=200, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_spoilt_bodies_raise_nothing(seed: int) -> None:
    """Whatever a page has become, a state comes back within two seconds."""
    random = Random(seed)
    survives("tiktok_shop", PRODUCT, page(spoilt(state(info()), random)))
    survives("tiktok_shop", PRODUCT, page(state(spoilt(info(), random))))
    survives("tiktok_shop", PRODUCT, torn(page(state(info())), random))


@pytest.mark.parametrize(
    "filler", [b"<script " * 400_000, b'<script id="__MODERN_ROUTER_DATA__">' * 100_000, b"<title>" * 500_000]
)
def test_hostile_tags_are_read_in_time(filler: bytes) -> None:
    """A page made of nothing but openings costs no more than two seconds."""
    started_s = time.perf_counter()
    survives("tiktok_shop", PRODUCT, b"<html>" + filler)
    assert time.perf_counter() - started_s < 2


@pytest.mark.parametrize("code", [{"error_code": 23002102}, {"status_code": 23002102}, {"code": "23002102"}])
def test_ids_and_a_code_are_not_offered_here(code: dict[str, Any]) -> None:
    """Wherever the code stands, beside ids alone it means another country; beside a whole product it means nothing."""
    assert reading({"product_id": NUMBER, **code}).state == PageState.NOT_OFFERED
    assert one(reading(info(**code))).price == 235000
    assert reading({"product_id": NUMBER}).state == PageState.LAYOUT_CHANGED
