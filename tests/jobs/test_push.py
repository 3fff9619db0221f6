"""A push is the difference, carried out once, whatever answer is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.push import push_listings
from jobs.run import perform
from models import Problem, PushAttempt, Shop
from tests.jobs.office import SHOPS, Office, opened

CREATE_PATHS = {
    "lazada": "/product/create",
    "shopee": "add_item",
    "tiki": "/requests$",
    "tiktok_shop": "/product/[0-9]+/products$",
}
SKU = "OCOP-TN-0003-500G"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_every_pack_goes_up_once_and_again_costs_nothing(office: Office, market: str) -> None:
    """Nothing changed: no request, no row."""
    first = office.push(market)
    offered = len(office.variants())
    assert first.counts["done"] == {"create": offered}
    before = office.calls(market)
    again = office.push(market)
    assert (again.counts["done"], again.counts["api_calls"], office.calls(market)) == ({}, 0, before)


@pytest.mark.parametrize("market", sorted(SHOPS))
@pytest.mark.parametrize("kind", ["reset_after", "truncated"])
def test_a_create_whose_answer_was_lost_is_found_not_repeated(office: Office, market: str, kind: str) -> None:
    """Looked up by SKU in the next run: one listing a pack, on the marketplace and here."""
    office.fault(market, kind, path=CREATE_PATHS[market], skip=2)
    office.push(market)
    lost = [sku for sku, listing in office.listings(market).items() if listing.must_look_up]
    assert len(lost) == 1
    office.wait(minutes=5)
    again = office.push(market)
    assert again.counts["done"] == {"found_again": 1}
    office.wait(hours=6)
    office.do("pull_listings", market)
    assert sorted(offer.sku for offer in office.offers(market)) == sorted(office.variants())
    assert [sku for sku, listing in office.listings(market).items() if listing.must_look_up] == []


def test_a_process_that_died_between_writing_down_and_answer_is_looked_up(office: Office) -> None:
    """An attempt still in flight when a run begins means unknown: nothing is created before it is looked up."""
    office.push("shopee")
    with office.app.database.write() as session:
        attempt = session.scalars(select(PushAttempt)).first()
        assert attempt is not None
        attempt.state, listing_id = "in_flight", attempt.listing_id
    listings = {listing.id: sku for sku, listing in office.listings("shopee").items()}
    with office.app.database.write() as session:
        from models import Listing  # noqa: PLC0415 - only here

        row = session.get_one(Listing, listing_id)
        row.external_id = row.sent_hash = None
        row.sent_wanted, row.must_look_up = False, True
    again = office.push("shopee")
    assert again.counts["done"] == {"found_again": 1}
    assert office.listings("shopee")[listings[listing_id]].external_id is not None
    assert len(office.offers("shopee")) == len(office.variants())


def test_only_what_changed_is_sent(office: Office) -> None:
    """A new price is one price call, a new count one stock call, new words one update."""
    office.push("shopee")
    office.change(SKU, price_vnd=77_000)
    assert office.push("shopee").counts["done"] == {"price": 1}
    office.change(SKU, price_vnd=77_000, stock=11)
    assert office.push("shopee").counts["done"] == {"stock": 1}
    office.change(SKU, price_vnd=77_000, stock=11, name="chai 500 g")
    assert office.push("shopee").counts["done"] == {"update": 1}
    offer = next(offer for offer in office.offers("shopee") if offer.sku == SKU)
    assert (offer.price_vnd, offer.stock, "chai 500 g" in offer.title) == (77_000, 11, True)


def test_refused_content_is_not_sent_again_until_it_changes(office: Office) -> None:
    """The refusal is one problem with the marketplace's words; only another price or text goes out again."""
    office.change(SKU, price_vnd=10)
    first = office.push("shopee")
    assert [row["sku"] for row in first.counts["rejected"]] == [SKU]  # type: ignore[attr-defined]
    assert office.push("shopee").counts["api_calls"] == 0
    with office.app.database.session() as session:
        (problem,) = session.scalars(select(Problem)).all()
    assert (problem.sku, problem.shop, problem.count) == (SKU, "shopee-demo", 1)
    assert "Sửa thông tin sản phẩm" in problem.sentence
    office.change(SKU, price_vnd=77_000)
    assert office.push("shopee").counts["done"] == {"create": 1}


def test_a_figure_changed_by_hand_on_the_marketplace_is_mended(office: Office) -> None:
    """The marketplace is the truth about what is: read back, it becomes a difference, and the next push sends our price."""
    office.push("shopee")
    office.wait(hours=2)
    offer = next(offer for offer in office.offers("shopee") if offer.sku == SKU)
    wanted, offer.price_vnd = offer.price_vnd, offer.price_vnd + 5_000
    office.do("pull_listings", "shopee")
    assert office.push("shopee").counts["done"] == {"price": 1}
    assert offer.price_vnd == wanted


def test_a_mistake_in_the_workbook_does_not_empty_a_shop(tmp_path: Path) -> None:
    """More withdrawals than the cap: five go, a person is asked, and with approval the rest follow."""
    with opened(tmp_path, products=10) as office:
        office.push("shopee")
        everything = len(office.variants())
        for product in office.products:
            for variant in product.variants:
                office.change(variant.sku, price_vnd=None)
        assert office.push("shopee").counts["done"] == {"withdraw": 5}
        with office.app.database.session() as session:
            assert [problem.code for problem in session.scalars(select(Problem))] == ["withdraw_cap"]
        office.wait(seconds=1)
        rest = perform(
            office.app, "push_listings", lambda run: push_listings(run, approved=True), "shopee-demo", office.app.now()
        )
        assert rest is not None
        assert rest.counts["done"] == {"withdraw": everything - 5}


def test_a_dead_login_stops_its_own_shop_only(office: Office) -> None:
    """The shop asks for a login, once and loudly; the other sells on."""
    office.push("shopee")
    office.fault("shopee", "revoked_token")
    office.change(SKU, price_vnd=88_000)
    failed = office.push("shopee")
    assert (failed.state, "ocop shop login" in str(failed.error)) == ("failed", True)
    assert office.push("tiki").state == "done"
    with office.app.database.session() as session:
        resting = {shop.name: shop.state for shop in session.scalars(select(Shop)) if shop.state != "connected"}
    assert resting == {SHOPS["shopee"]: "login_required"}
