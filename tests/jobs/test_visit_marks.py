"""When a page is due again, and when its goods are gone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from jobs.visit_marks import AGAIN, due_again, mark
from models import WatchedPage
from spiders.page import PageState
from spiders.visits import Visit

NIGHT = datetime(2026, 11, 23, 20, tzinfo=UTC)  # three in the morning in Vietnam
DAY = date(2026, 11, 24)


def _page(url: str = "https://tiki.vn/tra-p1.html", every_days: int = 1) -> WatchedPage:
    return WatchedPage(
        site="tiki", url=url, source_class="page", allowed_by="test", every_days=every_days, is_enabled=True
    )


def _visit(state: PageState, retry_after_s: float | None = None) -> Visit:
    return Visit(1, "https://x.example/p", "https://x.example/p", state, "mark", 200, NIGHT, 0, 0.1, retry_after_s)


@pytest.mark.parametrize("every_days", [1, 7])
def test_a_page_is_due_at_the_next_nights_crawl_and_not_before(every_days: int) -> None:
    """Four to six hours before its full interval: a crawl that was slow last night does not make it skip one."""
    early = [
        NIGHT + timedelta(days=every_days) - due_again(_page(f"https://x.vn/{n}", every_days), NIGHT)
        for n in range(200)
    ]
    assert timedelta(hours=4) <= min(early) < max(early) < timedelta(hours=6)


def test_the_jitter_is_the_pages_own() -> None:
    """The same page by the same hours every night, on whatever host it is; another page by others."""
    one, again, other = (
        due_again(_page(url), NIGHT) for url in ("https://a.vn/x", "https://b.vn/x?q=1", "https://a.vn/y")
    )
    assert (one == again, one == other) == (True, False)


@pytest.mark.parametrize(
    ("state", "wait_s", "after"),
    [
        (PageState.NETWORK, None, AGAIN),
        (PageState.REFUSED, None, AGAIN),
        (PageState.SLOW_DOWN, 60, AGAIN),
        (PageState.SLOW_DOWN, 86_400, timedelta(days=1)),
    ],
)
def test_what_says_nothing_of_the_goods_is_asked_again_later(
    state: PageState, wait_s: float | None, after: timedelta
) -> None:
    """Never sooner than the site asked; the last good visit stays the last visit."""
    page = _page()
    mark(page, _visit(state, wait_s), NIGHT, DAY)
    assert (page.state, page.next_visit_at, page.last_visit_at) == (state.value, NIGHT + after, None)


def test_a_page_that_was_skipped_is_still_due() -> None:
    """It was never asked for."""
    page = _page()
    mark(page, _visit(PageState.SKIPPED), NIGHT, DAY)
    assert (page.state, page.next_visit_at) == (None, None)


@pytest.mark.parametrize(
    "state", [PageState.LAYOUT_CHANGED, PageState.BAD_DATA, PageState.NOT_OFFERED, PageState.DISALLOWED]
)
def test_only_absence_makes_goods_gone(state: PageState) -> None:
    """A page that was missing yesterday and is something else today is not gone."""
    page = _page()
    mark(page, _visit(PageState.GONE), NIGHT, DAY)
    assert page.gone_since == DAY
    mark(page, _visit(state), NIGHT + timedelta(days=1), DAY + timedelta(days=1))
    assert (page.gone_since, page.is_enabled) == (None, True)
