"""How a crawl of one site goes: answers by state, fields filled, bytes, time. Counted once a stored visit, kept as a row."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from catalog.reading import Item
from jobs.observe import Read
from models import CrawlTally
from spiders.page import PageState
from spiders.visits import Visit

FIELDS = (
    "title", "price", "list_price", "sold_total", "rating_average", "rating_count", "rating_histogram", "available", "stock",
)  # fmt: skip


@dataclass
class Tally:
    """`unpriced`: items on sale without a price. `fault`: the expectation that the run fell under."""

    states: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    items: int = 0
    unpriced: int = 0
    review_pages: int = 0
    bytes: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    fault: str | None = None

    def add(self, visit: Visit) -> None:
        self.bytes += visit.bytes
        self.first_at = self.first_at or visit.fetched_at
        self.last_at = visit.fetched_at
        if visit.review_page is not None:
            self.review_pages += 1
        else:
            self.add_reading(visit)

    def add_reading(self, reading: Read) -> None:
        """The reading alone, of a visit or of what was kept of one."""
        self.states[reading.state.value] += 1
        if reading.state in {PageState.OK, PageState.BAD_DATA}:
            self._add_items(reading.items)

    def _add_items(self, items: Iterable[Item]) -> None:
        for item in items:
            self.items += 1
            self.unpriced += item.price is None and item.available is not False
            self.filled.update(name for name in FIELDS if getattr(item, name) is not None)


def load(session: Session, run_id: int, site: str) -> Tally:
    """What an earlier life of this run counted; an empty tally where there was none."""
    row = session.get(CrawlTally, (run_id, site))
    if row is None:
        return Tally()
    return Tally(
        Counter(json.loads(row.states)),
        Counter(json.loads(row.filled)),
        row.items,
        row.unpriced,
        row.review_pages,
        row.bytes,
        row.first_at,
        row.last_at,
        row.fault,
    )


def store(session: Session, run_id: int, site: str, tally: Tally) -> None:
    """In the transaction of the visits it counts."""
    row = CrawlTally(
        run_id=run_id,
        site=site,
        states=json.dumps(tally.states),
        filled=json.dumps(tally.filled),
        items=tally.items,
        unpriced=tally.unpriced,
        review_pages=tally.review_pages,
        bytes=tally.bytes,
        first_at=tally.first_at,
        last_at=tally.last_at,
        fault=tally.fault,
    )
    session.merge(row)
