"""Several creates on their way together: as quick as the marketplace allows, and as safe as one after another."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import BaseModel
from sqlalchemy import select

from models import PushAttempt
from tests.jobs.office import Office, opened

MARKETS = ("shopee", "tiki")
CREATE = {"shopee": "add_item", "tiki": "/requests$"}


@contextmanager
def _opened(directory: Path, at_once: int, products: int = 10) -> Iterator[Office]:
    """Its marketplaces bear so many calls at once."""
    with opened(directory, products=products) as office:
        told = office.app.app_settings

        def settings(code: str, model: type[BaseModel]) -> BaseModel:
            return told(code, model).model_copy(update={"max_in_flight": at_once})

        office.app.app_settings = settings
        yield office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with _opened(tmp_path / "together", 4) as found:
        yield found


def _calls(office: Office, market: str) -> Counter[str]:
    return Counter(office.world.sites[f"{market}.api"].calls)


def _attempts(office: Office) -> dict[str, int]:
    with office.app.database.session() as session:
        return dict(Counter(session.scalars(select(PushAttempt.state))))


def _everything_is_offered_once(office: Office, market: str) -> bool:
    office.wait(hours=6)
    office.do("pull_listings", market)
    return sorted(offer.sku for offer in office.offers(market)) == sorted(office.variants())


@pytest.mark.parametrize("market", MARKETS)
def test_slow_answers_are_waited_for_together(office: Office, market: str) -> None:
    """Eight answers of half a second each, one after another, would take four seconds."""
    office.fault(market, "hang_after", path=CREATE[market], times=8, seconds=0.5)
    started = time.monotonic()
    office.push(market)
    assert time.monotonic() - started < 3
    assert _attempts(office) == {"done": len(office.variants())}
    assert _everything_is_offered_once(office, market)


@pytest.mark.parametrize("market", MARKETS)
def test_what_all_creates_need_to_know_is_asked_once(office: Office, market: str, tmp_path: Path) -> None:
    """Categories, attributes, pictures: not one call more than when one create goes after another."""
    office.push(market)
    with _opened(tmp_path / "one-by-one", 1) as patient:
        patient.push(market)
        assert _calls(office, market) == _calls(patient, market)


@pytest.mark.parametrize("market", MARKETS)
def test_lost_answers_of_several_are_each_found_again(office: Office, market: str) -> None:
    """Three connections break after the create: those three are looked up, nothing is listed twice."""
    office.fault(market, "reset_after", path=CREATE[market], skip=1, times=3)
    office.push(market)
    assert _attempts(office) == {"done": len(office.variants()) - 3, "unknown": 3}
    office.wait(minutes=5)
    assert office.push(market).counts["done"] == {"found_again": 3}
    assert _everything_is_offered_once(office, market)


def test_a_login_that_died_leaves_nothing_in_doubt(office: Office) -> None:
    """What was not sent any more is as if it had never been written down: only what was made, and what was refused, is kept."""
    office.fault("shopee", "revoked_token", path="add_item", skip=3)
    assert office.push("shopee").state == "failed"
    attempts = _attempts(office)
    assert (attempts["done"], attempts.keys()) == (len(office.offers("shopee")), {"done", "refused"})
    assert 1 <= attempts["refused"] <= 4  # those that were on their way when the shop was shut out
    assert [sku for sku, listing in office.listings("shopee").items() if listing.must_look_up] == []


def test_many_more_than_are_on_their_way_leave_nothing_in_doubt_either(tmp_path: Path) -> None:
    """A login that dies in the first of several batches: what was heard of that batch is kept, the others are not begun."""
    with _opened(tmp_path, 4, products=130) as office:
        assert len(office.variants()) > 100
        office.fault("shopee", "revoked_token", path="add_item", skip=3)
        assert office.push("shopee").state == "failed"
        attempts = _attempts(office)
        assert (attempts["done"], attempts.keys()) == (len(office.offers("shopee")), {"done", "refused"})
        assert not any(listing.must_look_up for listing in office.listings("shopee").values())


def test_an_expired_token_is_renewed_once_for_all(office: Office) -> None:
    """Creates that are refused together cost one renewal: a refresh token works once."""
    office.fault("shopee", "expired_token", path="add_item")
    office.push("shopee")
    assert _attempts(office) == {"done": len(office.variants())}
    assert [times for path, times in _calls(office, "shopee").items() if "access_token" in path] == [1]
