"""Every answer ends in a state: statuses, guards, challenges, and bodies that someone or something has mangled."""

import gzip
import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import convert

from catalog.reading import Item
from spiders import sites
from spiders.page import MAX_BODY_BYTES, PageState, Reading
from spiders.parse import as_json, parse_file
from spiders.reading import read
from tests.spiders.pages import tiki_product, tiki_product_page, tiki_reviews

PAGE = "https://tiki.vn/tra-p279000121.html"
GOOD = tiki_product_page(tiki_product(), tiki_reviews(1, 2)).encode()
LD = b"""<h1>Ch</h1><script type="application/ld+json">{"@graph":[{"@type":"Product","name":"Ch","sku":163,"offers":[{"@type":"Offer",
"price":"80000","priceCurrency":"VND"}],"aggregateRating":{"ratingValue":"4.8","reviewCount":3}}]}</script><div itemscope
itemtype="http://schema.org/Product"><p itemprop="price">80.000</p></div><meta property="product:price:amount" content="80000">"""


def test_sites_are_found_by_looking() -> None:
    """A file or folder with a READER is a site; nothing lists them."""
    assert {"generic", "tiki"} <= set(sites())
    assert list(sites()) == sorted(sites())


@pytest.mark.parametrize(
    ("status", "retry_after", "state"),
    [
        (429, None, PageState.SLOW_DOWN),
        (503, "120", PageState.SLOW_DOWN),
        (503, None, PageState.NETWORK),
        (401, None, PageState.REFUSED),
        (403, None, PageState.REFUSED),
        (418, None, PageState.REFUSED),
        (404, None, PageState.GONE),
        (410, None, PageState.GONE),
        (500, None, PageState.NETWORK),
        (302, None, PageState.LAYOUT_CHANGED),
    ],
)
def test_status_decides_before_the_body(status: int, retry_after: str | None, state: PageState) -> None:
    """A body that came with a refusal is never parsed, however good it looks."""
    assert read("tiki", PAGE, GOOD, status, "text/html", retry_after) == Reading(state, f"status {status}")


@pytest.mark.parametrize("path", ["/verify/captcha?x=1", "/buyer/login", "/_____tmd_____/punish", "/login"])
def test_final_address_of_a_guard_is_a_refusal(path: str) -> None:
    """Where the answer came from says what it is."""
    assert read("generic", f"https://htx.example{path}", LD).state == PageState.REFUSED


def test_challenge_page_is_a_refusal_but_a_word_in_a_review_is_not() -> None:
    """The marks are looked for only on pages that could not be read."""
    challenge = b"<html><title>Security Check</title><form id='challenge-form'></form></html>"
    assert read("tiki", PAGE, challenge) == Reading(PageState.REFUSED, "challenge page: security check")
    chatty = tiki_product_page(tiki_product(name="Sách: Captcha và challenge-form")).encode()
    assert read("tiki", PAGE, chatty).state == PageState.OK
    assert read("tiki", PAGE, b"<html>a page of another layout</html>").state == PageState.LAYOUT_CHANGED


def test_body_over_the_limit_is_not_read() -> None:
    """Eight megabytes are the most."""
    assert read("tiki", PAGE, b" " * (MAX_BODY_BYTES + 1)).state == PageState.BAD_DATA


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"id": NaN}', b"[" * 100_000, b"\xff\xfe", GOOD[: len(GOOD) // 2], b"1" * 5000]
)
def test_mangled_body_is_a_state(body: bytes) -> None:
    """Torn, deep, not a number, not text: never an exception, never an item."""
    reading = read("tiki", PAGE, body)
    assert reading.state in {PageState.BAD_DATA, PageState.LAYOUT_CHANGED}
    assert reading.items == ()


@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_page_raises_nothing(data: st.DataObject) -> None:
    """Bytes cut, doubled and overwritten anywhere in a good page: a state comes back, and in time."""
    site, url, body = data.draw(st.sampled_from([("tiki", PAGE, GOOD), ("generic", "https://htx.example/che", LD)]))
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(body))), data.draw(st.integers(0, 40))
        body = body[:at] + data.draw(st.binary(max_size=12)) * data.draw(st.integers(0, 3)) + body[at + length :]
    assert isinstance(read(site, url, body).state, PageState)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(value=JSON, field=st.sampled_from(sorted(tiki_product())))
def test_any_json_in_any_field_of_a_product_raises_nothing(value: object, field: str) -> None:
    """A field of another type is a changed layout or a flag, never an exception."""
    reading = read("tiki", PAGE, json.dumps({**tiki_product(), field: value}).encode())
    assert isinstance(reading.state, PageState)


@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(
    value=JSON,
    field=st.sampled_from(["name", "offers", "url", "aggregateRating", "review", "hasVariant", "@type", "@graph"]),
)
def test_any_json_in_any_field_of_a_json_ld_block_raises_nothing(value: object, field: str) -> None:
    """Shops write what they like into their blocks."""
    block = {
        "@type": "Product",
        "name": "Chè",
        "offers": {"price": "80000", "seller": value, "priceSpecification": value},
        field: value,
    }
    html = f'<h1>Chè</h1><script type="application/ld+json">{json.dumps(block)}</script>'
    assert isinstance(read("generic", "https://htx.example/che", html.encode()).state, PageState)


@pytest.mark.parametrize(
    "body",
    [
        b"<div itemscope itemtype='http://schema.org/Product'>" + b"<div itemprop='x' itemscope>" * 20_000,
        b"<a b='" * 100_000,
        b'<script type="application/ld+json">' + b"[" * 200_000 + b"</script>",
        b'<script type="application/ld+json">{"a":' * 5_000,
        b"<li class='product'><ul class='products'>" * 20_000,
    ],
)
def test_hostile_page_is_read_in_bounded_time(body: bytes) -> None:
    """Depth and number of nodes cost seconds at the very most."""
    started = time.monotonic()
    read("generic", "https://htx.example/che", body)
    assert time.monotonic() - started < 5


def test_title_loses_control_characters_and_keeps_its_letters() -> None:
    """HTML stays text, NUL and escapes go, the page's own code points stay."""
    name = "Chè <b>\x00đinh</b>\x1b  &amp; \u202emật"
    (item,) = read("tiki", PAGE, json.dumps(tiki_product(name=name)).encode()).items
    assert item.title == "Chè <b>đinh</b> &amp; \u202emật"


def listed(answer: list[dict[str, Any]] | dict[str, str]) -> list[dict[str, Any]]:
    assert isinstance(answer, list)
    return answer


def test_parse_gives_items_ratings_or_a_state(tmp_path: Path) -> None:
    """The command's answer: a list of items, a ratings page, or the state with its evidence."""
    path = tmp_path / "page.html"
    path.write_bytes(GOOD)
    (item,) = listed(parse_file("tiki", PAGE, path))
    assert convert({**item, "flags": ()}, Item).price == 235000
    assert item["price"] == "235000"
    (ratings,) = listed(
        as_json(
            read("tiki", "https://tiki.vn/api/v2/reviews?product_id=279000121", json.dumps(tiki_reviews(1)).encode())
        )
    )
    assert ratings["page"] == "ratings"
    path.write_bytes(b"<html></html>")
    assert parse_file("tiki", PAGE, path) == {
        "state": "layout_changed",
        "evidence": "no __NEXT_DATA__ and 0 microdata products",
    }
    with pytest.raises(KeyError):
        parse_file("nobody", PAGE, path)


def ld_page(title: str) -> str:
    block = {"@type": "Product", "name": title, "offers": {"price": "80000", "priceCurrency": "VND"}}
    return f'<html><script type="application/ld+json">{json.dumps(block, ensure_ascii=False)}</script></html>'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ld_page("Chè đinh").encode(), "text/html; charset=ISO-8859-1"),
        (ld_page("Chè đinh").encode(), None),
        (b"\xef\xbb\xbf" + ld_page("Chè đinh").encode(), "text/html"),
        (ld_page("Chè đinh").encode("utf-16"), "text/html; charset=utf-16"),
        (gzip.compress(ld_page("Chè đinh").encode()), "text/html"),
        (b"Notice: undefined index in shop.php\n" + ld_page("Chè đinh").encode(), "text/html"),
    ],
    ids=["named wrongly", "not named", "with a mark", "utf-16", "still packed", "after a notice"],
)
def test_text_is_read_in_the_charset_it_is_in(body: bytes, content_type: str | None) -> None:
    """Valid UTF-8 is UTF-8 whatever its server says; marks, packing and a notice in front change nothing."""
    (item,) = read("generic", "https://htx.example/che", body, content_type=content_type).items
    assert item.title == "Chè đinh"


def test_old_charset_is_read_where_it_is_declared() -> None:
    """Bytes that are no UTF-8 are read as the page says; undeclared ones are flagged, never stored."""
    body = ld_page("Café chồn").replace("ồ", "o").encode("cp1252")
    declared = body.replace(b"<html>", b'<html><meta charset="windows-1252">')
    assert read("generic", "https://htx.example/che", declared).items[0].title == "Café chon"
    assert read("generic", "https://htx.example/che", body) == Reading(
        PageState.BAD_DATA,
        "title: letters that do not fit the page's charset",
        read("generic", "https://htx.example/che", body).items,
    )


def test_packed_body_is_unpacked_only_as_far_as_the_limit() -> None:
    """Thirty megabytes in thirty kilobytes are told by the first byte too many."""
    bomb = gzip.compress(b" " * (30 * 1024 * 1024))
    tracemalloc.start()
    reading = read("generic", "https://htx.example/che", bomb)
    assert (reading.state, reading.evidence) == (PageState.BAD_DATA, f"larger than {MAX_BODY_BYTES} bytes")
    assert tracemalloc.get_traced_memory()[1] < 4 * MAX_BODY_BYTES
    tracemalloc.stop()


@pytest.mark.parametrize(
    "heading",
    ["<title>404 - HTX</title>", "<h1 class='x'>Sản phẩm này không tồn tại</h1>", "<h1>Không  tìm thấy trang</h1>"],
)
def test_page_that_says_there_is_nothing_is_gone(heading: str) -> None:
    """A shop's own "no such product" with status 200; the same words on a page that can be read are words."""
    assert read("generic", "https://htx.example/che", f"<html>{heading}</html>".encode()).state == PageState.GONE
    told = ld_page("Chè đinh").replace("<html>", f"<html>{heading}")
    assert read("generic", "https://htx.example/che", told.encode()).state == PageState.OK
