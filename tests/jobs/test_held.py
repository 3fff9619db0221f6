"""What a marketplace itself took off sale: told once, sent again by nobody, back as before once it is on sale again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from jobs.blocked import blocked_listings
from jobs.intend import keep_intentions_fresh
from jobs.plan import Change
from models import Problem
from sandbox.world import Offer, OfferState
from tests.jobs.office import Office, opened

SKU = "OCOP-TN-0003-500G"
HELD = {  # each as its marketplace says it: state of the world, what we hear, words of the marketplace
    "shopee": (OfferState.BANNED, "banned", "License Reason - Upload license"),
    "lazada": (OfferState.REJECTED, "rejected", "Ảnh mờ"),
    "tiktok_shop": (OfferState.REJECTED, "rejected", "Ảnh mờ"),
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def _on_sale(office: Office, market: str) -> Offer:
    office.push(market)
    office.wait(days=2)
    office.do("pull_listings", market)
    assert {listing.reported_state for listing in office.listings(market).values()} == {"live"}
    return _offer(office, market)


def _offer(office: Office, market: str) -> Offer:
    (offer,) = [offer for offer in office.offers(market) if offer.sku == SKU]
    assert isinstance(offer, Offer)
    return offer


def _set(office: Office, offer: Offer, state: OfferState) -> None:
    """The marketplace's staff do it."""
    world = office.world.world
    with world.lock:
        offer.state = state
        offer.extra["reason"] = "Ảnh mờ"
        world.touch(offer)


def _open_problems(office: Office) -> list[Problem]:
    with office.app.database.session() as session:
        query = select(Problem).where(Problem.sku == SKU, Problem.resolved_at.is_(None))
        return list(session.scalars(query))


@pytest.mark.parametrize("market", sorted(HELD))
def test_it_is_told_once_and_nothing_is_sent(office: Office, market: str) -> None:
    """Product, shop, the marketplace's words and what to do; however often it is read back and pushed, one problem, no call."""
    offer = _on_sale(office, market)
    state, heard, words = HELD[market]
    _set(office, offer, state)
    assert office.do("pull_listings", market).counts["rejected"] == 1
    for _ in range(2):
        assert office.push(market).counts == {"done": {}, "rejected": [], "api_calls": 0}
        office.do("pull_listings", market)
        office.wait(hours=2)
    listing = office.listings(market)[SKU]
    assert (listing.reported_state, listing.refused_hash) == (heard, listing.intended_hash)
    (problem,) = _open_problems(office)
    assert problem.count == 1
    for said in (SKU, f"gian hàng «{market}-demo»", words, "trong sổ đăng ký"):
        assert said in problem.sentence


@pytest.mark.parametrize("market", sorted(HELD))
def test_the_plan_shows_it_until_the_words_change(office: Office, market: str) -> None:
    """With the marketplace's reason and what to do; changed words are an update that is due, and no longer held back."""
    offer = _on_sale(office, market)
    state, heard, words = HELD[market]
    _set(office, offer, state)
    office.do("pull_listings", market)
    (held,) = _blocked(office, market)
    assert (held.sku, held.action, held.why) == (
        SKU,
        "update",
        {"banned": "sàn đã khoá"}.get(heard, "sàn duyệt không đạt"),
    )
    (sentence,) = held.blockers
    assert sentence.startswith(f"Sàn {held.why.removeprefix('sàn ')} «")
    assert f"({SKU}) ở gian hàng «{market}-demo»: " in sentence
    assert f"{words}. Sửa" in sentence or f"{words}. Khiếu nại" in sentence
    office.change(SKU, name="hộp thiếc 500 g")
    assert _blocked(office, market) == []


def _blocked(office: Office, market: str) -> list[Change]:
    shop = office.app.shop(f"{market}-demo")
    keep_intentions_fresh(office.app, shop)
    with office.app.database.session() as session:
        return blocked_listings(session, shop)


@pytest.mark.parametrize("market", sorted(HELD))
def test_changed_figures_wait_and_changed_words_go_out(office: Office, market: str) -> None:
    """A price says nothing against the reason; new words are an update, after which the problem is over until it is told again."""
    offer = _on_sale(office, market)
    _set(office, offer, HELD[market][0])
    office.do("pull_listings", market)
    office.change(SKU, stock=7)
    assert office.push(market).counts["done"] == {}
    office.change(SKU, stock=7, name="hộp thiếc 500 g")
    assert office.push(market).counts["done"] == {"update": 1}
    assert office.listings(market)[SKU].reported_state == "pending"
    assert _open_problems(office) == []
    assert office.push(market).counts["done"] == {"stock": 1}


@pytest.mark.parametrize("market", sorted(HELD))
def test_on_sale_again_all_is_as_before(office: Office, market: str) -> None:
    """The marketplace took it back: the problem is closed, the words are refused no more, figures that changed meanwhile go out."""
    offer = _on_sale(office, market)
    _set(office, offer, HELD[market][0])
    office.do("pull_listings", market)
    office.change(SKU, stock=7)
    office.push(market)
    _set(office, offer, OfferState.LIVE)
    office.do("pull_listings", market)
    assert office.push(market).counts["done"] == {"stock": 1}
    listing = office.listings(market)[SKU]
    assert (listing.reported_state, listing.refused_hash, listing.last_error) == ("live", None, None)
    assert (_open_problems(office), offer.stock) == ([], 7)


def test_what_is_no_longer_wanted_is_not_taken_off_twice(office: Office) -> None:
    """It is off sale already; a withdrawal would be refused."""
    offer = _on_sale(office, "shopee")
    _set(office, offer, OfferState.BANNED)
    office.do("pull_listings", "shopee")
    office.change(SKU, price_vnd=None)
    assert office.push("shopee").counts["done"] == {}
    _set(office, offer, OfferState.LIVE)
    office.do("pull_listings", "shopee")
    assert office.push("shopee").counts["done"] == {"withdraw": 1}
    assert offer.state is OfferState.HIDDEN


def test_a_create_that_review_refused_is_told_once(office: Office) -> None:
    """TikTok Shop gives an id at once and its verdict later: followed by its track and read back, it is one refusal."""
    office.world.sites["tiktok_shop.api"].stage.rules.refused_skus[SKU] = "Ảnh mờ"  # type: ignore[attr-defined] # a TikTok Shop
    office.push("tiktok_shop")
    office.wait(days=2)
    assert office.do("pull_listings", "tiktok_shop").counts["rejected"] == 1
    (problem,) = _open_problems(office)
    assert (problem.count, "Ảnh mờ" in problem.sentence) == (1, True)
    assert office.push("tiktok_shop").counts["done"] == {}


def test_refused_words_of_an_edit_leave_what_is_on_sale_in_our_hands(office: Office) -> None:
    """TikTok Shop keeps the old words on sale: stock is still sent, the refused words are not."""
    offer = _on_sale(office, "tiktok_shop")
    office.world.sites["tiktok_shop.api"].stage.rules.refused_skus[SKU] = "Ảnh mờ"  # type: ignore[attr-defined] # a TikTok Shop
    office.change(SKU, name="hộp thiếc 500 g")
    assert office.push("tiktok_shop").counts["done"] == {"update": 1}
    office.wait(days=2)
    assert office.do("pull_listings", "tiktok_shop").counts["rejected"] == 1
    assert office.listings("tiktok_shop")[SKU].reported_state == "live"
    office.change(SKU, name="hộp thiếc 500 g", stock=0)
    assert office.push("tiktok_shop").counts["done"] == {"stock": 1}
    assert offer.stock == 0
    (problem,) = _open_problems(office)
    assert problem.count == 1


@pytest.mark.parametrize("market", sorted(HELD))
def test_a_lost_create_that_was_refused_is_found_and_told(office: Office, market: str) -> None:
    """It has an id there: it is ours, held as it is, and its SKU is not sent a second time."""
    path = {"lazada": "/product/create", "shopee": "add_item", "tiktok_shop": "/product/[0-9]+/products$"}[market]
    office.fault(market, "reset_after", path=path, skip=2)
    office.push(market)
    (lost,) = [sku for sku, listing in office.listings(market).items() if listing.must_look_up]
    (offer,) = [offer for offer in office.offers(market) if offer.sku == lost]
    _set(office, offer, HELD[market][0])
    office.wait(minutes=5)
    assert office.push(market).counts["done"] == {"found_again": 1}
    listing = office.listings(market)[lost]
    assert (listing.must_look_up, listing.reported_state) == (False, HELD[market][1])
    assert listing.last_error is not None
    assert office.push(market).counts["api_calls"] == 0
    assert sorted(offer.sku for offer in office.offers(market)) == sorted(office.variants())
    with office.app.database.session() as session:
        (problem,) = session.scalars(select(Problem).where(Problem.sku == lost)).all()
    assert problem.count == 1


def test_a_deleted_twin_does_not_clear_the_living_one(office: Office) -> None:
    """Two products had one SKU; the one that is gone is not the one we hold."""
    mine = _on_sale(office, "shopee")
    world = office.world.world
    with world.lock:
        twin = world.add_offer("shopee", mine.shop, SKU, mine.title, "Chè", 90_000, 5, extra=dict(mine.extra))
        twin.state = OfferState.DELETED
        world.touch(twin)
    office.do("pull_listings", "shopee")
    listing = office.listings("shopee")[SKU]
    assert (listing.external_id, listing.reported_state) == (str(mine.offer_id), "live")
    assert office.push("shopee").counts["done"] == {}
