"""Tiki's pages and JSON, made here field by field: what counts as a figure and what does not."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from catalog.reading import Item, Sold
from spiders import sites
from spiders.page import PageState, Reading
from spiders.reading import read
from tests.spiders.pages import tiki_page, tiki_product, tiki_product_page, tiki_reviews

PAGE = "https://tiki.vn/tra-tan-cuong-p279000121.html?spid=279000123"
API = "https://tiki.vn/api/v2/products/279000121?platform=web&spid=279000123"
REVIEWS = "https://tiki.vn/api/v2/reviews?product_id=279000121"
LISTING = "https://tiki.vn/api/personalish/v1/blocks/listings?category=44101"


def from_json(url: str, body: Any) -> Reading:
    return read("tiki", url, json.dumps(body, ensure_ascii=False).encode())


def one(reading: Reading) -> Item:
    assert (reading.state, reading.evidence) == (PageState.OK, "")
    (item,) = reading.items
    return item


def test_product_page_and_product_json_say_the_same() -> None:
    """The page ships the API's body: read from either, an item is the same but for its reviews."""
    from_page = one(read("tiki", PAGE, tiki_product_page(tiki_product()).encode()))
    assert from_page == one(from_json(API, tiki_product()))
    assert from_page == Item(
        site="tiki", page="product", external_id="279000121", variant_id="279000123", shop_id="145001", shop_name="OCOP Thái Nguyên",
        title="Trà Tân Cương hộp 200 g", currency="VND", price=Decimal(235000), list_price=Decimal(260000), rating_average=4.8, rating_count=31,
        sold_total=Sold(raw="Đã bán 120", lo=120, hi=120), available=True, variants=0, url="https://tiki.vn/product-p279000121.html?spid=279000123",
    )  # fmt: skip


def test_product_page_carries_histogram_and_reviews() -> None:
    """Stars run from one to five; the reviews on the page are counted and kept without their people."""
    reading = read("tiki", PAGE, tiki_product_page(tiki_product(), tiki_reviews(1, 2)).encode())
    assert one(reading).rating_histogram == (0, 0, 1, 4, 26)
    assert one(reading).reviews_on_page == 2
    assert reading.ratings is not None
    assert [review.external_id for review in reading.ratings.reviews] == ["1", "2"]


def test_exact_count_wins_over_coarse_text_and_absent_is_not_zero() -> None:
    """2326 shown as 2k is 2326; no counter is None; "" with 0 is a true zero; a text alone is an interval."""
    coarse = one(from_json(API, tiki_product(quantity_sold={"text": "Đã bán 2k", "value": 2326})))
    assert coarse.sold_total == Sold(raw="Đã bán 2k", lo=2326, hi=2326)
    assert one(from_json(API, tiki_product(quantity_sold=...))).sold_total is None
    assert one(from_json(API, tiki_product(quantity_sold=None))).sold_total is None
    zero = one(from_json(API, tiki_product(quantity_sold={"text": "", "value": 0})))
    assert zero.sold_total == Sold(raw="", lo=0, hi=0)
    text = one(from_json(API, tiki_product(quantity_sold={"text": "Đã bán 1000+"})))
    assert text.sold_total == Sold(raw="Đã bán 1000+", lo=1000, hi=None)


def test_price_zero_is_no_price_and_zero_of_zero_is_no_rating() -> None:
    """A gift line has no price and so no list price; nobody's rating is None with a count of 0."""
    gift = one(from_json(API, tiki_product(price=0, rating_average=0, review_count=0)))
    assert (gift.price, gift.list_price, gift.rating_average, gift.rating_count) == (None, None, None, 0)


def test_lowest_variant_is_the_price() -> None:
    """Price and top of the range over the variants that can be bought; a list price of another variant is not kept."""
    variants: list[dict[str, Any]] = [
        {"id": 1, "price": 199000},
        {"id": 2, "price": 235000},
        {"id": 3, "price": 410000},
    ]
    variants.append({"id": 4, "price": 99000, "inventory_status": "out_of_stock"})
    item = one(from_json(API, tiki_product(configurable_products=variants)))
    assert (item.price, item.price_max, item.list_price, item.variants) == (Decimal(199000), Decimal(410000), None, 4)


@pytest.mark.parametrize(
    ("changes", "flag", "field"),
    [
        ({"price": 235000.5}, "price: a fraction of a đồng", "price"),
        ({"price": -1}, "price: out of range", "price"),
        ({"price": 10**15}, "price: out of range", "price"),
        ({"rating_average": 5.55}, "rating_average: outside 0 to 5", "rating_average"),
        ({"review_count": -3}, "rating_count: out of range", "rating_count"),
        ({"quantity_sold": {"text": "", "value": -2}}, "sold_total: out of range", "sold_total"),
        ({"quantity_sold": {"text": "Đã bán nhiều"}}, "sold_total: unknown sold text: 'Đã bán nhiều'", "sold_total"),
        ({"inventory_status": "dreaming"}, "available: unknown status dreaming", "available"),
    ],
)
def test_impossible_value_is_flagged_and_never_a_fact(changes: dict[str, Any], flag: str, field: str) -> None:
    """The page is bad data, the field None, the reason named."""
    reading = from_json(API, tiki_product(**changes))
    assert reading.state == PageState.BAD_DATA
    assert reading.items[0].flags == (flag,)
    assert getattr(reading.items[0], field) is None


def test_histogram_must_add_up() -> None:
    """Star counts that do not sum to the total are flagged."""
    reading = read("tiki", PAGE, tiki_product_page(tiki_product(review_count=32), tiki_reviews(1)).encode())
    assert reading.items[0].flags == ("rating_histogram: does not add up to rating_count",)
    assert reading.items[0].rating_histogram is None


@pytest.mark.parametrize(
    ("field", "unsaid"),
    [
        ("list_price", "list_price"),
        ("rating_average", "rating_average"),
        ("review_count", "rating_count"),
        ("inventory_status", "available"),
        ("current_seller", "shop_id"),
    ],
)
def test_missing_figure_is_null_and_takes_no_other_with_it(field: str, unsaid: str) -> None:
    """A figure that is not there is not said; the price beside it still is."""
    item = one(from_json(API, tiki_product(**{field: ...})))
    assert (getattr(item, unsaid), item.price) == (None, Decimal(235000))


@pytest.mark.parametrize("field", ["id", "name", "price"])
def test_missing_core_field_is_a_changed_layout_that_names_it(field: str) -> None:
    """Without its id, its name or its price it is not the page we know: no default stands in for one."""
    reading = from_json(API, {k: v for k, v in tiki_product().items() if k != field})
    assert reading == Reading(PageState.LAYOUT_CHANGED, f"Object missing required field `{field}`")


def test_another_product_than_asked_for_is_flagged() -> None:
    """A redirect or a mixed-up cache must not put one product's price on another; an offer's or a master's id is the same product."""
    assert from_json(API, tiki_product(5)).items[0].flags == ("external_id: not the product that was asked for",)
    assert one(from_json(API, tiki_product(5, master_id=279000121))).external_id == "5"


def test_error_body_and_html_are_refusals() -> None:
    """`{"error": ...}` in place of data, and HTML where JSON was asked for."""
    assert from_json(API, {"error": {"code": 1}}) == Reading(PageState.REFUSED, "JSON with error in place of data")
    for url in (API, REVIEWS, LISTING):
        assert read("tiki", url, b"<html></html>") == Reading(PageState.REFUSED, "HTML came where JSON was asked for")


def row(number: int = 1, offer: int = 2, **changes: Any) -> dict[str, Any]:
    return {
        "id": number, "seller_product_id": offer, "name": "Miến Việt Cường", "price": 60000, "original_price": 75000, "rating_average": 0,
        "review_count": 0, "quantity_sold": {"text": "Đã bán 3", "value": 3}, "seller_id": 9, "seller_name": "HTX", "availability": 1, **changes,
    }  # fmt: skip


def test_category_state_and_listing_json_give_the_same_cards() -> None:
    """Two offers of one product on a page stay two; the list price is `original_price`."""
    rows = [row(), row(1, 3, price=62000, availability=0)]
    reading = from_json(LISTING, {"data": rows, "paging": {}})
    assert reading == read("tiki", "https://tiki.vn/mien/c1954", tiki_page({"catalog": {"data": rows}}).encode())
    assert [(i.external_id, i.variant_id, i.price, i.list_price, i.available) for i in reading.items] == [
        ("1", "2", Decimal(60000), Decimal(75000), True),
        ("1", "3", Decimal(62000), Decimal(75000), False),
    ]
    assert reading.items[0].rating_average is None


def test_bad_rows_do_not_take_the_good_ones_with_them() -> None:
    """One flagged row leaves the page readable; nothing but flagged rows is bad data; no rows at all is an empty list."""
    mixed = from_json(LISTING, {"data": [row(), row(price=0.5)]})
    assert (mixed.state, mixed.evidence) == (PageState.OK, "1 of 2 rows flagged")
    assert from_json(LISTING, {"data": [row(price=0.5)]}).state == PageState.BAD_DATA
    assert from_json(LISTING, {"data": []}) == Reading(PageState.OK)


def test_row_without_its_offer_is_still_its_product() -> None:
    """Older lists name no offer, and call the list price by another name."""
    (item,) = from_json(LISTING, {"data": [row(seller_product_id=None, original_price=None, list_price=75000)]}).items
    assert (item.external_id, item.variant_id, item.list_price) == ("1", None, Decimal(75000))
    assert item.url == "https://tiki.vn/product-p1.html"


def test_row_of_an_unknown_kind_is_loud() -> None:
    """A list whose rows nobody has described is a changed layout, not an empty one."""
    assert from_json(LISTING, {"data": [{"id": 1}]}) == Reading(PageState.LAYOUT_CHANGED, "a row of no known kind")
    assert from_json(LISTING, {"rows": []}) == Reading(PageState.LAYOUT_CHANGED, "no list of items")


def test_old_page_is_read_from_microdata() -> None:
    """Without state in the page, the outer product scope is read: not the brand's name, not another seller's price."""
    html = """<h1>x</h1><script>__NEXT_DATA__ = {"broken": 0, order_count: 0}</script>
      <div itemscope itemType="https://schema.org/Product"><div itemProp="brand" itemscope itemType="http://schema.org/Brand">
      <meta itemProp="name" content="HTX"></div><h1 itemProp="name">Chè đinh</h1>
      <div itemProp="aggregateRating" itemscope itemType="http://schema.org/AggregateRating"><meta itemProp="ratingValue" content="4.5">
      <meta itemProp="ratingCount" content="122"><meta itemProp="bestRating" content="5"></div>
      <div itemProp="offers" itemscope itemType="http://schema.org/Offer"><link itemProp="availability" href="http://schema.org/InStock">
      <meta itemProp="price" content="89000"></div></div><p>115.000</p>"""
    item = one(read("tiki", "https://tiki.vn/che-p58673652.html", html.encode()))
    assert (item.external_id, item.title, item.price, item.rating_average, item.rating_count) == (
        "58673652",
        "Chè đinh",
        Decimal(89000),
        4.5,
        122,
    )
    assert (item.available, item.sold_total, item.list_price) == (True, None, None)


def test_torn_state_gives_way_to_microdata() -> None:
    """A state that is no JSON any more is no reason to give up a page whose microdata can be read."""
    html = """<script id="__NEXT_DATA__">{"props": </script><div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Chè</h1>
      <div itemprop="offers" itemscope><meta itemprop="price" content="89000"></div></div>"""
    assert one(read("tiki", "https://tiki.vn/che-p5.html", html.encode())).price == 89000
    assert read("tiki", "https://tiki.vn/che-p5.html", html[:60].encode()).state == PageState.BAD_DATA


def test_page_without_state_or_microdata_is_read_from_its_graph() -> None:
    """JSON-LD gives price, strikethrough, stars and whether it is for sale; another product's block gives nothing."""
    crossed = {"priceType": "https://schema.org/StrikethroughPrice", "price": 260000, "priceCurrency": "VND"}
    offer = {
        "price": 235000,
        "priceCurrency": "VND",
        "priceSpecification": crossed,
        "availability": "https://schema.org/InStock",
    }
    block = {"@type": "Product", "name": "Trà", "url": "https://tiki.vn/tra-tan-cuong-p279000121.html", "offers": offer}
    block["aggregateRating"] = {"ratingValue": "4.8", "reviewCount": "31"}
    html = '<script type="application/ld+json">{}</script>'
    item = one(read("tiki", PAGE, html.format(json.dumps({"@graph": [block]})).encode()))
    assert (item.site, item.external_id, item.price, item.list_price) == (
        "tiki",
        "279000121",
        Decimal(235000),
        Decimal(260000),
    )
    assert (item.rating_average, item.rating_count, item.available, item.sold_total) == (4.8, 31, True, None)
    other = html.format(json.dumps(block | {"url": "https://tiki.vn/mien-p5.html"}))
    assert read("tiki", PAGE, other.encode()).state == PageState.LAYOUT_CHANGED


def test_unknown_availability_of_a_row_is_flagged() -> None:
    """1 and 0 are known; another number says nothing."""
    assert from_json(LISTING, {"data": [row(availability=2)]}).items[0].flags == ("available: unknown availability",)


def test_listing_row_names_its_seller_in_place() -> None:
    """The listing JSON nests the seller's name, the page's state does not."""
    (item,) = from_json(LISTING, {"data": [row(seller_name=None, seller={"name": "HTX La Bằng"})]}).items
    assert (item.shop_id, item.shop_name) == ("9", "HTX La Bằng")


def test_reviews_keep_words_and_no_person() -> None:
    """Text, stars, time and pictures are kept; not a letter of who wrote them."""
    reading = from_json(REVIEWS, tiki_reviews(11, 12, page=1, last=2))
    assert reading.state == PageState.OK
    assert reading.ratings is not None
    assert "Riêng Tư" not in str(reading.ratings.as_json())
    assert "7178001" not in str(reading.ratings.as_json())
    first = reading.ratings.reviews[0]
    assert (first.external_id, first.stars, first.text, first.images) == ("11", 5, "Chè thơm\nnước xanh", 1)
    assert first.created_at == datetime(2025, 11, 10, 18, 40, tzinfo=UTC)
    assert reading.ratings.has_next is True
    assert reading.ratings.summary == {
        "rating_average": 4.8,
        "rating_count": 31,
        "rating_histogram": [0, 0, 1, 4, 26],
        "with_image": 7,
    }


def test_reviews_of_another_product_and_impossible_stars_are_bad_data() -> None:
    """A list that answers for another product gives nothing; a row of seven stars is left out and counted."""
    assert from_json(REVIEWS, tiki_reviews(1, product=5)) == Reading(
        PageState.BAD_DATA, "reviews of another product than asked for"
    )
    body = tiki_reviews(1, 2)
    body["data"][0]["rating"] = 7
    reading = from_json(REVIEWS, body)
    assert (reading.state, reading.evidence) == (PageState.BAD_DATA, "1 of 2 reviews with impossible stars or dates")


def test_ratings_address_keeps_to_the_offer() -> None:
    """Newest first, twenty a page, this offer of this seller."""
    item = one(from_json(API, tiki_product()))
    assert sites()["tiki"].ratings_url(item, 2) == (
        "/api/v2/reviews?product_id=279000121&spid=279000123&seller_id=145001&limit=20&page=2&sort=id%7Cdesc&include=comments"
    )
