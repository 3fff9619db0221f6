"""Figures that the marketplace will not take now: one listing waits, the rest of the batch goes out, nothing is asked twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models import Problem
from tests.jobs.office import SHOPS, Office, opened

SKU = "OCOP-TN-0003-500G"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def test_a_refused_price_waits_a_day_and_holds_up_no_other(office: Office) -> None:
    """Below what Shopee takes: the words are shown, the same figure is not sent again today, the others' prices are."""
    office.push("shopee")
    office.change(SKU, price_vnd=10)
    other = next(sku for sku in office.variants() if sku != SKU)
    office.change(other, price_vnd=91_000)
    first = office.push("shopee")
    assert first.counts["done"] == {"price": 1}
    assert office.push("shopee").counts["api_calls"] == 0
    listing = office.listings("shopee")[SKU]
    assert listing.next_try_at is not None
    assert timedelta(hours=23) < listing.next_try_at - office.app.now() <= timedelta(days=1)
    with office.app.database.session() as session:
        (problem,) = session.scalars(select(Problem)).all()
    assert (problem.sku, problem.code) == (SKU, listing.last_code)


def test_a_fault_is_tried_again_later_and_later(office: Office) -> None:
    """The wait doubles with each failure; between two tries the listing costs no request."""
    office.push("shopee")
    office.change(SKU, price_vnd=91_000)
    waits = []
    for _ in range(3):
        office.fault("shopee", "status", status=500, path="update_price", times=9)
        office.push("shopee")
        office.world.faults.clear()
        listing = office.listings("shopee")[SKU]
        assert listing.next_try_at is not None
        waits.append(round((listing.next_try_at - office.app.now()) / timedelta(minutes=1)))
        assert office.push("shopee").counts["api_calls"] == 0
        office.wait(minutes=waits[-1] + 1)
    assert waits == [1, 2, 4]
    assert office.push("shopee").counts["done"] == {"price": 1}
    assert office.listings("shopee")[SKU].attempts == 0


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_a_lost_answer_to_a_figure_is_sent_again(office: Office, market: str) -> None:
    """A price is an absolute value: sent twice it is the same price, and one listing has it."""
    office.push(market)
    office.wait(hours=6)
    office.do("pull_listings", market)
    path = "update_price" if market == "shopee" else "/products/updateSku"
    office.change(SKU, price_vnd=91_000)
    office.fault(market, "reset_after", path=path, times=9)
    assert office.push(market).state == "failed"
    office.world.faults.clear()
    office.wait(minutes=10)
    office.push(market)
    (offer,) = [offer for offer in office.offers(market) if offer.sku == SKU]
    assert (offer.price_vnd, office.listings(market)[SKU].sent_price_vnd) == (91_000, 91_000)
    assert office.push(market).counts["api_calls"] == 0
