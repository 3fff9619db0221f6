"""Shopee's cards, item JSON, ratings and saved tables, made here field by field."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from catalog.reading import Item, Sold
from spiders import sites
from spiders.page import PageState, Reading
from spiders.reading import read
from tests.spiders.damage import as_bytes, spoilt, survives, torn

SEARCH = "https://shopee.vn/search?keyword=tr%C3%A0"
PRODUCT = "https://shopee.vn/product/91001/7001"
ITEM_JSON = "https://shopee.vn/api/v4/item/get?itemid=7001&shopid=91001"
PAGE_JSON = "https://shopee.vn/api/v4/pdp/get_pc?item_id=7001&shop_id=91001"
RATINGS = "https://shopee.vn/api/v2/item/get_ratings?itemid=7001&shopid=91001&offset=0&limit=6"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters='"'), max_size=30)


def item(**changes: Any) -> dict[str, Any]:
    """An item card of the invented shop; a change to ... leaves the field out."""
    body = {
        "itemid": 7001, "shopid": 91001, "name": "Trà Tân Cương 200 g", "currency": "VND", "price": 23500000000, "price_min": 23500000000,
        "price_max": 41000000000, "price_before_discount": 26000000000, "price_min_before_discount": 26000000000, "raw_discount": 49,
        "discount": "49%", "sold": 12, "historical_sold": 340, "stock": 77, "status": 1, "item_status": "normal", "shop_name": "Chè Thái",
        "item_rating": {"rating_star": 4.8, "rating_count": [10, 0, 0, 1, 0, 9]}, "tier_variations": [{"options": ["a", "b"]}], **changes,
    }  # fmt: skip
    return {name: value for name, value in body.items() if value is not ...}


def page_body(**changes: Any) -> dict[str, Any]:
    """The body of the product page's own call."""
    data = {
        "item": {"item_id": 7001, "shop_id": 91001, "title": "Trà Tân Cương 200 g", "currency": "VND", "models": None},
        "product_price": {
            "price": {"single_value": -1, "range_min": 23500000000, "range_max": 41000000000},
            "price_before_discount": {"single_value": 26000000000, "range_min": -1, "range_max": -1},
        },
        "product_review": {
            "rating_star": 4.8,
            "rating_count": [10, 0, 0, 1, 0, 9],
            "historical_sold": 340,
            "global_sold": 340,
        },
        "shop_detailed": {"name": "Chè Thái"},
        **changes,
    }
    return {"error": 0, "data": data}


def ratings(*rows: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    summary = {
        "rating_total": 10,
        "rating_count": [0, 0, 1, 0, 9],
        "rcount_with_context": 4,
        "rcount_with_image": 2,
        "rcount_with_media": 3,
    }
    return {"error": 0, "data": {"item_rating_summary": summary, "ratings": list(rows), **changes}}


def review(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "cmtid": number, "itemid": 7001, "shopid": 91001, "rating_star": 5, "comment": "Thơm.\n\nSẽ mua lại", "ctime": 1700000000,
        "images": ["a", "b"], "videos": [], "author_username": "nguyen_van_b", "userid": 5501, "orderid": 9901,
        "product_items": [{"model_name": "Hộp 200 g"}], "ItemRatingReply": {"comment": "Cảm ơn anh"}, **changes,
    }  # fmt: skip


def from_json(url: str, body: Any) -> Reading:
    return read("shopee", url, as_bytes(body))


def one(reading: Reading) -> Item:
    assert (reading.state, reading.evidence) == (PageState.OK, "")
    (found,) = reading.items
    return found


def flags(reading: Reading) -> tuple[str, ...]:
    (found,) = reading.items
    return found.flags


def test_card_is_read_in_whole_dong() -> None:
    """A hundred-thousandth is the unit; the discount of another variant is not used; `sold` is 30 days, `historical_sold` all time."""
    card = one(from_json(SEARCH, {"error": None, "items": [item()]}))
    assert card == Item(
        site="shopee", page="cards", external_id="7001", shop_id="91001", shop_name="Chè Thái", title="Trà Tân Cương 200 g", currency="VND",
        price=Decimal(235000), price_max=Decimal(410000), list_price=Decimal(260000), rating_average=4.8, rating_count=10,
        rating_histogram=(0, 0, 1, 0, 9), sold_total=Sold(raw="340", lo=340, hi=340), sold_30d=Sold(raw="12", lo=12, hi=12), available=True,
        stock=77, url=PRODUCT,
    )  # fmt: skip


def test_every_wrapping_of_an_item_gives_the_same_item() -> None:
    """Flat, in `item_basic`, in a bare list, as v2 `item`, as v4 `data` and as the page's own body."""
    card = one(from_json(SEARCH, {"items": [item()]}))
    assert one(from_json(SEARCH, {"items": [{"item_basic": item()}]})) == card
    assert one(from_json(SEARCH, [item()])) == card
    as_product = replace(card, page="product")
    assert one(from_json(ITEM_JSON, {"item": item(), "error": None, "data": None})) == as_product
    assert one(from_json(ITEM_JSON, {"data": item(), "error": 0})) == as_product
    assert one(from_json(PRODUCT, item())) == as_product
    said_less = {"sold_30d": None, "available": None, "stock": None}
    assert one(from_json(PAGE_JSON, page_body())) == replace(as_product, **said_less)


@pytest.mark.parametrize("none", [0, -1])
def test_no_list_price_is_not_a_price(none: int) -> None:
    """0 and -1 in the before-discount fields say that there is none, and where only one of them says so the other is taken."""
    nothing = one(from_json(SEARCH, [item(price_before_discount=none, price_min_before_discount=none)]))
    assert (nothing.price, nothing.list_price) == (Decimal(235000), None)
    assert one(from_json(SEARCH, [item(price_min_before_discount=none)])).list_price == Decimal(260000)
    assert one(from_json(SEARCH, [item(price_before_discount=none)])).list_price == Decimal(260000)


def test_absent_is_unknown_and_zero_is_zero() -> None:
    """Keys that are missing give nothing; 0 sold and 0 in stock are true; nobody's rating is none."""
    bare = one(from_json(SEARCH, [item(sold=..., historical_sold=..., stock=..., item_rating=..., currency=..., price_before_discount=..., price_min_before_discount=...)]))  # fmt: skip
    assert (bare.sold_total, bare.sold_30d, bare.stock, bare.available, bare.rating_count, bare.list_price) == (
        None,
    ) * 6
    assert bare.currency == "VND"
    nobody = {"rating_star": 0, "rating_count": [0, 0, 0, 0, 0, 0]}
    zero = one(from_json(SEARCH, [item(sold=0, historical_sold=0, stock=0, item_rating=nobody)]))
    assert zero.sold_30d == zero.sold_total == Sold(raw="0", lo=0, hi=0)
    assert (zero.stock, zero.available, zero.rating_average, zero.rating_count) == (0, False, None, 0)


def test_cheaper_variant_is_the_price_with_its_own_list_price() -> None:
    """The range is that of the variants that can be bought; one without stock has no price now."""
    models = [
        {"price": 20000000000, "price_before_discount": 0, "stock": 3},
        {"price": 10000000000, "price_before_discount": 0, "stock": 0},
        {"price": 45000000000, "price_before_discount": -1, "stock": 1},
    ]
    found = one(from_json(ITEM_JSON, {"item": item(models=models)}))
    assert (found.price, found.price_max, found.list_price, found.variants) == (
        Decimal(200000),
        Decimal(450000),
        None,
        3,
    )


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"price": 23500012345}, "price: a fraction of a đồng"),
        ({"price_max": 10000000000}, "price: above price_max"),
        ({"price_min": 30000000000}, "price: below price_min"),
        ({"item_rating": {"rating_star": 5.5, "rating_count": [0] * 6}}, "rating_average: outside 0 to 5"),
        ({"item_rating": {"rating_star": 4.1, "rating_count": [10, 0, 0, 1, 0, 9]}}, "rating_average: not the mean of its stars"),
        ({"item_rating": {"rating_star": 4.8, "rating_count": [11, 0, 0, 1, 0, 9]}}, "rating_histogram: does not add up to rating_count"),
        ({"item_rating": {"rating_star": 4.8, "rating_count": [0, 0, 1, 0, 9]}}, "rating_count: not six numbers"),
        ({"sold": -3}, "sold_30d: out of range"),
        ({"status": 8}, "available: unknown status"),
        ({"item_status": "vacation"}, "available: unknown item_status"),
        ({"currency": "PHP"}, "currency: not that of the address's country"),
        ({"name": "  "}, "title: missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_flagged(changes: dict[str, Any], flag: str) -> None:
    """The row is evidence; the page of nothing but such rows is bad data."""
    reading = from_json(SEARCH, [item(**changes)])
    assert reading.state == PageState.BAD_DATA
    assert flag in flags(reading)


def test_foreign_items_keep_their_own_currency() -> None:
    """The Philippine site's amounts are pesos, by its address or its own word; an unknown site's are nobody's."""
    assert one(from_json("https://shopee.ph/search?keyword=tea", [item(currency="PHP")])).currency == "PHP"
    assert one(from_json("https://shopee.ph/search?keyword=tea", [item(currency=...)])).currency == "PHP"
    assert "currency" in flags(from_json("https://example.org/search", [item(currency=...)]))[0]


def test_newer_cards_give_counts_or_texts() -> None:
    """Integers win; where they are empty the displayed text gives an interval."""
    counts = {"historical_sold_count": 3512, "monthly_sold_count": 40, "display_sold_count_text": "3,5k"}
    card = one(from_json(SEARCH, [item(sold=..., historical_sold=..., item_card_display_sold_count=counts)]))
    assert (card.sold_total, card.sold_30d) == (Sold(raw="3512", lo=3512, hi=3512), Sold(raw="40", lo=40, hi=40))
    texts = {"historical_sold_count": None, "historical_sold_count_text": "", "display_sold_count_text": "Đã bán 3,5k"}
    card = one(from_json(SEARCH, [item(sold=None, historical_sold=None, item_card_display_sold_count=texts)]))
    assert (card.sold_total, card.sold_30d) == (Sold(raw="Đã bán 3,5k", lo=3500, hi=3599), None)


def test_page_body_with_displayed_counts_only() -> None:
    """Newer product pages give the counter as text or not at all."""
    shown = page_body(
        product_review={"rating_star": 4.8, "rating_count": [10, 0, 0, 1, 0, 9], "historical_sold": "1,2k+"}
    )
    assert one(from_json(PAGE_JSON, shown)).sold_total == Sold(raw="1,2k+", lo=1200, hi=None)
    silent = page_body(
        product_review={"rating_star": 0, "rating_count": [0] * 6, "historical_sold": None, "global_sold": None}
    )
    assert one(from_json(PAGE_JSON, silent)).sold_total is None


def test_rendered_cards_are_read_from_their_texts() -> None:
    """Ids come from the link, whatever its slug holds; parameters are dropped; an empty list price is none."""
    link = "https://shopee.vn/Trà,-[Tân]-Cương-i.9-loại-một-i.91001.7001?sp_atk=aa&xptdk=bb"
    card = {"name": "Trà\nTân Cương", "link": link, "price": "158.710", "originalPrice": "₫\n269.000", "sold": "Đã bán 3,5k", "rating": 4.5, "discount": "-41%"}  # fmt: skip
    assert one(from_json(SEARCH, [card])) == Item(
        site="shopee", page="cards", external_id="7001", shop_id="91001", title="Trà Tân Cương", currency="VND", price=Decimal(158710),
        list_price=Decimal(269000), sold_total=Sold(raw="Đã bán 3,5k", lo=3500, hi=3599), url=PRODUCT,
    )  # fmt: skip
    assert one(from_json(SEARCH, [{**card, "originalPrice": "", "sold": ""}])).list_price is None
    assert flags(from_json(SEARCH, [{**card, "link": "https://shopee.vn/chethai"}])) == (
        "external_id: the link is no product's",
    )


def table(*rows: str) -> bytes:
    head = "Mã sản phẩm,Mã shop,Tên sản phẩm,Giá bán hiển thị trên feed,Giảm giá hiển thị trên feed,Đã bán,Đánh giá"
    return "\r\n".join((f"\ufeff{head}", *rows)).encode()


def test_saved_table_of_search_results() -> None:
    """One row, one card: no list price from a percentage, and "Không có ..." says that the card has none."""
    first, second = read("shopee", SEARCH, table('7001,91001,"Trà, hộp",₫107.000,-19%,"Đã bán 1,7tr",4.9', "7002,91001,Chè,₫9.900,Không giảm giá,Không có,Không có đánh giá")).items  # fmt: skip
    assert first == Item(
        site="shopee", page="cards", external_id="7001", shop_id="91001", title="Trà, hộp", currency="VND", price=Decimal(107000), rating_average=4.9,
        sold_total=Sold(raw="Đã bán 1,7tr", lo=1700000, hi=1799999), url=PRODUCT,
    )  # fmt: skip
    assert (second.price, second.sold_total, second.rating_average) == (Decimal(9900), None, None)


def test_saved_table_without_a_column_is_a_changed_layout() -> None:
    """The column is named; a table torn inside a quoted cell is bad data."""
    reading = read("shopee", SEARCH, table().replace(",Đánh giá".encode(), b""))
    assert (reading.state, reading.evidence) == (PageState.LAYOUT_CHANGED, "no column Đánh giá")
    assert read("shopee", SEARCH, table('7001,91001,"Trà')).state == PageState.BAD_DATA


def test_ratings_keep_no_person() -> None:
    """Five counts from one to five stars; text in its lines, variant, reply and time; no name, no user, no order."""
    reading = from_json(
        RATINGS, ratings(review(1), review(2, comment="", images=None, ItemRatingReply=None, rating_star=3))
    )
    assert reading.state == PageState.OK
    assert reading.ratings is not None
    assert reading.ratings.summary == {
        "rating_count": 10,
        "rating_histogram": [0, 0, 1, 0, 9],
        "with_text": 4,
        "with_image": 2,
        "with_media": 3,
    }
    first, second = reading.ratings.reviews
    assert (first.text, first.variant, first.reply, first.images) == ("Thơm.\nSẽ mua lại", "Hộp 200 g", "Cảm ơn anh", 2)
    assert first.created_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (second.stars, second.text, second.images, second.reply) == (3, None, 0, None)
    stored = str(reading.ratings.as_json())
    assert [secret for secret in ("nguyen_van_b", "5501", "9901") if secret in stored] == []


def test_ratings_end_and_impossible_rows() -> None:
    """Null is the end of the list; six stars or a date of 1970 cost their row and are counted; another product's list is nothing."""
    end = from_json(RATINGS, {"error": 0, "data": {**ratings()["data"], "ratings": None}})
    assert end.ratings is not None
    assert (end.ratings.has_next, end.ratings.item_external_id) == (False, "7001")
    bad = from_json(RATINGS, ratings(review(1), review(2, rating_star=6), review(3, ctime=0)))
    assert (bad.state, bad.evidence) == (PageState.BAD_DATA, "2 of 3 reviews with impossible stars or dates")
    other = from_json(RATINGS, ratings(review(1, itemid=8)))
    assert (other.state, other.ratings) == (PageState.BAD_DATA, None)


@pytest.mark.parametrize(
    ("url", "body", "state"),
    [
        (SEARCH, b"<!doctype html><div id='main'></div>", PageState.REFUSED),
        (PRODUCT, b"<!doctype html><div id='main'></div>", PageState.REFUSED),
        (SEARCH, b'{"error": 90309999, "action_type": 2, "is_login": false}', PageState.REFUSED),
        (ITEM_JSON, b'{"error": 90309999, "data": null}', PageState.REFUSED),
        (RATINGS, b'{"error": 90309999}', PageState.REFUSED),
        (SEARCH, b'{"error": 1, "data": null}', PageState.REFUSED),
        (RATINGS, b'{"error": 4, "data": null}', PageState.REFUSED),
        ("https://shopee.vn/verify/traffic/error", b"{}", PageState.REFUSED),
        ("https://shopee.vn/buyer/login?next=x", b"{}", PageState.REFUSED),
        (ITEM_JSON, b'{"error": 4, "data": null}', PageState.GONE),
        (ITEM_JSON, b'{"error": null, "item": null, "data": null}', PageState.GONE),
        (ITEM_JSON, b'{"error": 0, "data": null}', PageState.LAYOUT_CHANGED),
        (SEARCH, b'{"error": 0, "nomore": true}', PageState.LAYOUT_CHANGED),
        (SEARCH, b'{"error": 0, "items": []}', PageState.OK),
        (SEARCH, b'{"items": [{"itemid": 1', PageState.BAD_DATA),
    ],
)
def test_answers_without_items(url: str, body: bytes, state: PageState) -> None:
    """A page without data is a refusal and never "gone"; only an item that was asked for can be gone."""
    assert read("shopee", url, body).state == state


def test_refusal_says_so_in_words() -> None:
    """Whoever runs a crawl of shopee.vn reads why it gives nothing."""
    assert read("shopee", PRODUCT, b"<html></html>").evidence.startswith("refused by site")
    assert sites()["shopee"].ratings_url(Item(site="shopee", page="product", external_id="7001"), 1) is None


def test_figures_of_another_product_are_no_facts() -> None:
    """An answer about another item or shop than the address names is flagged."""
    for url in ("https://shopee.vn/-i.91001.7002", "https://shopee.vn/api/v4/item/get?itemid=7001&shopid=2"):
        reading = from_json(url, {"item": item()})
        assert (reading.state, flags(reading)) == (
            PageState.BAD_DATA,
            ("external_id: not the product that was asked for",),
        )


@pytest.mark.parametrize(
    ("path", "is_product"),
    [
        ("/Trà-ngon-i.91001.7001", True), ("/-i.91001.7001?a=b", True), ("/product/91001/7001", True), ("/universal-link/product/91001/7001", True),
        ("/i.91001.7001", True), ("/shop/91001", False), ("/search?keyword=i.1.2", False), ("/chethai", False), ("/a/b-i.1.2", False),
    ],
)  # fmt: skip
def test_products_are_told_by_their_address(path: str, *, is_product: bool) -> None:
    """Shop first, item second, in every form the site links with."""
    assert sites()["shopee"].is_product(f"https://shopee.vn{path}") is is_product


@given(st.integers(1, 2_000_000_000))
def test_money_comes_back_whole(dong: int) -> None:
    """Every amount written in the site's unit is read as the same đồng."""
    assert (
        one(
            from_json(SEARCH, [item(price=dong * 100_000, price_min=..., price_max=..., price_before_discount=...)])
        ).price
        == dong
    )


@given(st.integers(0, 999_999_999), st.sampled_from(("Đã bán {}", "{} đã bán")))
def test_shown_counter_contains_the_true_count(count: int, words: str) -> None:
    """Truncated to one decimal with k or tr, as cards show it, the truth lies within the interval."""
    found = one(
        from_json(SEARCH, [{"name": "Trà", "link": PRODUCT, "price": "₫1.000", "sold": words.format(_short(count))}])
    )
    assert found.sold_total is not None
    assert found.sold_total.lo <= count <= (found.sold_total.hi or 0)


@given(st.lists(st.integers(0, 10**6), min_size=5, max_size=5).filter(any))
def test_true_ratings_are_never_flagged(stars: list[int]) -> None:
    """An average that is the mean of its counts is a fact with its histogram."""
    mean = sum(n * s for n, s in zip(stars, range(1, 6), strict=True)) / sum(stars)
    said = {"rating_star": round(mean, 6), "rating_count": [sum(stars), *stars]}
    found = one(from_json(SEARCH, [item(item_rating=said)]))
    assert (found.rating_count, found.rating_histogram) == (sum(stars), tuple(stars))


@pytest.mark.parametrize("kind", ["cards", "product", "page", "ratings"])
@settings(max_examples=120, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_spoilt_bodies_raise_nothing(kind: str, seed: int) -> None:
    """Whatever a body has become, a state comes back within two seconds."""
    bodies: dict[str, tuple[str, Any]] = {
        "cards": (
            SEARCH,
            {
                "items": [
                    item(),
                    {"item_basic": item()},
                    {"name": "Trà", "link": PRODUCT, "price": "₫1.000", "sold": "1k"},
                ]
            },
        ),
        "product": (ITEM_JSON, {"item": item(models=[{"price": 20000000000, "stock": 3}]), "error": None}),
        "page": (PAGE_JSON, page_body()),
        "ratings": (RATINGS, ratings(review(1), review(2))),
    }
    random = Random(seed)
    url, body = bodies[kind]
    survives("shopee", url, as_bytes(spoilt(body, random)))
    survives("shopee", url, torn(as_bytes(body), random))
    survives("shopee", SEARCH, torn(table("7001,91001,Trà,₫107.000,-19%,Đã bán 5,4.9"), random))


def _short(count: int) -> str:
    for unit, mark in ((1_000_000, "tr"), (1_000, "k")):
        if count >= unit:
            return f"{count // unit},{count % unit * 10 // unit}{mark}"
    return json.dumps(count)


def test_list_in_newer_wrapping_and_empty_list() -> None:
    """`data.items` is the same list; null and nothing found are an empty one."""
    wanted = from_json(SEARCH, {"items": [item()]})
    assert from_json(SEARCH, {"error": 0, "data": {"items": [item()]}}) == wanted
    assert from_json(SEARCH, {"items": [{**item(), "item_basic": None}]}) == wanted
    for nothing in ({"items": []}, {"items": None}, {"items": None, "error": None}):
        assert from_json(SEARCH, nothing) == Reading(PageState.OK)


def test_card_with_a_range_of_prices() -> None:
    """A card that shows two prices is a range, not an unreadable one."""
    card = {"name": "Trà", "link": "https://shopee.vn/tra-i.1.2", "price": "₫50.000 - ₫90.000", "sold": "Đã bán 3,5k"}
    found = one(from_json(SEARCH, [card]))
    assert (found.price, found.price_max) == (Decimal(50000), Decimal(90000))
