"""Watched public pages, read politely in a child process; what came back is stored here, and only here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobs.app import App, JobError
from jobs.figures import review_row
from jobs.observe import observation_row
from jobs.run import Counts, Run
from jobs.stop_rule import allow, heed
from jobs.trouble import note
from models import Review, WatchedPage
from models.observations_store import ObservationRow, ReviewRow, store_observations, store_reviews
from models.runs_store import resolve_problem
from spiders.crawl import CrawlDied, CrawlOptions, PageRequest, Visit, crawl
from spiders.page import PageState

BATCH = 200  # visits stored in one transaction
INTERVAL = timedelta(hours=20)  # once a day, wherever in the night the last visit fell
AGAIN = timedelta(hours=6)  # after a fault of the network


def crawl_site(run: Run, *, limit: int | None = None, reviews: bool = True) -> Counts:
    """Visit the site's due pages. A refusal stops the site at once and pauses it; nothing is done to get past it."""
    app = run.app
    if app.settings.contact is None:
        raise JobError(
            "Thiếu OCOP_CONTACT: trình đọc trang phải nêu địa chỉ liên hệ. Hãy đặt: OCOP_CONTACT=ocop@thainguyen.example.vn"
        )
    with app.database.session() as session:
        allow(session, run.lane, app.now())
        pages = _due(session, run.lane, app.now(), limit)
    if not pages:
        return {"pages": 0}
    counts: Counter[str] = Counter()
    listing_of = {page.id: page.listing_id for page in pages}
    try:
        for visits in _batches(
            crawl(run.lane, _requests(app, pages), _options(app, app.settings.contact, reviews=reviews))
        ):
            run.check()
            _store(run, visits, listing_of, counts)
    except CrawlDied as err:
        raise JobError(
            f"Tiến trình đọc trang «{run.lane}» dừng giữa chừng ({err}); những gì đã đọc vẫn được giữ, lượt sau đọc tiếp."
        ) from err
    return dict(counts)


def _options(app: App, contact: str, *, reviews: bool) -> CrawlOptions:
    delay_s = app.settings.crawl_delay_s if app.crawl_delay_s is None else app.crawl_delay_s
    return CrawlOptions(contact=contact, delay_s=delay_s, allow_private=app.allow_private_hosts, reviews=reviews)


def _requests(app: App, pages: Sequence[WatchedPage]) -> list[PageRequest]:
    """Each page with the reviews we have of it: reading stops at the first of them."""
    listings = [page.listing_id for page in pages if page.listing_id is not None]
    known: dict[int, set[str]] = {}
    with app.database.session() as session:
        query = select(Review.listing_id, Review.external_id).where(Review.listing_id.in_(listings))
        for listing_id, external_id in session.execute(query):
            if listing_id is not None:
                known.setdefault(listing_id, set()).add(external_id)
    return [PageRequest(page.id, page.url, frozenset(known.get(page.listing_id or 0, ()))) for page in pages]


def _due(session: Session, site: str, now: datetime, limit: int | None) -> list[WatchedPage]:
    query = (
        select(WatchedPage)
        .where(
            WatchedPage.site == site,
            WatchedPage.source_class == "page",
            WatchedPage.is_enabled,
            or_(WatchedPage.next_visit_at.is_(None), WatchedPage.next_visit_at <= now),
        )
        .order_by(WatchedPage.id)
    )
    return list(session.scalars(query.limit(limit) if limit else query))


def _batches(visits: Iterable[Visit]) -> Iterable[list[Visit]]:
    batch: list[Visit] = []
    for visit in visits:
        batch.append(visit)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _store(run: Run, visits: Sequence[Visit], listing_of: dict[int, int | None], counts: Counter[str]) -> None:
    now, today = run.app.now(), run.app.today()
    with run.app.database.write() as session:
        pages = {
            page.id: page
            for page in session.scalars(select(WatchedPage).where(WatchedPage.id.in_({v.page_id for v in visits})))
        }
        alarms = heed(session, run.lane, visits, now, today)
        for visit in visits:
            counts[visit.state.value] += 1
            counts["items"] += len(visit.items)
            counts["flagged"] += sum(bool(item.flags) for item in visit.items)
            if visit.items or visit.ratings is None:  # a page of reviews alone says nothing of the goods
                _mark(pages[visit.page_id], visit, now, today)
        rows = [row for visit in visits for row in _rows(visit, now)]
        counts["observations"] += store_observations(session, run.id, rows)
        if not alarms and any(visit.state is PageState.OK for visit in visits):
            resolve_problem(session, f"site:{run.lane}", now)
        counts["reviews"] += store_reviews(session, _reviews(run.lane, visits, listing_of), now).new
    for place, alarm in alarms:
        note(run.app, f"site:{place}", alarm, code="refused")


def _rows(visit: Visit, now: datetime) -> list[ObservationRow]:
    """Facts only: a page in any state but ok says something of the site, and a flagged item something of the reading."""
    if visit.state is not PageState.OK:
        return []
    many = len(visit.items) > 1
    return [
        observation_row(
            visit.page_id, item, now, "page", external_key=f"{item.external_id}:{item.variant_id or ''}" if many else ""
        )
        for item in visit.items
        if not item.flags
    ]


def _reviews(site: str, visits: Sequence[Visit], listing_of: dict[int, int | None]) -> list[ReviewRow]:
    return [
        review_row(site, listing_of[visit.page_id], review)
        for visit in visits
        if visit.ratings is not None
        for review in visit.ratings.reviews
    ]


def _mark(page: WatchedPage, visit: Visit, now: datetime, today: date) -> None:
    """Only a page missing on two days is gone; a refusal, a network fault and a changed layout say nothing about the goods."""
    if visit.state is PageState.SKIPPED:
        return  # never asked for: still due, once the site's pause is over
    page.state, page.evidence = visit.state.value, visit.evidence or None
    if visit.state in {PageState.NETWORK, PageState.SLOW_DOWN, PageState.REFUSED}:
        page.next_visit_at = now + AGAIN
        return
    page.last_visit_at, page.next_visit_at = now, now + INTERVAL
    if visit.state is not PageState.GONE:
        page.gone_since = None
    elif page.gone_since is None:
        page.gone_since = today
    elif page.gone_since < today:
        page.is_enabled = False
