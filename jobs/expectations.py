"""What a crawl says beforehand it will find, from what the last one found; a run that falls under it stores no reading.

A field that nearly every page of a shop had last time is expected of each of its pages (listing-page notes, section 0.7, read
2026-11-23: in 95 % of yesterday's pages, missing in three running).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobs.tally import Tally
from models import Observation, WatchedPage
from spiders.page import PageState
from spiders.politeness import host_of
from spiders.visits import Visit

NEARLY_ALL = 0.95
LEAST_PAGES = 10  # of one host: fewer pages say nothing of a habit
LOOKED_BACK = timedelta(days=10)
WORDS = {  # the same fields as a person calls them
    "title": "tên",
    "price": "giá",
    "sold_total": "số đã bán",
    "rating_count": "số đánh giá",
    "available": "tình trạng còn hàng",
}
COLUMNS = {
    "title": Observation.title,
    "price": Observation.price_vnd,
    "sold_total": Observation.sold_lo,
    "rating_count": Observation.rating_count,
    "available": Observation.available,
}


@dataclass(frozen=True)
class Expectations:
    """Shares are judged once there are `least_answers` of them; `list_items` is, by page, what a list held last time."""

    list_items: Mapping[int, int]
    readable: float = 0.80  # of the pages that answered with goods, those a reader understood
    priced: float = 0.90  # of the items on sale
    list_share: float = 0.50  # of what the list held last time
    least_answers: int = 10

    def fault(self, tally: Tally, visits: Iterable[Visit]) -> str | None:
        """The expectation that the run falls under, in a person's words; None where it holds all."""
        visits = tuple(visits)
        return self._vanished(visits) or self._unread(tally) or self._unpriced(tally) or self._short_list(visits)

    def _vanished(self, visits: Iterable[Visit]) -> str | None:
        """The crawl itself noticed, three pages running."""
        gone = next((visit.vanished for visit in visits if visit.vanished), None)
        return f"ba trang liền không còn {', '.join(WORDS[name] for name in gone)}" if gone else None

    def _unread(self, tally: Tally) -> str | None:
        unread = tally.states[PageState.LAYOUT_CHANGED.value] + tally.states[PageState.BAD_DATA.value]
        answers = tally.states[PageState.OK.value] + unread
        if answers < self.least_answers or answers - unread >= self.readable * answers:
            return None
        return f"chỉ đọc hiểu {answers - unread} trong {answers} trang (cần ít nhất {self.readable:.0%})"

    def _unpriced(self, tally: Tally) -> str | None:
        if tally.items < self.least_answers or tally.items - tally.unpriced >= self.priced * tally.items:
            return None
        return f"{tally.unpriced} trong {tally.items} sản phẩm đang bán không có giá (cần ít nhất {self.priced:.0%} có giá)"

    def _short_list(self, visits: Iterable[Visit]) -> str | None:
        for visit in visits:
            wanted = self.list_items.get(visit.page_id, 0)
            if (
                visit.state is PageState.OK
                and wanted >= self.least_answers
                and len(visit.items) < self.list_share * wanted
            ):
                return f"trang danh sách chỉ còn {len(visit.items)} sản phẩm (lần trước {wanted})"
        return None


def expected_items(session: Session, site: str, now: datetime) -> dict[int, int]:
    """By page of many cards, how many its last reading held."""
    counted = (
        select(Observation.page_id, Observation.run_id, func.count())
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .where(WatchedPage.site == site, Observation.external_key != "", Observation.seen_at >= now - LOOKED_BACK)
        .group_by(Observation.page_id, Observation.run_id)
        .order_by(Observation.run_id)
    )
    return {page_id: count for page_id, _, count in session.execute(counted)}


def expected_fields(session: Session, site: str, now: datetime) -> dict[str, frozenset[str]]:
    """By host, the fields that nearly every page had in its last reading."""
    newest = (
        select(func.max(Observation.id))
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .where(WatchedPage.site == site, Observation.source_class == "page", Observation.external_key == "")
        .where(Observation.seen_at >= now - LOOKED_BACK)
        .group_by(Observation.page_id)
    )
    query = select(WatchedPage.url, *(column.is_not(None) for column in COLUMNS.values())).join(
        WatchedPage, Observation.page_id == WatchedPage.id
    )
    pages: Counter[str] = Counter()
    filled: dict[str, Counter[str]] = defaultdict(Counter)
    for url, *has in session.execute(query.where(Observation.id.in_(newest))):
        pages[host_of(url)] += 1
        filled[host_of(url)].update(name for name, there in zip(COLUMNS, has, strict=True) if there)
    return {
        host: frozenset(name for name in COLUMNS if filled[host][name] >= NEARLY_ALL * count)
        for host, count in pages.items()
        if count >= LEAST_PAGES
    }
