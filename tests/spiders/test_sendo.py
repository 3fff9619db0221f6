"""Sendo's lists, product and ratings, made here field by field."""

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
from tests.spiders.damage import as_bytes, spoilt, survives, torn

SEARCH = "https://www.sendo.vn/tim-kiem?q=tra"
SHOP = "https://shop-home.sendo.vn/api/v1/product/filter?shop_id=41"
PRODUCT = "https://www.sendo.vn/tra-tan-cuong-8001.html"
RATINGS = "https://ratingapi.sendo.vn/product/8001/rating?page=1&limit=10&star=all&v=2"
PRICES = {"price": 260000, "price_max": 300000, "final_price": 235000, "final_price_max": 280000, "order_count": 19}


def search(**changes: Any) -> dict[str, Any]:
    row = {
        "product_id": 8001, "admin_id": 41, "name": "Trà Tân Cương", "shop_name": "Chè Thái", "cat_path": "tra-tan-cuong-8001.html/",
        "original_price": "300,000đ", "rating_info": {"total_rated": 4, "percent_star": 5, "percent_star_rating": 97.5}, **PRICES, **changes,
    }  # fmt: skip
    return {"result": {"data": [row], "meta_data": {"total_count": 1}}}


def shop(**changes: Any) -> dict[str, Any]:
    row = {
        "id": 0, "product_id": 8001, "admin_id": 41, "name": "Trà Tân Cương", "url_key": "https://www.sendo.vn/tra-tan-cuong-8001.html?source_page_id=x",
        "rating_percent": 4.878049, "total_rated": 41, "quantity": 0, "remain": 0, "price": 129000, "final_price": 49000, "order_count": 0, **changes,
    }  # fmt: skip
    return {"data": {"total": 1, "list": [row]}}


def product(**changes: Any) -> dict[str, Any]:
    stars = {"star1": 0, "star2": 0, "star3": 2, "star4": 1, "star5": 38}
    return {"data": {
        "id": 8001, "name": "Trà Tân Cương", "cat_path": "tra-tan-cuong-8001.html", "quantity": 258, "stock_status": 1, "variants": [{}, {}],
        "shop_info": {"shop_id": 41, "shop_name": "Chè Thái", "rating_avg": 4.1, "rating_count": 8853},
        "rating_info": {"total_rated": 41, "percent_star": 4.9, "percent_star_rating": 97.56, **stars}, **PRICES, **changes,
    }}  # fmt: skip


def ratings(*rows: dict[str, Any]) -> dict[str, Any]:
    stars = {f"count_star_{n}": n for n in range(1, 6)}
    return {"data": list(rows), "meta_data": {"total_count": 15, "total_page": 2, **stars}}


def review(**changes: Any) -> dict[str, Any]:
    return {"rating_id": 3, "star": 5, "comment": "Thơm", "update_time": 1700000000, "images": ["a"], "user_name": "Le Van D", "customer_id": 61, "avatar": "x.png", **changes}  # fmt: skip


def from_json(url: str, body: Any) -> Reading:
    return read("sendo", url, as_bytes(body))


def one(reading: Reading) -> Item:
    assert (reading.state, reading.evidence) == (PageState.OK, "")
    (found,) = reading.items
    return found


def test_search_row() -> None:
    """`final_price` is asked, `price` is the list price, stars are `percent_star`; the path loses its slash."""
    assert one(from_json(SEARCH, search())) == Item(
        site="sendo", page="cards", external_id="8001", shop_id="41", shop_name="Chè Thái", title="Trà Tân Cương", currency="VND",
        price=Decimal(235000), price_max=Decimal(280000), list_price=Decimal(260000), rating_average=5.0, rating_count=4,
        sold_total=Sold(raw="19", lo=19, hi=19), url=PRODUCT,
    )  # fmt: skip


def test_list_price_only_where_it_is_greater() -> None:
    """The top of the range is no list price; nobody's rating is none."""
    nobody = {"total_rated": 0, "percent_star": 0}
    found = one(from_json(SEARCH, search(price=235000, rating_info=nobody, cat_path="khac-9.html")))
    assert (found.list_price, found.rating_average, found.rating_count, found.url) == (None, None, 0, None)


def test_shop_row() -> None:
    """`rating_percent` is stars here; a flash deal's quota of 0 is neither a stock nor sold out; 0 orders is a true zero."""
    found = one(from_json(SHOP, shop()))
    assert (found.rating_average, found.rating_count, found.stock, found.available) == (4.878049, 41, None, None)
    assert (found.price, found.list_price, found.sold_total) == (
        Decimal(49000),
        Decimal(129000),
        Sold(raw="0", lo=0, hi=0),
    )
    assert found.url == PRODUCT


def test_product() -> None:
    """The product's own rating, not the shop's; stock and its five star counts."""
    assert one(from_json(PRODUCT, product())) == Item(
        site="sendo", page="product", external_id="8001", shop_id="41", shop_name="Chè Thái", title="Trà Tân Cương", currency="VND",
        price=Decimal(235000), price_max=Decimal(280000), list_price=Decimal(260000), rating_average=4.9, rating_count=41,
        rating_histogram=(0, 0, 2, 1, 38), sold_total=Sold(raw="19", lo=19, hi=19), available=True, stock=258, variants=2, url=PRODUCT,
    )  # fmt: skip
    assert one(from_json(PRODUCT, product(quantity=0))).available is False


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"stock_status": 3}, "available: unknown stock_status"),
        ({"final_price": 1.5}, "price: a fraction of a đồng"),
        ({"final_price_max": 1000}, "price: above price_max"),
        ({"order_count": -1}, "sold_total: out of range"),
        ({"id": 8002}, "external_id: not the product that was asked for"),
    ],
)
def test_what_cannot_be_true_is_flagged(changes: dict[str, Any], flag: str) -> None:
    """The row is evidence, not a fact."""
    reading = from_json(PRODUCT, product(**changes))
    assert (reading.state, reading.items[0].flags) == (PageState.BAD_DATA, (flag,))


def test_ratings_keep_no_person() -> None:
    """Stars, text, time and pictures; the next page is told by the address's own number."""
    reading = from_json(RATINGS, ratings(review(), review(rating_id=4, comment="", update_time=None, images=None)))
    assert reading.ratings is not None
    assert reading.ratings.summary == {"rating_count": 15, "rating_histogram": [1, 2, 3, 4, 5]}
    assert (reading.ratings.item_external_id, reading.ratings.has_next) == ("8001", True)
    first, second = reading.ratings.reviews
    assert (first.stars, first.text, first.images, first.created_at) == (
        5,
        "Thơm",
        1,
        datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC),
    )
    assert (second.text, second.images, second.created_at) == (None, None, None)
    assert "Le Van D" not in str(reading.ratings.as_json())
    last = from_json(RATINGS.replace("page=1", "page=2"), ratings(review()))
    assert last.ratings is not None
    assert last.ratings.has_next is False


def test_ratings_of_another_product() -> None:
    """A list carries its own product's id: it is held against the one asked for."""
    reading = from_json(RATINGS, ratings(review(product_id=9)))
    assert (reading.state, reading.evidence) == (PageState.BAD_DATA, "reviews of another product than asked for")


@pytest.mark.parametrize(
    ("url", "body", "state"),
    [
        (PRODUCT, b"<!doctype html>", PageState.LAYOUT_CHANGED),
        (SEARCH, b"<!doctype html>", PageState.LAYOUT_CHANGED),
        (SHOP, b"<!doctype html>", PageState.REFUSED),
        (RATINGS, b"<!doctype html>", PageState.REFUSED),
        (PRODUCT, b'{"data": null}', PageState.LAYOUT_CHANGED),
        (SEARCH, b'{"result": {}}', PageState.LAYOUT_CHANGED),
        (SEARCH, b'{"result": {"data": []}}', PageState.OK),
        (SEARCH, b'{"result": {"data": [', PageState.BAD_DATA),
    ],
)
def test_pages_without_items(url: str, body: bytes, state: PageState) -> None:
    """HTML where JSON was asked for is a refusal; an HTML page is a layout nobody has described."""
    assert read("sendo", url, body).state == state


def test_products_are_told_by_their_address() -> None:
    """The number before `.html`, with a slash after it or without."""
    told = [
        sites()["sendo"].is_product(f"https://www.sendo.vn{path}")
        for path in ("/tra-8001.html", "/tra-8001.html/", "/shop/che", "/tim-kiem?q=a-1.html")
    ]
    assert told == [True, True, False, False]


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**7))
def test_amounts_and_orders_come_back(asked: int, off: int, orders: int) -> None:
    """Plain đồng in, plain đồng out; orders are exact."""
    found = one(
        from_json(SEARCH, search(final_price=asked, final_price_max=asked, price=asked + off, order_count=orders))
    )
    assert (found.price, found.price_max, found.list_price) == (
        Decimal(asked),
        None,
        Decimal(asked + off) if off else None,
    )
    assert found.sold_total == Sold(raw=str(orders), lo=orders, hi=orders)


@pytest.mark.parametrize(
    ("url", "body"), [(SEARCH, search()), (SHOP, shop()), (PRODUCT, product()), (RATINGS, ratings(review()))]
)
@settings(max_examples=120, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_spoilt_bodies_raise_nothing(url: str, body: Any, seed: int) -> None:
    """Whatever a body has become, a state comes back within two seconds."""
    random = Random(seed)
    survives("sendo", url, as_bytes(spoilt(body, random)))
    survives("sendo", url, torn(as_bytes(body), random))


def test_rows_in_every_wrapping() -> None:
    """A bare list, a `data` list, and the home feed's `item` objects give the rows of a search."""
    (row,) = search()["result"]["data"]
    wanted = from_json(SEARCH, search())
    for body in (
        [row],
        {"data": [row]},
        {"data": [{"item": row, "type": "product"}]},
        {"result": {"data": [{"item": row}]}},
    ):
        assert from_json(SEARCH, body) == wanted


def test_row_that_says_less() -> None:
    """Without shop, stars or orders: null each, the price is still read."""
    item = one(from_json(SEARCH, search(admin_id=None, shop_name=None, rating_info=None, order_count=None)))
    assert (item.shop_id, item.shop_name, item.rating_count, item.sold_total, item.price) == (
        None,
        None,
        None,
        None,
        Decimal(235000),
    )
