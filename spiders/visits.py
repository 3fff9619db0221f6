"""What goes into a crawl and what comes back from it: plain values that cross the process border."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from catalog.reading import Item, RatingsPage
from spiders.evidence import Kept
from spiders.page import PageState
from spiders.politeness import contact_fault

Content = bytes  # inside a class with a field of that name the type needs another


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One watched page. Reading of reviews stops at the first one whose id is known, unless all are asked for.

    `known_reviews`: how many we hold of it, where the ids are only the newest of them.
    """

    page_id: int
    url: str
    known_review_ids: frozenset[str] = frozenset()
    known_reviews: int | None = None
    all_reviews: bool = False

    @property
    def held(self) -> int:
        return len(self.known_review_ids) if self.known_reviews is None else self.known_reviews


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How to crawl. `delay_s` is the least time between two requests to one host; 0 is for a pretend shop on this machine.

    `expected` names by host the Item fields that nearly every page had last time: three pages running without one stop the host as a
    changed layout.
    """

    contact: str
    delay_s: float = 5.0
    allow_private: bool = False
    concurrency: int = 1  # requests in flight per host
    timeout_s: float = 30.0
    reviews: bool = False
    review_pages: int = 5  # the most pages of reviews to ask for per product
    all_review_pages: int = 100  # the same where all are wanted: a list without end is not followed for ever
    keep_bodies: bool = False  # send back what was read, its personal fields taken out
    expected: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """ValueError for options nobody may crawl with."""
        if fault := contact_fault(self.contact):
            raise ValueError(fault)
        if self.delay_s < 0 or self.concurrency < 1 or self.timeout_s <= 0:
            raise ValueError("delay_s must be 0 or more, concurrency 1 or more, timeout_s above 0")
        if (self.delay_s == 0 or self.concurrency > 1) and not self.allow_private:
            raise ValueError(
                "no delay, or several requests at once, only with allow_private: for a pretend shop on this machine"
            )


@dataclass(frozen=True, slots=True)
class Visit:
    """What one request to one page came to. A page of reviews is a visit of its own with the page_id of its product."""

    page_id: int
    url: str
    final_url: str
    state: PageState
    evidence: str
    status: int | None  # None where no answer came
    fetched_at: datetime  # aware UTC
    bytes: int
    elapsed_s: float | None
    retry_after_s: float | None = None
    items: tuple[Item, ...] = ()
    ratings: RatingsPage | None = None
    review_page: int | None = None  # of a page of reviews, counted from 1
    all_reviews: bool = False  # asked for page by page to the end, known ones too
    vanished: tuple[str, ...] = ()  # expected fields that are gone: the host was asked nothing more
    content_type: str | None = None
    body: Content | None = None  # only on the way from the crawling process: `crawl` gives `kept` in its place
    kept: Kept | None = None


class Stored(NamedTuple):
    """Said to the crawl: what came of these pages is stored."""

    page_ids: set[int]


class LeaveAlone(NamedTuple):
    """Said to the crawl: ask that host for nothing more."""

    host: str
    reason: str


class CrawlDied(RuntimeError):  # noqa: N818 - an event a job records, not a programmer's mistake
    """The crawling process ended before it had answered for every page; what came before it was yielded."""
