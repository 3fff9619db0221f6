"""Orders come in once, late changes are seen, and one stock serves every shop."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from models import Cursor, OrderLine, Review, SalesOrder, WatchedPage
from sandbox import lifecycle
from sandbox.world import OfferState, OrderState
from tests.jobs.office import Office, opened

MARKETS = ("shopee", "tiki")


@pytest.fixture
def selling(tmp_path: Path) -> Iterator[Office]:
    """Two days of both shops selling."""
    with opened(tmp_path, products=12) as office:
        for market in MARKETS:
            office.push(market)
        office.wait(hours=10)
        for market in MARKETS:
            office.do("pull_listings", market)
        office.wait(days=4)
        yield office


def _count(office: Office, column: Any) -> int:
    with office.app.database.session() as session:
        return session.scalar(select(func.count(column))) or 0


@pytest.mark.parametrize("market", MARKETS)
def test_every_order_is_stored_once(selling: Office, market: str) -> None:
    """As many as the marketplace shows, and a second pull changes nothing."""
    first = selling.do("pull_orders", market)
    shown = [o for o in selling.world.world.orders(market) if market == "shopee" or o.paid_at is not None]
    assert first.counts["new"] == len(shown)
    again = selling.do("pull_orders", market)
    assert (again.counts["new"], again.counts["updated"]) == (0, 0)
    assert _count(selling, SalesOrder.id) == len(shown)


@pytest.mark.parametrize("market", MARKETS)
def test_a_page_that_comes_twice_adds_nothing(selling: Office, market: str) -> None:
    """Repeated pages are answers already had: nothing lost, nothing doubled."""
    path = "get_order_list" if market == "shopee" else "/orders"
    selling.fault(market, "duplicate_page", path=path)
    selling.do("pull_orders", market)
    selling.do("pull_orders", market)
    shown = [o for o in selling.world.world.orders(market) if market == "shopee" or o.paid_at is not None]
    assert _count(selling, SalesOrder.id) == len(shown)


def test_a_late_cancellation_is_seen_and_gives_its_pieces_back(selling: Office) -> None:
    """The order changes state, its pieces are for sale again in every shop."""
    selling.do("pull_orders", "shopee")
    world = selling.world.world
    order = next(o for o in world.orders("shopee") if o.state.value == "paid")
    line = order.lines[0]
    before = selling.variants()[line.sku].available
    assert before is not None
    with world.lock:
        lifecycle.cancel(world, order)
    assert selling.do("pull_orders", "shopee").counts["updated"] == 1
    taken = sum(one.quantity for one in order.lines if one.sku == line.sku)
    assert selling.variants()[line.sku].available == before + taken


def test_what_one_shop_sold_leaves_the_other_and_is_not_told_to_the_seller_shop(selling: Office) -> None:
    """Available is counted down once; the shop that sold lowered its own figure itself and costs no stock call."""
    for market in MARKETS:
        selling.push(market)  # whatever differed before
    selling.do("pull_orders", "shopee")
    sold = {sku for sku, listing in selling.listings("tiki").items() if listing.intended_stock != listing.sent_stock}
    assert selling.push("shopee").counts["done"] == {}
    assert selling.push("tiki").counts["done"] == {"stock": len(sold)}
    with selling.app.database.session() as session:
        ordered = set(session.scalars(select(OrderLine.sku).distinct()))
    assert sold <= ordered


def test_the_cursor_does_not_move_over_a_gap(selling: Office) -> None:
    """Reading again from after the cursor leaves what lies between for the next pull."""
    from functools import partial  # noqa: PLC0415 - only here

    from jobs.orders import pull_orders  # noqa: PLC0415
    from jobs.run import perform  # noqa: PLC0415

    selling.do("pull_orders", "shopee")
    with selling.app.database.session() as session:
        before = session.scalar(select(Cursor.position).where(Cursor.stream == "orders"))
    selling.wait(days=3)
    now = selling.app.now()
    perform(selling.app, "pull_orders", partial(pull_orders, since=now), "shopee-demo", now)
    with selling.app.database.session() as session:
        assert session.scalar(select(Cursor.position).where(Cursor.stream == "orders")) == before
    selling.do("pull_orders", "shopee")
    assert _count(selling, SalesOrder.id) == len(selling.world.world.orders("shopee"))


def test_settled_income_adds_up_to_the_payout(selling: Office) -> None:
    """The lines of a settled order are what the marketplace says it paid."""
    selling.wait(days=12)
    selling.do("pull_orders", "shopee")
    selling.do("pull_settlements", "shopee")
    world = selling.world.world
    settled = [order for order in world.orders("shopee") if order.settled_at is not None]
    with selling.app.database.session() as session:
        paid = session.scalar(select(func.sum(SalesOrder.payout_vnd)).where(SalesOrder.settled_at.is_not(None)))
        orders = session.scalar(select(func.count(SalesOrder.id)).where(SalesOrder.settled_at.is_not(None)))
    assert (orders, paid) == (len(settled), sum(world.payout_vnd(order) for order in settled))


def test_an_income_that_cannot_have_changed_is_not_asked_for_again(selling: Office) -> None:
    """Tiki names no payout, so its orders stay unsettled for ever: once read and long unchanged, they cost no call."""
    for offer in selling.offers("tiki"):
        offer.state = OfferState.HIDDEN
    selling.wait(days=12)
    selling.do("pull_orders", "tiki")
    first = selling.do("pull_settlements", "tiki")
    earning = [o for o in selling.world.world.orders("tiki") if o.state in {OrderState.DELIVERED, OrderState.COMPLETED}]
    assert first.counts["new"] == len(earning)
    selling.wait(days=3)
    before = selling.calls("tiki")
    again = selling.do("pull_settlements", "tiki")
    assert (again.counts["new"], again.counts["unchanged"]) == (0, 0)
    assert selling.calls("tiki") - before <= 1  # at most a new token


def test_no_person_is_stored(selling: Office, tmp_path: Path) -> None:
    """Buyers' and reviewers' names exist in the pretend world; none of them is in our database, nor any token."""
    selling.wait(days=6)
    for market in MARKETS:
        selling.do("pull_orders", market)
    selling.do("pull_metrics", "shopee")
    selling.do("pull_reviews", "shopee")
    world = selling.world.world
    reviews = world.reviews("shopee")
    assert len({review.buyer_name for review in reviews}) == 3  # people whom a mistake could have stored
    assert _count(selling, Review.id) == len(reviews)
    stored = (tmp_path / "ocop.db").read_bytes().decode("utf-8", "replace")
    assert [review.buyer_name for review in reviews if review.buyer_name in stored] == []
    secrets = [str(selling.world.credentials(m)[f]) for m in MARKETS for f in ("access_token", "refresh_token")]
    assert [secret for secret in secrets if secret in stored] == []


def test_own_listings_are_watched_by_themselves(selling: Office) -> None:
    """Shopee's through the shop's API, Tiki's through the public page, each with who allowed it."""
    with selling.app.database.session() as session:
        rows = session.execute(
            select(WatchedPage.site, WatchedPage.source_class, WatchedPage.allowed_by, func.count())
            .where(WatchedPage.listing_id.is_not(None))
            .group_by(WatchedPage.site, WatchedPage.source_class, WatchedPage.allowed_by),
        ).all()
    packs = len(selling.variants())
    assert sorted(map(tuple, rows)) == [("shopee", "api", "own listing", packs), ("tiki", "page", "own listing", packs)]
