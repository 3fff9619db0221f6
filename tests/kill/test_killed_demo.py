"""Any process may die now: a rehearsal killed twenty times ends in the same tables as one that lived."""

import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from commands.rehearsal import Rehearsal, Terms
from tests.kill.content import content, differences
from tests.kill.lives import PRODUCTS, Moment, after_more, after_s, during, journal, killed, lived_to_its_end

KILLS = 20
SEED = 20261124
CAUGHT = (  # jobs that last long enough to be caught at work
    "push_listings",
    "pull_orders",
    "pull_listings",
    "pull_settlements",
    "pull_metrics",
    "pull_reviews",
    "crawl_site",
)
FIRST_WRITES = ("upload_image", "add_item", "add_item", "v2.1/requests")  # targets as the journal names them
WRITES = ("access_token/get", "oauth2/token", "update_stock", "updateSkus")
MOST_WRITES = 2  # further ones of a kind before a kill: few, so that the world does not end before the last kill
MARKETS = ("lazada", "shopee", "tiki", "tiktok_shop")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    directory = tmp_path_factory.mktemp("lived")
    return directory, lived_to_its_end(directory)


def _moment(directory: Path, chance: random.Random, kind: str, left: int, kills: int) -> Moment:
    """`kind` is a job's name, a write of WRITES, or "time". `left`: lines of the journal to the end, for so many kills.

    What is too quick to be caught on a busy machine is killed half way to the end: a life that ends leaves none to kill.
    """
    wanted, latest = _wanted(directory, chance, kind, max(1, left // (2 * kills))), after_more(directory, left // 2)
    return lambda pid: wanted(pid) or latest(pid)


def _wanted(directory: Path, chance: random.Random, kind: str, step: int) -> Moment:
    if kind == "time":
        return after_s(chance.uniform(0.3, 2.5))
    if kind in CAUGHT:
        return during(directory, kind, chance.uniform(0, 0.04), after_more(directory, chance.randint(1, step)))
    return after_more(directory, chance.randint(1, MOST_WRITES), kind.encode())


def _kinds(chance: random.Random) -> list[str]:
    """New listings first, for they happen at the beginning; then jobs and every other write in any order."""
    rest = [*CAUGHT, *WRITES, *["time"] * (KILLS - len(CAUGHT) - len(WRITES) - len(FIRST_WRITES))]
    chance.shuffle(rest)
    return [*FIRST_WRITES, *rest]


def _offers_by_sku(directory: Path) -> Counter[tuple[str, str]]:
    """What the marketplaces themselves hold."""
    with Rehearsal(Terms(1, PRODUCTS), directory) as rehearsal:
        offers = [(market, offer.sku) for market in MARKETS for offer in rehearsal.world.world.offers(market)]
    return Counter(offers)


def _told(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without what a life of its own has: its length, and how often it had to ask."""
    return {key: value for key, value in answer.items() if key not in {"elapsed_s", "api_calls"}}


@pytest.mark.slow
def test_twenty_kills_change_nothing(lived: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """No listing twice, no order lost or twice, no run forgotten, whatever instruction the kill fell on."""
    reference, answer = lived
    chance = random.Random(SEED)
    deaths = 0
    for number, kind in enumerate(_kinds(chance)):
        left = journal(reference).count(b"\n") - journal(tmp_path).count(b"\n")
        moment = _moment(tmp_path, chance, kind, left, KILLS - number)
        deaths += killed(tmp_path, moment, chance.choice([os.kill, os.killpg]))
    again = lived_to_its_end(tmp_path)
    assert deaths == KILLS
    assert differences(content(reference), content(tmp_path)) == {}
    assert _told(again) == _told(answer)
    assert again["revenue_vnd"] == again["truth_revenue_vnd"]
    assert _offers_by_sku(tmp_path) == _offers_by_sku(reference)
    assert set(_offers_by_sku(tmp_path).values()) == {1}


@pytest.mark.slow
def test_a_second_run_changes_nothing(lived: tuple[Path, dict[str, Any]]) -> None:
    """Run again in the same directory, a finished rehearsal writes no row of business and says the same."""
    directory, answer = lived
    before = content(directory)
    again = lived_to_its_end(directory)
    assert differences(before, content(directory)) == {}
    assert _told(again) == _told(answer)
