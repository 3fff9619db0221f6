"""Figures that the marketplace will not take now: one listing waits, the rest of the batch goes out, nothing is asked twice."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models import Listing, ListingWait, Problem, Variant
from sandbox.world import OfferState
from tests.jobs.office import SHOPS, Office, opened

PRICE_PATHS = {
    "lazada": "price_quantity/update",
    "shopee": "update_price",
    "tiki": "/products/updateSku",
    "tiktok_shop": "prices/update",
}
SKU = "OCOP-TN-0003-500G"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def _waits(office: Office) -> list[ListingWait]:
    """What is held back of the one pack these tests change."""
    query = select(ListingWait).join(Listing, ListingWait.listing_id == Listing.id).join(Listing.variant)
    with office.app.database.session() as session:
        return list(session.scalars(query.where(Variant.sku == SKU)))


def _offer(office: Office) -> Any:
    """How the pack stands on Shopee."""
    return next(offer for offer in office.offers("shopee") if offer.sku == SKU)


def test_a_refused_price_waits_a_day_and_holds_up_no_other(office: Office) -> None:
    """Below what Shopee takes: the words are shown, the same figure is not sent again today, the others' prices are."""
    office.push("shopee")
    office.change(SKU, price_vnd=10)
    other = next(sku for sku in office.variants() if sku != SKU)
    office.change(other, price_vnd=91_000)
    first = office.push("shopee")
    assert first.counts["done"] == {"price": 1}
    assert office.push("shopee").counts["api_calls"] == 0
    (wait,) = _waits(office)
    assert (wait.kind, wait.attempts, wait.refused_figure) == ("price", 0, 10)
    assert timedelta(hours=23) < wait.next_try_at - office.app.now() <= timedelta(days=1)
    with office.app.database.session() as session:
        (problem,) = session.scalars(select(Problem)).all()
    assert (problem.sku, problem.code) == (SKU, wait.code)
    office.wait(days=1)
    office.push("shopee")
    (again,) = _waits(office)
    assert again.next_try_at - wait.next_try_at == timedelta(days=1, seconds=2)  # asked again, and refused again


def test_a_mended_price_goes_out_at_once(office: Office) -> None:
    """Only the figure that was refused waits: the correction is taken by the next push, and nobody is asked any more."""
    office.push("shopee")
    office.change(SKU, price_vnd=10)
    office.push("shopee")
    office.change(SKU, price_vnd=91_000)
    assert office.push("shopee").counts["done"] == {"price": 1}
    assert (_waits(office), office.listings("shopee")[SKU].last_error) == ([], None)
    with office.app.database.session() as session:
        assert session.scalars(select(Problem).where(Problem.resolved_at.is_(None))).all() == []


def test_a_refused_price_holds_back_neither_the_last_piece_nor_a_withdrawal(office: Office) -> None:
    """What is sold out must not be sold on, and what may not be sold goes off sale, whatever else of it waits."""
    office.push("shopee")
    office.change(SKU, price_vnd=10)
    assert office.push("shopee").counts["done"] == {}
    office.change(SKU, price_vnd=10, stock=0)
    assert office.push("shopee").counts["done"] == {"stock": 1}
    assert _offer(office).stock == 0
    assert [(wait.kind, wait.refused_figure) for wait in _waits(office)] == [("price", 10)]
    assert office.listings("shopee")[SKU].last_code == _waits(office)[0].code
    office.change(SKU, price_vnd=10, stock=None)
    assert office.push("shopee").counts["done"] == {"withdraw": 1}
    assert _offer(office).state is OfferState.HIDDEN


def test_words_that_fail_to_go_out_hold_back_no_figure(office: Office) -> None:
    """An update that meets faults backs off by itself; the stock of the same pack is sent meanwhile."""
    office.push("shopee")
    office.change(SKU, name="gói 500 g")
    office.fault("shopee", "status", status=500, path="update_item", times=9)
    office.push("shopee")
    office.change(SKU, name="gói 500 g", stock=0)
    assert office.push("shopee").counts["done"] == {"stock": 1}
    assert (_offer(office).stock, [wait.kind for wait in _waits(office)]) == (0, ["content"])
    office.world.faults.clear()
    office.wait(minutes=2)
    assert office.push("shopee").counts["done"] == {"update": 1}
    assert _waits(office) == []


def test_a_refused_stock_holds_back_no_other_stock(office: Office) -> None:
    """The figure that was refused waits until tomorrow; the one the next order leaves goes out."""
    office.push("shopee")
    office.change(SKU, stock=20_000_000)
    assert office.push("shopee").counts["done"] == {}
    office.change(SKU, stock=0)
    assert office.push("shopee").counts["done"] == {"stock": 1}
    assert _offer(office).stock == 0


def test_a_fault_is_tried_again_later_and_later(office: Office) -> None:
    """The wait doubles with each failure; between two tries the listing costs no request."""
    office.push("shopee")
    office.change(SKU, price_vnd=91_000)
    waits = []
    for _ in range(3):
        office.fault("shopee", "status", status=500, path="update_price", times=9)
        office.push("shopee")
        office.world.faults.clear()
        (wait,) = _waits(office)
        waits.append(round((wait.next_try_at - office.app.now()) / timedelta(minutes=1)))
        assert office.push("shopee").counts["api_calls"] == 0
        office.wait(minutes=waits[-1] + 1)
    assert waits == [1, 2, 4]
    assert office.push("shopee").counts["done"] == {"price": 1}
    assert _waits(office) == []


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_a_lost_answer_to_a_figure_is_sent_again(office: Office, market: str) -> None:
    """A price is an absolute value: sent twice it is the same price, and one listing has it."""
    office.push(market)
    office.wait(hours=6)
    office.do("pull_listings", market)
    office.change(SKU, price_vnd=91_000)
    office.fault(market, "reset_after", path=PRICE_PATHS[market], times=9)
    assert office.push(market).state == "failed"
    office.world.faults.clear()
    office.wait(minutes=10)
    office.push(market)
    (offer,) = [offer for offer in office.offers(market) if offer.sku == SKU]
    assert (offer.price_vnd, office.listings(market)[SKU].sent_price_vnd) == (91_000, 91_000)
    assert office.push(market).counts["api_calls"] == 0
