"""Lazada's catalogue, saved pages, product pages and reviews, made here field by field."""

import html
import json
import time
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

LIST = "https://www.lazada.vn/tra/?ajax=true&page=1"
SAVED = "https://www.lazada.vn/catalog/?q=tra"
PRODUCT = "https://www.lazada.vn/products/tra-tan-cuong-i5001-s6001.html"
REVIEWS = "https://my.lazada.vn/pdp/review/getReviewList?itemId=5001&pageSize=10&filter=0&sort=1&pageNo=1"


def row(**changes: Any) -> dict[str, Any]:
    """A catalogue row of the invented shop; a change to ... leaves the field out."""
    body = {
        "itemId": "5001", "nid": "5009", "skuId": "6001", "sellerId": "200100", "sellerName": "Chè Thái", "name": "Trà Tân Cương 200 g",
        "price": "235000.00", "priceShow": "235.000 ₫", "originalPrice": "260000", "originalPriceShow": "260.000 ₫", "discount": "-35%",
        "ratingScore": "4.8", "review": "12", "inStock": True, "itemSoldCntShow": "1.2k đã bán", "location": "Thái Nguyên", **changes,
    }  # fmt: skip
    return {name: value for name, value in body.items() if value is not ...}


def catalogue(*rows: Any, **main: Any) -> dict[str, Any]:
    return {"mainInfo": {"errorMsg": "", "currency": "₫", **main}, "mods": {"listItems": list(rows)}}


def sku(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "itemId": "5001", "skuId": str(number), "stock": 0, "price": {"salePrice": {"value": 235000}, "originalPrice": {"value": 260000}},
        "operation": {"type": "default", "text": "Thêm vào giỏ hàng"}, "quantity": {"limit": {"max": 5, "min": 1}}, **changes,
    }  # fmt: skip


SOLD_OUT: dict[str, Any] = {"operation": {"type": "wishlist"}, "quantity": {"limit": {"max": 0, "min": 0}}}
SCORES = {"average": 4.8, "rateCount": 10, "reviewCount": 4, "scores": [9, 0, 1, 0, 0]}


def written(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {"reviewRateId": number, "itemId": 5001, "rating": 5.0, "reviewContent": "Thơm.\nSẽ mua lại", "reviewTime": "1 tuần trước", "skuInfo": "Hộp: 200 g", "images": [{"url": "a"}], "replies": [{"reviewContent": "Cảm ơn chị"}], "reviewer": "Tran T. C", "buyerName": "Tran T. C", "buyerId": 77, **changes}  # fmt: skip


def fields(**changes: Any) -> dict[str, Any]:
    body = {
        "product": {"title": "Trà Tân Cương 200 g"},
        "skuInfos": {"0": sku(6001), "6001": sku(6001), "6002": sku(6002)},
        "seller": {"name": "Chè Thái", "sellerId": "200100", "shopId": 31},
        "review": {
            "ratings": SCORES,
            "reviews": [written()],
            "paging": {"totalItems": 4, "totalPages": 4, "currentPage": 1},
        },
        **changes,
    }
    return {name: value for name, value in body.items() if value is not ...}


def page(state: dict[str, Any], currency: str = "VND", mark: str = "app.run(%s);") -> bytes:
    tracking = json.dumps(json.dumps({"pdt_sku": 5001, "pdt_price": "260,000 ₫", "core": {"currencyCode": currency}}))
    script = mark % json.dumps({"data": {"root": {"fields": state}}, "hierarchy": {}})
    return f"<html><head><script>var pdpTrackingData = {tracking};</script></head><body><script>{script}</script></body></html>".encode()


def card(*texts: str, item: str = "5001", title: str = "Trà (Sold per hộp)", sku_code: str = "5001_VNAMZ-6001") -> str:
    inner = "".join(f'<span class="x9Q">{html.escape(text)}</span>' for text in texts)
    return f'<div class="Bm3" data-qa-locator="product-item" data-item-id="{item}" data-sku-simple="{sku_code}"><a href="#" title="{title}">{title}</a>{inner}</div>'


def saved(*cards: str) -> bytes:
    trap = '<script type="application/ld+json">{"@type": "Product", "name": "Trà", "sku": "5_VN", "offers": {"price": "1"}}</script>'
    return f"<!doctype html><html><body>{trap}{''.join(cards)}</body></html>".encode()


def from_json(url: str, body: Any) -> Reading:
    return read("lazada", url, as_bytes(body))


def one(reading: Reading) -> Item:
    assert (reading.state, reading.evidence) == (PageState.OK, "")
    (found,) = reading.items
    return found


def flags(reading: Reading) -> tuple[str, ...]:
    (found,) = reading.items
    return found.flags


def test_catalogue_row() -> None:
    """`itemId` is the id, not `nid`; text prices become đồng; the shown discount is not used."""
    expected = Item(
        site="lazada", page="cards", external_id="5001", variant_id="6001", shop_id="200100", shop_name="Chè Thái", title="Trà Tân Cương 200 g",
        currency="VND", price=Decimal("235000.00"), list_price=Decimal(260000), rating_average=4.8, rating_count=12,
        sold_total=Sold(raw="1.2k đã bán", lo=1200, hi=1299), available=True, url="https://www.lazada.vn/products/i5001-s6001.html",
    )  # fmt: skip
    assert one(from_json(LIST, catalogue(row()))) == expected
    assert one(from_json(SAVED, [row()])) == expected


def test_row_that_says_less() -> None:
    """No list price, no counter, nobody's rating and out of stock: none, none, none and False."""
    found = one(
        from_json(
            LIST, catalogue(row(originalPrice=None, itemSoldCntShow=..., ratingScore="0", review="", inStock=False))
        )
    )
    assert (found.list_price, found.sold_total, found.rating_average, found.rating_count, found.available) == (
        None,
        None,
        None,
        None,
        False,
    )


@pytest.mark.parametrize("shown", ["₫235,000", "235.000 ₫", "235,000₫", None])
def test_raw_price_agrees_with_the_shown_one_in_any_language(shown: str | None) -> None:
    """Grouping differs by language, the amount does not."""
    assert one(from_json(LIST, catalogue(row(priceShow=shown)))).price == 235000


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"priceShow": "2.350 ₫"}, "price: not the one that is shown"),
        ({"priceShow": "₱235,000"}, "price: in another currency than the page's"),
        ({"price": "235000.50", "priceShow": None}, "price: a fraction of a đồng"),
        ({"ratingScore": "7.2"}, "rating_average: outside 0 to 5"),
        ({"itemSoldCntShow": "nhiều lắm"}, "sold_total: unknown sold text: 'nhiều lắm'"),
        ({"review": "nhiều đánh giá"}, "rating_count: unknown count text: 'nhiều'"),
    ],
)
def test_what_cannot_be_true_is_flagged(changes: dict[str, Any], flag: str) -> None:
    """The row is evidence, not a fact."""
    reading = from_json(LIST, catalogue(row(**changes)))
    assert (reading.state, flags(reading)) == (PageState.BAD_DATA, (flag,))


def test_foreign_catalogue_keeps_its_currency_and_its_fractions() -> None:
    """Rupiah with a machine's fraction is the amount that is shown without one."""
    found = one(from_json("https://www.lazada.co.id/catalog/?q=teh&ajax=true", [row(price="26350.24", priceShow="Rp26.350", originalPrice="45999", itemSoldCntShow="9,999+ Terjual")]))  # fmt: skip
    assert (found.currency, found.price, found.list_price) == ("IDR", Decimal("26350.24"), Decimal(45999))
    assert found.sold_total == Sold(raw="9,999+ Terjual", lo=9999, hi=None)


def test_saved_search_page_is_its_cards() -> None:
    """Texts are known by their pattern: no class names, no "sold" out of a title, no list price out of a percentage, no JSON-LD product."""
    reading = read(
        "lazada",
        SAVED,
        saved(
            card("₫235.000", "48% Off", "2k+ sold", "(384)", "Thái Nguyên"), card("90.000 ₫", item="5002", sku_code="")
        ),
    )
    first, second = reading.items
    assert first == Item(
        site="lazada", page="cards", external_id="5001", variant_id="6001", title="Trà (Sold per hộp)", currency="VND", price=Decimal(235000),
        rating_count=384, sold_total=Sold(raw="2k+ sold", lo=2000, hi=None), url="https://www.lazada.vn/products/i5001.html",
    )  # fmt: skip
    assert (second.external_id, second.variant_id, second.price, second.sold_total, second.rating_count) == (
        "5002",
        None,
        Decimal(90000),
        None,
        None,
    )


@pytest.mark.parametrize("mark", ["app.run(%s);", "var __moduleData__ = %s;"])
def test_product_page(mark: str) -> None:
    """The sale price, never the tracking block's; stars turned round; stock 0 that can be bought is available, and its stock unknown."""
    assert one(read("lazada", PRODUCT, page(fields(), mark=mark))) == Item(
        site="lazada", page="product", external_id="5001", variant_id="6001", shop_id="200100", shop_name="Chè Thái", title="Trà Tân Cương 200 g",
        currency="VND", price=Decimal(235000), list_price=Decimal(260000), rating_average=4.8, rating_count=10, rating_histogram=(0, 0, 1, 0, 9),
        available=True, variants=2, reviews_on_page=1, url="https://www.lazada.vn/products/i5001-s6001.html",
    )  # fmt: skip


def test_price_is_the_lowest_that_can_be_paid() -> None:
    """A sold-out sku's price is not the price now, and a cheaper one brings its own list price."""
    cheap = sku(6002, price={"salePrice": {"value": 100000}})
    dear = sku(6003, price={"salePrice": {"value": 400000}, "originalPrice": {"value": 500000}})
    infos = {"0": sku(6001), "6001": sku(6001), "6002": cheap, "6003": dear}
    found = one(read("lazada", PRODUCT, page(fields(skuInfos=infos))))
    assert (found.price, found.price_max, found.list_price) == (Decimal(100000), Decimal(400000), None)
    infos["6002"] = cheap | SOLD_OUT
    found = one(read("lazada", PRODUCT, page(fields(skuInfos=infos))))
    assert (found.price, found.price_max, found.list_price, found.available) == (
        Decimal(235000),
        Decimal(400000),
        Decimal(260000),
        True,
    )


def test_sold_out_and_unknown() -> None:
    """Only skus that say so are sold out; a page that says nothing about it leaves it open; a stock above 0 is a stock."""
    gone = {key: sku(6001) | SOLD_OUT for key in ("0", "6001")}
    found = one(read("lazada", PRODUCT, page(fields(skuInfos=gone))))
    assert (found.available, found.stock, found.price) == (False, None, Decimal(235000))
    silent = {key: sku(6001, operation=None, quantity=None, stock=7) for key in ("0", "6001")}
    found = one(read("lazada", PRODUCT, page(fields(skuInfos=silent))))
    assert (found.available, found.stock) == (None, 7)


def test_newer_reviews_block_says_the_same() -> None:
    """`pc_reviews_v3` in place of `review`: same figures, same reviews."""
    newer = {"rating": 4.8, "allReviewsCount": 10, "scores": [9, 0, 1, 0, 0], "reviews": [{"reviewId": 1, "rating": 5, "content": "Thơm", "skuText": "Hộp", "username": "Tran"}]}  # fmt: skip
    reading = read("lazada", PRODUCT, page(fields(review=..., pc_reviews_v3=newer)))
    found = one(reading)
    assert (found.rating_average, found.rating_count, found.rating_histogram, found.reviews_on_page) == (
        4.8,
        10,
        (0, 0, 1, 0, 9),
        1,
    )
    assert reading.ratings is not None
    assert "Tran" not in str(reading.ratings.as_json())


def test_page_of_another_product_or_country_is_no_fact() -> None:
    """The address names item and sku; the tracking block names a currency, as a code or as a mark."""
    assert flags(read("lazada", PRODUCT.replace("i5001", "i5002"), page(fields()))) == (
        "external_id: not the product that was asked for",
    )
    assert flags(read("lazada", PRODUCT.replace("s6001", "s1"), page(fields()))) == (
        "external_id: not the product that was asked for",
    )
    assert flags(read("lazada", PRODUCT, page(fields(), currency="PHP"))) == (
        "currency: not that of the address's country",
    )
    assert one(read("lazada", PRODUCT, page(fields(), currency="₫"))).currency == "VND"
    there = "https://www.daraz.com.np/products/tea-i5001.html"
    assert one(read("lazada", there, page(fields(), currency="NPR"))).currency == "NPR"


def test_reviews_keep_no_person_and_no_guessed_time() -> None:
    """Stars run from five to one; a time told as "1 week ago" is no time; names and ids are not read."""
    model = {"items": [written(1), written(2, rating=3.0, reviewContent=None, images=None, replies=None)], "ratings": SCORES, "paging": {"totalItems": 4, "totalPages": 2, "currentPage": 1}}  # fmt: skip
    reading = from_json(REVIEWS, {"model": model, "success": True})
    assert reading.state == PageState.OK
    assert reading.ratings is not None
    assert reading.ratings.summary == {
        "rating_average": 4.8,
        "rating_count": 10,
        "rating_histogram": [0, 0, 1, 0, 9],
        "review_count": 4,
    }
    assert (reading.ratings.item_external_id, reading.ratings.has_next) == ("5001", True)
    first, second = reading.ratings.reviews
    assert (first.stars, first.text, first.variant, first.images, first.reply, first.created_at) == (
        5,
        "Thơm.\nSẽ mua lại",
        "Hộp: 200 g",
        1,
        "Cảm ơn chị",
        None,
    )
    assert (second.stars, second.text, second.images) == (3, None, None)
    assert "Tran" not in str(reading.ratings.as_json())


def test_reviews_of_nobody_and_of_another_product() -> None:
    """A list of null is an empty list; half a star and another product's list are bad data."""
    empty = from_json(
        REVIEWS, {"model": {"items": None, "ratings": {"average": 0.0, "rateCount": 0, "scores": [0] * 5}}}
    )
    assert empty.ratings is not None
    assert (empty.ratings.reviews, empty.ratings.summary["rating_average"]) == ((), None)
    half = from_json(REVIEWS, {"model": {"items": [written(rating=4.5)]}})
    assert (half.state, half.evidence) == (PageState.BAD_DATA, "1 of 1 reviews with impossible stars or dates")
    assert from_json(REVIEWS, {"model": {"items": [written(itemId=9)]}}).state == PageState.BAD_DATA


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (LIST, b'{"rgv587_flag": "sm", "url": "https://www.lazada.vn/_____tmd_____/punish?x5secdata=1"}'),
        (LIST, b'{"ret": ["FAIL_SYS_USER_VALIDATE", "RGV587_ERROR::SM"], "data": {}}'),
        (REVIEWS, b'{"ret": ["FAIL_SYS_TRAFFIC_LIMIT::x"]}'),
        (REVIEWS, b'{"ret": ["FAIL_SYS_TOKEN_EXOIRED::x"]}'),
        (PRODUCT, b'{"ret": ["RGV587_ERROR::SM"]}'),
        (LIST, b'{"mainInfo": {"errorMsg": "busy"}, "mods": {"listItems": []}}'),
        (LIST, b'{"mainInfo": {"errorMsg": ""}, "mods": {}}'),
        (LIST, b"<!doctype html><p>Xin ch\xc3\xa0o</p>"),
        (REVIEWS, b"<!doctype html><p>Xin ch\xc3\xa0o</p>"),
        (SAVED, b"<!doctype html><div class='punish-component'></div>"),
        (PRODUCT, b"<!doctype html><script>window.x5referer='/'</script>"),
        (PRODUCT, b"<!doctype html><script src='//g.alicdn.com/baxia.js'></script>"),
        ("https://www.lazada.vn//_____tmd_____/punish?x5secdata=1", b"<!doctype html>"),
        ("https://www.lazada.vn/tra/?x5secdata=1", b"{}"),
    ],
)  # fmt: skip
def test_guard_is_a_refusal(url: str, body: bytes) -> None:
    """Every mark of the platform's guard, and HTML where JSON was asked for, is a refusal and never a layout or a sale."""
    assert read("lazada", url, body).state == PageState.REFUSED


def test_mark_of_the_guard_on_a_good_page_stops_nothing() -> None:
    """The site's own pages load the guard's script: a page that can be read is no refusal."""
    assert read("lazada", SAVED, saved(card("₫235.000"), "<script src='baxia.js'></script>")).state == PageState.OK


@pytest.mark.parametrize(
    ("url", "body", "state"),
    [
        (PRODUCT, b"<!doctype html><h1>Tr\xc3\xa0</h1>", PageState.LAYOUT_CHANGED),
        (PRODUCT, b"{}", PageState.LAYOUT_CHANGED),
        (PRODUCT, b'<script>app.run({"data": </script>', PageState.BAD_DATA),
        (SAVED, b"<!doctype html><h1>Tr\xc3\xa0</h1>", PageState.LAYOUT_CHANGED),
        (LIST, as_bytes(catalogue({"name": "no id"})), PageState.LAYOUT_CHANGED),
        (LIST, as_bytes(catalogue()), PageState.OK),
    ],
)  # fmt: skip
def test_pages_without_items(url: str, body: bytes, state: PageState) -> None:
    """A page of another shape is a changed layout, a torn one bad data, an empty list an empty list."""
    assert read("lazada", url, body).state == state


def test_products_are_told_by_their_address() -> None:
    """With a slug or without, with a sku or without."""
    told = [
        sites()["lazada"].is_product(f"https://www.lazada.vn{path}")
        for path in ("/products/a-i1-s2.html?mp=1", "/products/i1.html", "/a-i1.html", "/catalog/", "/shop/i1/")
    ]
    assert told == [True, True, True, False, False]


@given(
    st.integers(1, 2_000_000_000),
    st.sampled_from(("{:,} ₫", "₫{:,}")),
    st.sampled_from((",", ".")),
    st.sampled_from(("{}", "{}.00")),
)
def test_prices_come_back_whole(dong: int, shown: str, group: str, raw: str) -> None:
    """Both of the site's raw forms and both of its languages give the same đồng."""
    found = one(
        from_json(
            LIST,
            catalogue(
                row(price=raw.format(dong), priceShow=shown.format(dong).replace(",", group), originalPrice=None)
            ),
        )
    )
    assert found.price == dong


@given(st.integers(0, 20_000_000), st.sampled_from(("{} sold", "{} đã bán", "{} Terjual")))
def test_shown_counter_contains_the_true_count(count: int, words: str) -> None:
    """Exact with comma groups under the cap of 9,999; "at least" above it; whole thousands on newer cards."""
    for text in (
        f"{count:,}" if count < 9999 else "9,999+",
        f"{count // 1000}k+" if 1000 <= count < 9000 else f"{min(count, 9999):,}+",
    ):
        found = one(from_json(LIST, [row(itemSoldCntShow=words.format(text))]))
        assert found.sold_total is not None
        assert found.sold_total.lo <= count
        assert found.sold_total.hi is None or count <= found.sold_total.hi


@pytest.mark.parametrize("kind", ["cards", "saved", "product", "reviews"])
@settings(max_examples=120, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_spoilt_bodies_raise_nothing(kind: str, seed: int) -> None:
    """Whatever a body has become, a state comes back within two seconds."""
    random = Random(seed)
    if kind == "product":
        survives("lazada", PRODUCT, page(spoilt(fields(), random)))
        survives("lazada", PRODUCT, torn(page(fields()), random))
    elif kind == "saved":
        survives("lazada", SAVED, torn(saved(card("₫235.000", "2k+ sold", "(384)")), random))
        survives(
            "lazada",
            SAVED,
            saved(
                card(*(str(v) for v in spoilt(["₫235.000", "2k+ sold", "(384)"], random) or [])).replace("\ud800", "")
            ),
        )
    else:
        url, body = (
            (LIST, catalogue(row(), row()))
            if kind == "cards"
            else (REVIEWS, {"model": {"items": [written()], "ratings": SCORES}})
        )
        survives("lazada", url, as_bytes(spoilt(body, random)))
        survives("lazada", url, torn(as_bytes(body), random))


@pytest.mark.parametrize(
    "filler", [b"app.run({" * 200_000, b"app.run({" + b'"a":[' * 300_000, b"<script>pdpTrackingData=" * 200_000]
)
def test_hostile_script_is_read_in_time(filler: bytes) -> None:
    """A page made of nothing but the state's beginning costs no more than two seconds."""
    started_s = time.perf_counter()
    survives("lazada", PRODUCT, b"<html><script>" + filler)
    assert time.perf_counter() - started_s < 2


def test_ids_and_figures_may_be_text_or_numbers() -> None:
    """The same row, its ids and its price as numbers."""
    numbers = row(
        itemId=5001, skuId=6001, sellerId=200100, price=235000, originalPrice=260000, ratingScore=4.8, review=12
    )
    assert one(from_json(LIST, catalogue(numbers))) == one(from_json(LIST, catalogue(row())))
    number = one(read("lazada", PRODUCT, page(fields(skuInfos={"0": {**sku(6001), "itemId": 5001, "skuId": 6001}}))))
    assert (number.external_id, number.variant_id) == ("5001", "6001")


def test_sku_of_the_address_stands_in_for_the_default() -> None:
    """Without the key "0", the address says which sku is meant; the price is still the lowest of all."""
    several = fields(skuInfos={"6001": sku(6001), "6002": {**sku(6002), "price": {"salePrice": {"value": 199000}}}})
    item = one(read("lazada", PRODUCT, page(several)))
    assert (item.variant_id, item.price, item.price_max, item.variants) == ("6001", Decimal(199000), Decimal(235000), 2)
    assert read("lazada", PRODUCT.replace("-s6001", ""), page(several)).evidence == "no default sku"
