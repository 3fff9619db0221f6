"""What is kept of a page names nobody, and says to a reader what the page said."""

import json
import os
import zlib
from pathlib import Path

import pytest

from spiders.evidence import keep, strip, unpack
from spiders.reading import read
from tests.spiders.pages import tiki_product, tiki_product_page, tiki_reviews

CAPTURES = Path(os.environ.get("OCOP_SHARED", Path(__file__).parents[3] / "shared")) / "captures"
PERSON = "Nguyễn Thị Riêng Tư"
URL = "https://tiki.vn/tra-p279000121.html"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ({"created_by": {"full_name": PERSON, "n": [1, "}"]}, "rating": 5}, {"created_by": None, "rating": 5}),
        ({"a": [{"customer_id": 7178001}, {"customer_id": "7178001"}]}, {"a": [{"customer_id": None}] * 2}),
        ({"avatar": f'a "{PERSON}" \\', "text": "x"}, {"avatar": None, "text": "x"}),
        ({"text": 'người viết: "created_by": ở trong lời'}, {"text": 'người viết: "created_by": ở trong lời'}),
    ],
)
def test_personal_values_become_null(body: object, left: object) -> None:
    """Objects, texts with quotes in them and numbers alike; a review's own words are not taken for a key."""
    assert json.loads(strip("tiki", json.dumps(body, ensure_ascii=False).encode())) == left


def test_json_inside_a_string_is_stripped_too() -> None:
    """Some sites ship JSON as text in their JSON."""
    inside = json.dumps({"buyerName": PERSON, "itemId": "7"}, ensure_ascii=False)
    stripped = json.loads(strip("lazada", json.dumps({"data": inside}, ensure_ascii=False).encode()))
    assert json.loads(stripped["data"]) == {"buyerName": None, "itemId": "7"}


def test_a_torn_body_is_cut_at_the_person() -> None:
    """Where a value has no end, nothing after it is kept."""
    assert strip("tiki", b'{"data":[{"id":1,"created_by":{"full_name":"Nguy') == b'{"data":[{"id":1,"created_by":null'


@pytest.mark.parametrize(
    "html",
    [
        f'<strong class="woocommerce-review__author">{PERSON}</strong>',
        f'<span itemprop="author" itemscope><b itemprop="name">{PERSON}</b></span>',
        f'<span itemprop="author"><meta itemprop="name" content="{PERSON}"></span>',
        f'<meta itemprop="author" content="{PERSON}">',
        f'<img alt="{PERSON}" class="avatar avatar-60" src="https://secure.gravatar.com/avatar/1">',
        f'<script type="application/ld+json">{{"author":{{"@type":"Person","name":"{PERSON}"}}}}</script>',
    ],
)
def test_names_on_a_page_are_gone(html: str) -> None:
    """By microdata, by the markup of common shops, in linked data; the rest of the page stays."""
    page = f"<html><body><p>Trà ngon</p>{html}<p>85.000₫</p></body></html>".encode()
    stripped = strip("generic", page)
    assert PERSON.encode() not in stripped
    assert (b"<p>Tr\xc3\xa0 ngon</p>" in stripped, "85.000₫".encode() in stripped) == (True, True)


def test_kept_bodies_are_read_as_the_page_was() -> None:
    """Stripped, packed and unpacked, a page gives the very reading it gave."""
    reviews = tiki_reviews(1, 2)
    for url, text in (
        (URL, tiki_product_page(tiki_product(), reviews)),
        ("https://tiki.vn/api/v2/reviews?product_id=279000121", json.dumps(reviews, ensure_ascii=False)),
    ):
        body = text.encode()
        kept = keep("tiki", body, None)
        assert read("tiki", url, unpack(kept.packed)) == read("tiki", url, body)
        assert PERSON.encode() in body
        assert PERSON.encode() not in unpack(kept.packed)


def test_bodies_kept_before_are_still_read() -> None:
    """What an earlier version packed with zlib unpacks to the same bytes."""
    body = tiki_product_page(tiki_product()).encode()
    assert unpack(zlib.compress(body, 1)) == unpack(keep("tiki", body, None).packed) == body


def test_equal_bodies_are_one_evidence() -> None:
    """And bodies that differ in a person alone are equal: who wrote is not what was read."""
    one, other = (json.dumps({"created_by": name, "rating": 5}).encode() for name in ("An", "Bình"))
    assert keep("tiki", one, None) == keep("tiki", other, None)
    assert keep("tiki", one, None).digest != keep("tiki", one + b" ", None).digest


@pytest.mark.skipif(not CAPTURES.exists(), reason=f"no captures at {CAPTURES}: set OCOP_SHARED to their folder")
def test_every_capture_reads_the_same_stripped() -> None:
    """Whatever a reader takes from a page, none of it is personal."""
    expected = json.loads((CAPTURES / "expected.json").read_text())
    cases = [case for case in expected if case["url"] is not None]
    for case in cases:
        body = (CAPTURES / case["file"]).read_bytes()
        stripped = strip(case["site"], body)
        assert read(case["site"], case["url"], stripped) == read(case["site"], case["url"], body), case["file"]
        assert strip(case["site"], stripped) == stripped
