"""From Scrapy's answers and failures to visits."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from msgspec import structs
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders.crawling.halts import Halt
from spiders.page import PageState, Reading
from spiders.reading import read_asked
from spiders.visits import PageRequest, Visit


def reading_of(site: str, asked_url: str, response: Response) -> Reading:
    return read_asked(
        site,
        asked_url,
        response.url,
        response.body,
        response.status,
        header(response, "Content-Type"),
        header(response, "Retry-After"),
    )


def answered(response: Response, reading: Reading) -> Visit:
    page: PageRequest = response.meta["page"]
    return Visit(
        page_id=page.page_id,
        url=page.url,
        final_url=response.url,
        state=reading.state,
        evidence=reading.evidence,
        status=response.status,
        fetched_at=datetime.now(UTC),
        bytes=len(response.body),
        elapsed_s=response.meta.get("download_latency"),
        retry_after_s=_seconds(header(response, "Retry-After")),
        items=reading.items,
        ratings=reading.ratings,
        content_type=header(response, "Content-Type"),
    )


def unanswered(failure: Failure) -> Visit:
    """A request that failed, or that a rule of ours stopped. Evidence names the kind of failure, never an address."""
    request: Request = failure.request  # type: ignore[attr-defined] # Scrapy puts it there
    error = failure.value
    page: PageRequest = request.meta["page"]
    state, evidence = _state(error)
    status, retry_after = (error.status, error.retry_after) if isinstance(error, Halt) else (None, None)
    return Visit(
        page_id=page.page_id,
        url=page.url,
        final_url=request.url,
        state=state,
        evidence=evidence,
        status=status,
        fetched_at=datetime.now(UTC),
        bytes=0,
        elapsed_s=None,
        retry_after_s=_seconds(retry_after),
        review_page=request.cb_kwargs.get("number"),
        all_reviews=request.cb_kwargs.get("everything", False),
    )


def unasked(page: PageRequest, state: PageState, reason: str) -> Visit:
    return Visit(page.page_id, page.url, page.url, state, reason, None, datetime.now(UTC), 0, None)


def newer(reading: Reading, known: AbstractSet[str]) -> tuple[Reading, bool]:
    """Reviews up to the first known one, and whether none was known."""
    if reading.ratings is None:
        return reading, False
    reviews = reading.ratings.reviews
    cut = next((at for at, review in enumerate(reviews) if review.external_id in known), len(reviews))
    kept = structs.replace(reading.ratings, reviews=reviews[:cut])
    return replace(reading, ratings=kept), cut == len(reviews)


def _state(error: BaseException | None) -> tuple[PageState, str]:
    if isinstance(error, Halt):
        return error.state, error.evidence
    if isinstance(
        error, DownloadCancelledError | IgnoreRequest
    ):  # Scrapy's two ways to say that a body is over DOWNLOAD_MAXSIZE
        return PageState.BAD_DATA, "larger than the most we read"
    return PageState.NETWORK, type(error).__name__


def header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else str(value, "latin-1")


def _seconds(retry_after: str | None) -> float | None:
    """Seconds, or the time left until a date (RFC 9110); None where the header is absent or means nothing."""
    if retry_after is None:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
