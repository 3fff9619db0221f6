"""The whole loop with files in place of APIs, wholly or in part: the same figures as the loop through the APIs."""

from pathlib import Path
from typing import Any

import pytest

from commands.by_files import MARKETS
from commands.rehearsal import Rehearsal, Terms

DAYS, PRODUCTS = 14, 6
SAME = ("orders", "revenue_vnd", "truth_revenue_vnd", "paid", "truth_paid")


def _played(folder: Path, by_file: tuple[str, ...] = (), by_both: tuple[str, ...] = ()) -> dict[str, Any]:
    with Rehearsal(Terms(1, PRODUCTS, by_file, by_both), folder) as rehearsal:
        return rehearsal.play(DAYS, lambda _day: None)


def _figures(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: answer[name] for name in SAME}


@pytest.fixture(scope="module")
def by_api(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return _played(tmp_path_factory.mktemp("api"))


@pytest.mark.slow
def test_the_api_says_what_the_world_knows(by_api: dict[str, Any]) -> None:
    """Revenue, and the fees, taxes and net of what was paid, to the đồng; Tiki names no payouts."""
    assert by_api["read_by"] == dict.fromkeys(("lazada", "shopee", "tiki", "tiktok_shop"), "api")
    assert by_api["revenue_vnd"] == by_api["truth_revenue_vnd"]
    assert by_api["paid"] == by_api["truth_paid"] | {"tiki": None}
    assert max(by_api["paid"][market]["fee_vnd"] for market in MARKETS) < 0


@pytest.mark.slow
def test_files_alone_come_to_the_same(by_api: dict[str, Any], tmp_path: Path) -> None:
    """Every marketplace that has files, by files alone."""
    answer = _played(tmp_path, by_file=MARKETS)
    assert answer["read_by"] == dict.fromkeys(MARKETS, "file") | {"tiki": "api"}
    assert _figures(answer) == _figures(by_api)


@pytest.mark.slow
def test_a_mix_comes_to_the_same(by_api: dict[str, Any], tmp_path: Path) -> None:
    """One shop by files, one by its API, one by both, whose files are brought in weekly between the pulls."""
    answer = _played(tmp_path, by_file=("shopee",), by_both=("tiktok_shop",))
    assert answer["read_by"] == {"lazada": "api", "shopee": "file", "tiki": "api", "tiktok_shop": "both"}
    assert _figures(answer) == _figures(by_api)


@pytest.mark.slow
def test_files_beside_the_api_change_nothing(by_api: dict[str, Any], tmp_path: Path) -> None:
    """Both for every marketplace: the API's answers stay."""
    assert _figures(_played(tmp_path, by_both=MARKETS)) == _figures(by_api)
