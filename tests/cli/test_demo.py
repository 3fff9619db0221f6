"""The whole loop on the pretend world: what our tables say is what really happened there."""

import json
from pathlib import Path
from typing import Any

import pytest

from commands.rehearsal import Rehearsal, Terms
from jobs.app import JobError
from tests.rehearsals import DAYS, PRODUCTS, play

KEYS = {
    "products",
    "listings",
    "orders",
    "revenue_vnd",
    "truth_revenue_vnd",
    "paid",
    "truth_paid",
    "read_by",
    "observations",
    "reviews",
    "online_share",
    "estimate",
    "api_calls",
    "pages",
    "elapsed_s",
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    directory = tmp_path_factory.mktemp("demo")
    return directory, play(directory)


def test_revenue_is_the_truth_to_the_dong(played: tuple[Path, dict[str, Any]]) -> None:
    """Every order the world counts is in our tables once, at the price the buyer pays."""
    _, answer = played
    assert set(answer) == KEYS
    assert answer["revenue_vnd"] == answer["truth_revenue_vnd"]
    own_sales = {"lazada": 3_750_000, "shopee": 52_000, "tiki": 2_151_000, "tiktok_shop": 3_306_000}  # not 0 = 0
    assert answer["revenue_vnd"] == own_sales


def test_every_pack_is_live_everywhere(played: tuple[Path, dict[str, Any]]) -> None:
    """Nothing that may be sold is refused or left waiting."""
    _, answer = played
    assert answer["products"] == PRODUCTS
    shopee = answer["listings"]["shopee"]
    assert answer["listings"] == dict.fromkeys(("lazada", "shopee", "tiki", "tiktok_shop"), shopee)
    assert (shopee["rejected"], shopee["pending"]) == (0, 0)


def test_playing_again_changes_nothing(played: tuple[Path, dict[str, Any]]) -> None:
    """A finished rehearsal is finished: the second run ends in the same numbers without a single request."""
    directory, answer = played
    again = play(directory)
    same = [{**one, "elapsed_s": None, "api_calls": None} for one in (answer, again)]
    assert same[0] == same[1]


def test_another_world_needs_another_directory(played: tuple[Path, dict[str, Any]]) -> None:
    """Two seeds in one directory would mix two truths: refused with a sentence."""
    directory, _ = played
    with pytest.raises(JobError, match="--dir"), Rehearsal(Terms(seed=2, products=PRODUCTS), directory):
        pass
    terms = {"seed": 1, "products": PRODUCTS, "by_file": [], "by_both": []}
    assert json.loads((directory / "demo.json").read_text()) == terms
    assert DAYS == 2
