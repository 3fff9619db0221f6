"""From an answer to a state and items: the detection table of the listing-page notes, section 10 (read 2026-11-23), first match wins."""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from spiders import sites
from spiders.currencies import folded
from spiders.page import MAX_BODY_BYTES, Page, PageError, PageState, Reading

__all__ = ["PageState", "Reading", "read", "read_asked"]

_SLOW = {HTTPStatus.TOO_MANY_REQUESTS}
_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.IM_A_TEAPOT}
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_GUARDED = re.compile(
    r"/(?:verify/(?:captcha|traffic)|buyer/login|_____tmd_____/punish|login|dang-nhap|sorry/index)(?:[/?#]|$)"
)
_CHALLENGE = re.compile(
    rb"captcha|cf-chl|challenge-(?:form|platform|error)|cf_chl_opt|verify (?:that )?you are (?:a )?human|security check|"
    rb"punish-component|checking your browser",
    re.IGNORECASE,
)
_NO_SUCH_PAGE = re.compile(
    r"<(title|h1)\b[^<>]{0,200}>[^<]{0,100}(?:\b404\b|không tìm thấy (?:trang|sản phẩm)|(?:trang|sản phẩm)(?: này)? không (?:còn )?tồn tại"
    r"|page not found|product (?:does not|doesn't) exist|product not found)",
    re.IGNORECASE,
)
_HEADINGS_BYTES = 256 * 1024
_LARGEST_CHALLENGE_BYTES = (
    64 * 1024
)  # a challenge page is small; a shop page of that size may mention a captcha in passing


def read(
    site: str,
    url: str,
    body: bytes,
    status: int = 200,
    content_type: str | None = None,
    retry_after: str | None = None,
) -> Reading:
    """What one answer of a site is worth. Raises only KeyError, for a site nobody reads; every page comes back as a state."""
    reader = sites()[site]
    page = Page(url, body, content_type)
    try:
        _refuse_by_answer(page, status, retry_after)
        return reader.read(page)
    except PageError as err:
        return _settled(page, err)


def read_asked(  # noqa: PLR0917 - an answer, after what was asked for
    site: str,
    asked_url: str,
    url: str,
    body: bytes,
    status: int = 200,
    content_type: str | None = None,
    retry_after: str | None = None,
) -> Reading:
    """`read` of the answer that `asked_url` led to.

    A product's address that leads to a list of others is how shops retire a product: the others are not its figures.
    """
    reading = read(site, url, body, status, content_type, retry_after)
    if url != asked_url and sites()[site].is_product(asked_url) and any(item.page == "cards" for item in reading.items):
        return Reading(PageState.GONE, "redirected to a list")
    return reading


def refusal(page: Page, status: int, retry_after: object) -> Reading | None:
    """The refusal that an answer of any kind, robots.txt included, shows by its status or as a challenge page; None where it is none."""
    return _refused_by_status(status, retry_after) or _challenge(page)


def _refused_by_status(status: int, retry_after: object) -> Reading | None:
    if status in _SLOW or (status == HTTPStatus.SERVICE_UNAVAILABLE and retry_after):
        return Reading(PageState.SLOW_DOWN, f"status {status}")
    return Reading(PageState.REFUSED, f"status {status}") if status in _REFUSED else None


def _refuse_by_answer(page: Page, status: int, retry_after: str | None) -> None:
    if refused := _refused_by_status(status, retry_after):
        raise PageError(refused.state, refused.evidence)
    if guard := _GUARDED.search(page.path):
        raise PageError(PageState.REFUSED, f"led to {guard[0]}")
    if status in _GONE:
        raise PageError(PageState.GONE, f"status {status}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PageError(PageState.NETWORK, f"status {status}")
    if status != HTTPStatus.OK:
        raise PageError(PageState.LAYOUT_CHANGED, f"status {status}")
    if len(page.body) > MAX_BODY_BYTES:
        raise PageError(PageState.BAD_DATA, f"larger than {MAX_BODY_BYTES} bytes")


def _settled(page: Page, error: PageError) -> Reading:
    """A page we could not read may be a challenge, or say that there is nothing: looked for only then, so that no review's words stop anything."""
    unread = error.state in {PageState.LAYOUT_CHANGED, PageState.BAD_DATA}
    return (unread and (_challenge(page) or _no_such_page(page, error))) or Reading(error.state, error.evidence)


def _no_such_page(page: Page, error: PageError) -> Reading | None:
    """A page that says so in its title or heading with status 200; never one that lost its data on the way."""
    if not page.is_html or error.state != PageState.LAYOUT_CHANGED:
        return None
    said = _NO_SUCH_PAGE.search(folded(page.text[:_HEADINGS_BYTES]))
    return Reading(PageState.GONE, f"its {said[1]} says that there is no such page") if said else None


def _challenge(page: Page) -> Reading | None:
    if not page.is_html or len(page.body) > _LARGEST_CHALLENGE_BYTES:
        return None
    mark = _CHALLENGE.search(page.body)
    return Reading(PageState.REFUSED, f"challenge page: {mark[0].decode().lower()}") if mark else None


def led_elsewhere(location: str) -> bool:
    """Whether a redirect leads to a login, verification or punishment page."""
    return bool(_GUARDED.search(urlsplit(location).path))
