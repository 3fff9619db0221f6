"""Our listings' figures and reviews from the shop's own API: once a run, no request for what is complete, no person kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.registry import JOBS
from jobs.run import perform
from models import Observation, Review
from sandbox import buying
from tests.jobs.office import SHOPS, Office, opened

COMMENTS = "GET /api/v2/product/get_comment"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A shop a fortnight old, with orders enough to be reviewed."""
    with opened(tmp_path, products=3) as found:
        found.push("shopee")
        found.do("pull_listings", "shopee")
        _buy(found, "shopee")
        found.wait(days=14)
        yield found


def _reviews(office: Office) -> list[Review]:
    with office.app.database.session() as session:
        return list(session.scalars(select(Review).order_by(Review.external_id)))


def test_a_run_stored_twice_adds_nothing(office: Office) -> None:
    """One reading a listing and run: the same slot done again finds itself done; the next slot is a new reading."""
    packs = len(office.variants())
    assert office.do("pull_metrics", "shopee").counts == {"new": packs, "read": packs}
    slot = office.app.now()
    assert perform(office.app, "pull_metrics", JOBS["pull_metrics"].function, SHOPS["shopee"], slot) is None
    assert office.do("pull_metrics", "shopee").counts == {"new": packs, "read": packs}
    with office.app.database.session() as session:
        assert session.scalar(select(func.count(Observation.id))) == 2 * packs


def test_figures_are_the_worlds_own(office: Office) -> None:
    """Pieces sold, stars and their count, as the marketplace shows them."""
    office.do("pull_metrics", "shopee")
    offers = office.offers("shopee")
    with office.app.database.session() as session:
        read = session.execute(select(Observation.sold_lo, Observation.sold_hi, Observation.rating_count)).all()
    wanted = sorted((offer.sold, offer.sold, sum(offer.stars)) for offer in offers)
    assert sorted(map(tuple, read)) == wanted


def test_reviews_come_once_without_their_writers(office: Office) -> None:
    """Every review is kept, none twice, and no name of a buyer with it."""
    office.do("pull_metrics", "shopee")
    written = office.world.world.reviews("shopee")
    assert office.do("pull_reviews", "shopee").counts["new"] == len(written)
    kept = _reviews(office)
    assert [row.external_id for row in kept] == sorted(str(review.review_id) for review in written)
    names = {review.buyer_name for review in written}
    values = {str(value) for row in kept for value in vars(row).values()}
    assert names & values == set()


def test_listings_without_new_reviews_cost_no_request(office: Office) -> None:
    """Their own count says that we have all of them; on Mondays all are asked for again, so that an edit is noticed."""
    office.do("pull_metrics", "shopee")
    office.do("pull_reviews", "shopee")
    calls = office.world.sites["shopee.api"].calls
    before = calls[COMMENTS]
    assert office.do("pull_reviews", "shopee").counts == {"new": 0, "updated": 0, "unchanged": 0, "deleted": 0}
    assert calls[COMMENTS] == before
    world = office.world.world
    edited = world.reviews("shopee")[0]
    office.wait(days=(7 - office.app.today().weekday()) % 7)  # to a Monday
    known = {review.review_id for review in world.reviews("shopee")}
    with world.lock:
        edited.text = "Đã sửa: giao đủ hàng"
    counts = office.do("pull_reviews", "shopee").counts
    assert counts["updated"] == 1
    assert {int(row.external_id) for row in _reviews(office)} == known
    assert next(row for row in _reviews(office) if row.external_id == str(edited.review_id)).text == edited.text


def test_reviews_too_old_to_be_shown_are_not_deleted(tmp_path: Path) -> None:
    """Lazada shows ninety days: on a Monday older reviews stay, and one that is gone from what it does show is marked."""
    with opened(tmp_path, products=3) as office:
        office.push("lazada")
        office.wait(days=2)
        office.do("pull_listings", "lazada")
        _buy(office, "lazada")
        office.wait(days=14)
        office.do("pull_reviews", "lazada")
        old = {row.external_id for row in _reviews(office)}
        office.wait(days=84)
        _buy(office, "lazada")
        office.wait(days=12)
        office.wait(days=(7 - office.app.today().weekday()) % 7)  # to a Monday
        office.do("pull_reviews", "lazada")
        fresh = {row.external_id for row in _reviews(office)} - old
        assert (len(old), len(fresh)) == (4, 28)
        gone = _forget(office, fresh)
        office.wait(days=7)
        assert office.do("pull_reviews", "lazada").counts["deleted"] == 1
        assert [row.external_id for row in _reviews(office) if row.deleted_at is not None] == [gone]


def _buy(office: Office, market: str) -> None:
    world = office.world.world
    with world.lock:
        for offer in world.offers(market):
            for number in range(8):
                buying.visit(world, (market, offer.shop, offer.sku), (office.app.today(), 1_000 + number))


def _forget(office: Office, among: set[str]) -> str:
    """The marketplace takes a review down."""
    world = office.world.world
    with world.lock:
        review = [one for one in world._reviews["lazada"] if str(one.review_id) in among][-1]
        world._reviews["lazada"].remove(review)
    return str(review.review_id)
