"""Watched public pages, read politely in a child process; what came back is stored by `jobs.crawl_store` alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from jobs.app import JobError
from jobs.crawl_store import Keeper
from jobs.expectations import Expectations, expected_fields, expected_items
from jobs.run import Counts, Run
from jobs.stop_rule import allow, closed_places
from models import Review, WatchedPage
from spiders.crawl import CrawlDied, Crawling, CrawlOptions, PageRequest
from spiders.places import place_of

KNOWN = 50  # newest reviews of a page whose ids the crawl is told: the first of them it meets ends the reading
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class _Plan:
    """Everything a crawl needs to know before it begins."""

    pages: Sequence[WatchedPage]
    requests: Sequence[PageRequest]
    options: CrawlOptions
    expectations: Expectations


def crawl_site(run: Run, *, limit: int | None = None, reviews: bool = True) -> Counts:
    """Visit the site's due pages. A refusal stops its place at once and pauses it; nothing is done to get past it.

    A run killed anywhere and run again visits what it had not stored. Raises JobError where the site may not be asked.
    """
    plan = _plan(run, limit, reviews=reviews)
    if not plan.pages:
        return {"pages": 0}
    keeper = Keeper(run, plan.pages, plan.expectations)
    try:
        with Crawling(run.lane, plan.requests, plan.options) as crawling:
            for visits in crawling.batches():
                run.check()
                for host, reason in keeper.store(visits):
                    crawling.leave_alone(host, reason)
    except CrawlDied as err:
        raise JobError(
            f"Tiến trình đọc trang «{run.lane}» dừng giữa chừng ({err}); những gì đã đọc vẫn được giữ, lượt sau đọc tiếp."
        ) from err
    return keeper.counts


def _plan(run: Run, limit: int | None, *, reviews: bool) -> _Plan:
    app, site, now = run.app, run.lane, run.app.now()
    if app.settings.contact is None:
        raise JobError(
            "Thiếu OCOP_CONTACT: trình đọc trang phải nêu địa chỉ liên hệ. Hãy đặt: OCOP_CONTACT=ocop@thainguyen.example.vn"
        )
    with app.database.session() as session:
        allow(session, site, now)
        pages = _open_pages(session, site, now)[:limit]
        options = CrawlOptions(
            contact=app.settings.contact,
            delay_s=app.settings.crawl_delay_s if app.crawl_delay_s is None else app.crawl_delay_s,
            allow_private=app.allow_private_hosts,
            reviews=reviews,
            keep_bodies=app.settings.evidence_days > 0,
            expected=expected_fields(session, site, now) if pages else {},
        )
        requests = (
            _requests(session, pages, app.today().weekday()) if reviews else [PageRequest(p.id, p.url) for p in pages]
        )
        return _Plan(pages, requests, options, Expectations(expected_items(session, site, now)))


def _open_pages(session: Session, site: str, now: datetime) -> list[WatchedPage]:
    """Due pages whose place may be asked. Raises JobError where every one of them belongs to a place that may not."""
    due = (
        select(WatchedPage)
        .where(
            WatchedPage.site == site,
            WatchedPage.source_class == "page",
            WatchedPage.is_enabled,
            or_(WatchedPage.next_visit_at.is_(None), WatchedPage.next_visit_at <= now),
        )
        .order_by(WatchedPage.next_visit_at.nulls_first(), WatchedPage.id)
    )
    pages, closed = list(session.scalars(due)), closed_places(session, now)
    found = [page for page in pages if place_of(site, page.url) not in closed]
    if pages and not found:
        allow(session, place_of(site, pages[0].url), now)
    return found


def _requests(session: Session, pages: Sequence[WatchedPage], weekday: int) -> list[PageRequest]:
    """Each page with the newest reviews we have of it. Once a week, each page on its own day, all its reviews are read again."""
    known, held = _known_reviews(session, {page.id for page in pages})
    return [
        PageRequest(
            page.id,
            page.url,
            frozenset(known.get(page.id, ())),
            held.get(page.id, 0),
            all_reviews=held.get(page.id, 0) > 0 and page.id % DAYS_OF_A_WEEK == weekday,
        )
        for page in pages
    ]


def _known_reviews(session: Session, wanted: set[int]) -> tuple[dict[int, set[str]], dict[int, int]]:
    """By page, the ids of its newest reviews, and how many we hold."""
    newest = func.row_number().over(partition_by=WatchedPage.id, order_by=(Review.created_at.desc(), Review.id.desc()))
    query = (
        select(WatchedPage.id, Review.external_id, newest.label("place"))
        .join(Review, or_(Review.page_id == WatchedPage.id, Review.listing_id == WatchedPage.listing_id))
        .where(Review.deleted_at.is_(None), WatchedPage.source_class == "page")
    )
    known: dict[int, set[str]] = {}
    held: dict[int, int] = {}
    for page_id, external_id, place in session.execute(query):
        if page_id in wanted:
            held[page_id] = max(held.get(page_id, 0), place)
            if place <= KNOWN:
                known.setdefault(page_id, set()).add(external_id)
    return known, held
