"""Every expected value of the shared captures, where that folder is there; the pages themselves are never part of this repository."""

import json
import os
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from spiders import sites
from spiders.parse import as_json, parse_file
from spiders.reading import read

SHARED = Path(os.environ.get("OCOP_SHARED", Path(__file__).parents[3] / "shared")) / "captures"
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
    assert [wrong for wanted, item in pairs(case) for wrong in differences(wanted, item)] == []


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
