"""Every expected value of the shared captures, where that folder is there; the pages themselves are never part of this repository."""

import json
import os
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from spiders import sites
from spiders.page import PageState
from spiders.parse import as_json, parse_file
from spiders.reading import read

SHARED = Path(os.environ.get("OCOP_SHARED", Path(__file__).parents[3] / "shared")) / "captures"
PERSONAL = (
    "author_username",
    "author_portrait",
    "userid",
    "orderid",
    "reviewer",
    "buyerName",
    "user_name",
    "review_user",
    "created_by",
)
EXPECTED = SHARED / "expected.json"
pytestmark = pytest.mark.skipif(
    not EXPECTED.exists(), reason=f"no captures at {SHARED}: set OCOP_SHARED to their folder"
)


def cases() -> list[dict[str, Any]]:
    if not EXPECTED.exists():
        return []
    return [case for case in json.loads(EXPECTED.read_text()) if case["site"] in sites()]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["file"])
def test_capture_reads_as_expected(case: dict[str, Any]) -> None:
    """Every value named for a capture is the value read from it; null means that the capture does not say."""
    found = rating_pairs(case) if case["page"] == "ratings" else pairs(case)
    assert [wrong for wanted, item in found for wrong in differences(wanted, item)] == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["file"])
def test_capture_is_no_refusal_and_keeps_no_person(case: dict[str, Any]) -> None:
    """Nothing that names a buyer or reviewer is among the fields that come out of any capture."""
    if case["url"] is None:
        return
    read_out = json.dumps(parse_file(case["site"], case["url"], SHARED / case["file"]))
    assert [name for name in PERSONAL if f'"{name}"' in read_out] == []
    assert '"refused"' not in read_out


def test_scrambled_figures_are_never_facts() -> None:
    """A capture whose author made its numbers up: each of its rows is flagged, and the page is bad data."""
    url = "https://shopee.vn/search?keyword=n%E1%BB%93i"
    reading = read("shopee", url, (SHARED / "shopee" / "search_items_vn_2020_scrambled.json").read_bytes())
    assert (reading.state, len(reading.items)) == (PageState.BAD_DATA, 8)
    assert [item.external_id for item in reading.items if not item.flags] == []


def rating_pairs(case: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The summary's figures, then each review's; `has_text` and `created_at_epoch` are held in the page's own words."""
    (ratings,) = parse_file(case["site"], case["url"], SHARED / case["file"])
    assert isinstance(ratings, dict)
    reviews = ratings["reviews"]
    assert (len(reviews), len({review["external_id"] for review in reviews})) == (case["count"], case["distinct"])
    yield {name: case[name] for name in ("item_external_id", "shop_id")}, ratings
    yield case["summary"], ratings["summary"]
    for wanted in case["reviews"]:
        got = reviews[wanted["index"]]
        at = datetime.fromisoformat(got["created_at"]).timestamp()
        yield wanted, {**got, "has_text": got["text"] is not None, "created_at_epoch": int(at)}


def pairs(case: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    path = SHARED / case["file"]
    if case["url"] is None:  # a file of several bodies, each with its own address
        bodies = json.loads(path.read_text())
        for wanted in case["items"]:
            items = as_json(read(case["site"], wanted["url"], json.dumps(bodies[wanted["index"]]).encode()))
            assert isinstance(items, list)
            yield wanted, items[0]
        return
    items = parse_file(case["site"], case["url"], path)
    assert isinstance(items, list)
    assert case["count"] in {None, len(items)}
    assert case["distinct"] in {None, len({item["external_id"] for item in items})}
    yield from ((wanted, items[wanted["index"]]) for wanted in case["items"])


def differences(wanted: dict[str, Any], item: dict[str, Any]) -> list[str]:
    fields = (name for name in wanted if name not in {"index", "url"})
    return [f"{name}: {wanted[name]!r} != {item[name]!r}" for name in fields if not same(wanted[name], item[name])]


def same(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(same(wanted[key], got[key]) for key in wanted)
    if wanted is None or isinstance(wanted, bool | list):
        return bool(wanted == got)
    try:
        return Decimal(str(wanted)) == Decimal(str(got))
    except InvalidOperation:
        return str(wanted).split() == str(got).split()
