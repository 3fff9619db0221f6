"""Readings are appended once a run; reviews are kept once and their edits are noticed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from models import JobRun, Observation, Review
from models.database import Database
from models.observations_store import ObservationRow, ReviewCounts, ReviewRow, store_observations, store_reviews


def _reading(page_id: int, now: datetime, **changes: Any) -> ObservationRow:
    row = ObservationRow(
        page_id,
        "",
        now,
        "page",
        "Trà",
        "VND",
        147_000,
        None,
        "Đã bán 2k",
        2_000,
        2_999,
        4.8,
        323,
        "[3,3,5,44,268]",
        available=True,
        stock=None,
        flags="[]",
    )
    return row._replace(**changes)


def _review(external_id: str, **changes: Any) -> ReviewRow:
    row = ReviewRow("tiki", external_id, None, 5, "Trà ngon", None, 2, "200 g", None, "f00d", "h1")
    return row._replace(**changes)


def test_run_stored_twice_adds_nothing(database: Database, run_id: int, page_ids: list[int], now: datetime) -> None:
    """(page, run, key) is unique: the same run again is no news, and its first reading stands."""
    rows = [_reading(page_id, now) for page_id in page_ids]
    with database.write() as session:
        assert store_observations(session, run_id, rows) == 3
        assert store_observations(session, run_id, [row._replace(price_vnd=1) for row in rows]) == 0
    with database.session() as session:
        assert session.scalars(select(Observation.price_vnd)).all() == [147_000] * 3


def test_next_run_is_a_new_reading(database: Database, run_id: int, page_ids: list[int], now: datetime) -> None:
    """Another run of the same page is appended; a page of many cards keeps each under its own key; unknown stays None."""
    with database.write() as session:
        run = JobRun(job="crawl", lane="tiki", slot=now + timedelta(hours=1), state="running")
        session.add(run)
        session.flush()
        assert store_observations(session, run_id, [_reading(page_ids[0], now)]) == 1
        cards = [_reading(page_ids[0], now, external_key=key, sold_hi=None, available=None) for key in ("1", "2")]
        assert store_observations(session, run.id, cards) == 2
    with database.session() as session:
        rows = session.execute(
            select(Observation.external_key, Observation.sold_hi, Observation.available).order_by(Observation.id)
        ).all()
    assert rows == [("", 2_999, True), ("1", None, None), ("2", None, None)]


def test_edited_review_is_noticed(database: Database, now: datetime) -> None:
    """New, unchanged and edited are told apart by id and content hash; the first sight keeps its moment."""
    later = now + timedelta(days=1)
    with database.write() as session:
        assert store_reviews(session, [_review("1"), _review("2")], now) == ReviewCounts(2, 0, 0)
        page = [_review("1"), _review("2", stars=1, text="Đã sửa", content_hash="h2"), _review("3")]
        assert store_reviews(session, page, later) == ReviewCounts(1, 1, 1)
        assert store_reviews(session, page, later) == ReviewCounts(0, 0, 3)
    with database.session() as session:
        rows = session.execute(
            select(Review.external_id, Review.stars, Review.text, Review.first_seen_at, Review.changed_at).order_by(
                Review.external_id
            )
        ).all()
    assert rows == [("1", 5, "Trà ngon", now, None), ("2", 1, "Đã sửa", now, later), ("3", 5, "Trà ngon", later, None)]


def test_marketplaces_do_not_share_review_ids(database: Database, now: datetime) -> None:
    """The same id on another marketplace is another review."""
    with database.write() as session:
        store_reviews(session, [_review("1")], now)
        assert store_reviews(session, [_review("1", marketplace="shopee", content_hash="h2")], now) == ReviewCounts(
            1, 0, 0
        )


def test_review_named_twice_on_a_page_is_one(database: Database, now: datetime) -> None:
    """A page may repeat a review: the last mention counts."""
    with database.write() as session:
        assert store_reviews(session, [_review("1"), _review("1", stars=4, content_hash="h2")], now) == ReviewCounts(
            1, 0, 1
        )
    with database.session() as session:
        assert session.scalars(select(Review.stars)).all() == [4]
