"""What a visit means for the page itself: its state, when it is due again, whether its goods are gone."""

import zlib
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from models import WatchedPage
from spiders.page import PageState
from spiders.visits import Visit

AGAIN = timedelta(hours=6)  # after a fault of the network, or a refusal
EARLY = timedelta(
    hours=4
)  # so much before the full interval a page is due, or a crawl that began a minute sooner would pass it by
JITTER_S = 2 * 3600  # and up to so much more, each page its own: no two nights' crawls need begin with the same pages
UNSAID = {PageState.NETWORK, PageState.SLOW_DOWN, PageState.REFUSED}  # they say nothing about the goods


def mark(page: WatchedPage, visit: Visit, now: datetime, today: date) -> None:
    """Only a page missing on two days is gone; a refusal, a network fault and a changed layout say nothing about the goods."""
    if visit.state is PageState.SKIPPED:
        return  # never asked for: still due, once the site's pause is over
    page.state, page.evidence = visit.state.value, visit.evidence or None
    if visit.state in UNSAID:
        page.next_visit_at = now + max(AGAIN, timedelta(seconds=visit.retry_after_s or 0))
        return
    page.last_visit_at, page.next_visit_at = now, due_again(page, now)
    if visit.state is not PageState.GONE:
        page.gone_since = None
    elif page.gone_since is None:
        page.gone_since = today
    elif page.gone_since < today:
        page.is_enabled = False


def due_again(page: WatchedPage, now: datetime) -> datetime:
    """About its interval after `now`, a few hours early; the same page always by the same hours, whoever asks."""
    jitter_s = zlib.crc32(urlsplit(page.url).path.encode()) % JITTER_S
    return now + timedelta(days=page.every_days) - EARLY - timedelta(seconds=jitter_s)
