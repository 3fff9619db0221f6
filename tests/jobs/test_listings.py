"""What the marketplace says of our listings is heard: reviews that end, goods that vanish, figures that somebody changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models import ListingEvent, Problem, WatchedPage
from sandbox.sandbox import Sandbox
from sandbox.world import OfferState
from tests.jobs.office import SHOPS, Office, opened

SKU = "OCOP-TN-0003-500G"
WORDS = "Ảnh bìa có chữ quảng cáo"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path) as found:
        yield found


def _desk(world: Sandbox) -> Any:
    """Tiki's review team, whose mind a test may make up."""
    return world.sites["tiki.api"].desk  # type: ignore[attr-defined] # a Tiki of ours, not any site


def _offer(office: Office, market: str) -> Any:
    return next(offer for offer in office.offers(market) if offer.sku == SKU)


def _events(office: Office, kind: str) -> int:
    with office.app.database.session() as session:
        return len(session.scalars(select(ListingEvent).where(ListingEvent.kind == kind)).all())


def test_a_create_under_review_is_followed_across_restarts(tmp_path: Path) -> None:
    """Pending until Tiki answers: no process that comes between sends it again, and the answer is found by its track id."""
    with opened(tmp_path) as first:
        first.push("tiki")
        pending = first.listings("tiki")
        assert {listing.reported_state for listing in pending.values()} == {"pending"}
        tracks = {sku: listing.tracking_id for sku, listing in pending.items()}
    with opened(tmp_path) as second:
        again = second.push("tiki")
        assert (again.counts["done"], again.counts["api_calls"]) == ({}, 0)
        second.do("pull_listings", "tiki")
        assert {sku: listing.tracking_id for sku, listing in second.listings("tiki").items()} == tracks
        second.wait(hours=6)
    with opened(tmp_path) as third:
        third.do("pull_listings", "tiki")
        listings = third.listings("tiki")
        assert {(row.reported_state, row.tracking_id) for row in listings.values()} == {("live", None)}
        assert {row.external_variant_id for row in listings.values()} == {
            str(offer.offer_id) for offer in third.offers("tiki")
        }
        assert third.push("tiki").counts["done"] == {}


def test_a_rejection_is_shown_in_the_marketplaces_words_and_not_sent_again(office: Office) -> None:
    """The owner reads why; the same content waits, changed content goes out and is approved."""
    _desk(office.world).refused[SKU] = WORDS
    office.push("tiki")
    office.wait(hours=6)
    assert office.do("pull_listings", "tiki").counts["rejected"] == 1
    listing = office.listings("tiki")[SKU]
    assert (listing.external_id, listing.tracking_id, listing.reported_state) == (None, None, "rejected")
    assert WORDS in str(listing.last_error)
    with office.app.database.session() as session:
        (problem,) = session.scalars(select(Problem).where(Problem.sku == SKU)).all()
    assert WORDS in problem.sentence
    assert office.push("tiki").counts["done"] == {}
    _desk(office.world).refused.clear()
    office.change(SKU, name="hộp thiếc 500 g")
    assert office.push("tiki").counts["done"] == {"create": 1}
    office.wait(hours=6)
    office.do("pull_listings", "tiki")
    assert office.listings("tiki")[SKU].reported_state == "live"


def test_a_rejection_is_of_what_was_sent_not_of_what_is_wanted_by_now(office: Office) -> None:
    """Corrected while it was under review: the answer to the old content does not hold the new one back."""
    _desk(office.world).refused[SKU] = WORDS
    office.push("tiki")
    office.change(SKU, name="hộp thiếc 500 g")
    assert office.push("tiki").counts["done"] == {}  # under review: the correction waits for the answer
    office.wait(hours=6)
    assert office.do("pull_listings", "tiki").counts["rejected"] == 1
    assert office.push("tiki").counts["done"] == {"create": 1}


def test_reading_back_twice_writes_nothing_the_second_time(office: Office) -> None:
    """What is as it was is no event."""
    office.push("shopee")
    office.do("pull_listings", "shopee")
    reports = _events(office, "reported")
    again = office.do("pull_listings", "shopee")
    assert (again.counts["unchanged"], again.counts["updated"]) == (len(office.variants()), 0)
    assert _events(office, "reported") == reports


@pytest.mark.parametrize("market", sorted(SHOPS))
def test_a_listing_taken_off_by_hand_is_put_back(office: Office, market: str) -> None:
    """Hidden there but wanted here is a difference: the next push restores it."""
    office.push(market)
    office.wait(hours=6)
    office.do("pull_listings", market)
    offer = _offer(office, market)
    office.wait(hours=2)
    with office.world.world.lock:
        offer.state = OfferState.HIDDEN
        office.world.world.touch(offer)
    office.do("pull_listings", market)
    assert office.listings(market)[SKU].reported_state == "hidden"
    assert office.push(market).counts["done"] == {"restore": 1}
    assert offer.state is (OfferState.PENDING if market == "tiktok_shop" else OfferState.LIVE)  # reviewed again there


def test_a_listing_deleted_there_is_created_anew(office: Office) -> None:
    """Gone for good on the marketplace: one new listing, watched at its new address."""
    office.push("shopee")
    office.do("pull_listings", "shopee")
    old = _offer(office, "shopee")
    office.wait(hours=2)
    with office.world.world.lock:
        old.state = OfferState.DELETED
        office.world.world.touch(old)
    office.do("pull_listings", "shopee")
    assert office.push("shopee").counts["done"] == {"create": 1}
    new = _offer(office, "shopee")
    assert new.offer_id != old.offer_id
    assert office.listings("shopee")[SKU].external_id == str(new.offer_id)
    office.do("pull_listings", "shopee")
    with office.app.database.session() as session:
        query = select(WatchedPage.url).where(WatchedPage.listing_id == office.listings("shopee")[SKU].id)
        (url,) = session.scalars(query).all()
    assert str(new.offer_id) in url


def test_a_stranger_on_the_marketplace_is_counted_and_left_alone(office: Office) -> None:
    """A listing whose SKU the register does not know is not ours to change."""
    office.push("shopee")
    mine = _offer(office, "shopee")
    world = office.world.world
    with world.lock:
        stranger = world.add_offer("shopee", mine.shop, "CUA-AI-DO", "Nón lá", "Nón", 90_000, 5, extra=dict(mine.extra))
    assert office.do("pull_listings", "shopee").counts["unknown"] == 1
    assert office.push("shopee").counts["done"] == {}
    assert (stranger.state, stranger.price_vnd, stranger.stock) == (OfferState.LIVE, 90_000, 5)
