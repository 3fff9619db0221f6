"""Public counters out of the database: one series of readings for each listing that a page shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.market.counter import Reading
from analysis.report import Period
from models import Observation, WatchedPage

AROUND = timedelta(days=40)  # readings so far outside the period still bound what lies inside


@dataclass
class Series:
    """One listing as one page shows it. `listing_id` where it is ours. `key` tells apart the cards of one page."""

    site: str
    url: str
    key: str
    listing_id: int | None
    title: str | None = None
    readings: list[Reading] = field(default_factory=list)

    @property
    def seed(self) -> int:
        """The same draws for the same listing, whatever else is watched and wherever its site is reached."""
        where = urlsplit(self.url)
        return crc32(f"{self.site} {where.path}?{where.query} {self.key}".encode())

    @property
    def last_price_vnd(self) -> int | None:
        return next((reading.price_vnd for reading in reversed(self.readings) if reading.price_vnd is not None), None)


def load_series(session: Session, period: Period) -> list[Series]:
    """Every counter that a crawl read around the period, oldest reading first; readings without a counter are no readings."""
    query = (
        select(
            WatchedPage.id,
            WatchedPage.site,
            WatchedPage.url,
            WatchedPage.listing_id,
            Observation.external_key,
            Observation.title,
            Observation.seen_at,
            Observation.sold_lo,
            Observation.sold_hi,
            Observation.price_vnd,
            Observation.rating_count,
        )
        .join(WatchedPage, Observation.page_id == WatchedPage.id)
        .where(
            Observation.source_class == "page",
            Observation.sold_lo.is_not(None),
            Observation.seen_at >= period.start - AROUND,
            Observation.seen_at < period.end + AROUND,
        )
        .order_by(WatchedPage.id, Observation.external_key, Observation.seen_at)
    )
    found: dict[tuple[int, str], Series] = {}
    for page_id, site, url, listing_id, key, title, seen_at, lo, hi, price_vnd, ratings in session.execute(query):
        series = found.setdefault((page_id, key), Series(site, url, key, listing_id))
        series.title = title or series.title
        series.readings.append(Reading(seen_at, lo or 0, hi, price_vnd, ratings))
    return list(found.values())


def by_site(series: Sequence[Series]) -> dict[str, list[Series]]:
    sites: dict[str, list[Series]] = defaultdict(list)
    for one in series:
        sites[one.site].append(one)
    return dict(sorted(sites.items()))
