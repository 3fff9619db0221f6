"""Reviews of watched pages: up to the first known one, and once a week all of them, so that edits and deletions are seen."""

from collections.abc import Iterator

import pytest

from jobs.app import App
from models import Review, WatchedPage
from tests.jobs.watched_shop import column, crawl, open_for, reviews_path, shelve, write_reviews
from tests.spiders.conftest import Shop

NUMBER = 5


@pytest.fixture
def shop() -> Iterator[Shop]:
    found = Shop()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def read(app: App, shop: Shop) -> App:
    """Six reviews on three pages, read once, on the day before the page's own day of the week."""
    open_for(app, shop, [NUMBER], review_count=6)
    write_reviews(shop, NUMBER, (9, 8), (7, 6), (5, 4))
    (page_id,) = column(app, WatchedPage.id)
    app.clock.pass_by(days=(page_id - 1 - app.today().weekday()) % 7)
    assert crawl(app).counts["reviews"] == 6
    app.clock.pass_by(days=1)
    return app


def _pages_asked(shop: Shop) -> list[int]:
    return [shop.calls[reviews_path(NUMBER, page)] for page in (1, 2, 3)]


def _kept(app: App) -> dict[str, tuple[str | None, bool]]:
    """Text and whether it was deleted, by id."""
    rows = column(app, Review.external_id, Review.text, Review.deleted_at)
    return {external_id: (text, deleted_at is not None) for external_id, text, deleted_at in rows}


def test_on_other_days_only_what_is_new_is_asked_for(read: App, shop: Shop) -> None:
    """The page's own count says that there are no more: no request; one more: the first page alone."""
    read.clock.pass_by(days=1)
    assert crawl(read).counts["reviews"] == 0
    assert _pages_asked(shop) == [1, 1, 1]
    shelve(shop, NUMBER, review_count=7)
    write_reviews(shop, NUMBER, (10, 9), (8, 7), (6, 5), (4,))
    read.clock.pass_by(days=1)
    assert crawl(read).counts["reviews"] == 1
    assert _pages_asked(shop) == [2, 1, 1]


def test_once_a_week_old_edits_and_deletions_are_seen(read: App, shop: Shop) -> None:
    """Deeper than the first known page: an edit is kept with its moment, a deleted review keeps its text and is marked."""
    write_reviews(shop, NUMBER, (9, 8), (7, 6), (5,), r5="Đã sửa: giao chậm")
    counts = crawl(read).counts
    assert (counts["reviews"], counts["reviews_edited"], counts["reviews_deleted"]) == (0, 1, 1)
    assert _pages_asked(shop) == [2, 2, 2]
    kept = _kept(read)
    assert kept["5"] == ("Đã sửa: giao chậm", False)
    assert kept["4"] == ("Chè thơm\nnước xanh", True)
    assert [deleted for _, deleted in kept.values()].count(True) == 1


def test_fewer_than_we_hold_are_read_to_the_end_at_once(read: App, shop: Shop) -> None:
    """Whatever day it is: the count itself says that some were deleted."""
    read.clock.pass_by(days=2)
    shelve(shop, NUMBER, review_count=5)
    write_reviews(shop, NUMBER, (9, 8), (6, 5), (4,))
    assert crawl(read).counts["reviews_deleted"] == 1
    assert [external_id for external_id, (_, deleted) in _kept(read).items() if deleted] == ["7"]


def test_a_reading_that_did_not_come_to_its_end_deletes_nothing(read: App, shop: Shop) -> None:
    """A page in between could not be read: what it held is not known, so nothing is missing."""
    del shop.pages[reviews_path(NUMBER, 2)]
    assert crawl(read).counts["reviews_deleted"] == 0
    assert not any(deleted for _, deleted in _kept(read).values())


def test_a_review_that_is_back_is_no_longer_deleted(read: App, shop: Shop) -> None:
    """It was hidden for a while."""
    write_reviews(shop, NUMBER, (9, 8), (7, 6), (5,))
    crawl(read)
    write_reviews(shop, NUMBER, (9, 8), (7, 6), (5, 4))
    read.clock.pass_by(days=7)
    assert crawl(read).counts["reviews"] == 1
    assert _kept(read)["4"] == ("Chè thơm\nnước xanh", False)
