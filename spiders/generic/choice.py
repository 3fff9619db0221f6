"""Which of several product blocks is the one the page is about."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import unquote, urljoin, urlsplit

from spiders.currencies import folded
from spiders.draft import clean
from spiders.page import Page, PageError, PageState

B = TypeVar("B")
_HANDLE = re.compile(r"/(?:products|san-pham|product)/([^/]+)$")


def own(
    page: Page,
    blocks: Sequence[B],
    name: Callable[[B], str | None],
    address: Callable[[B], str | None],
    is_priced: Callable[[B], bool] = bool,
) -> B | None:
    """The block that names this page's address, else its heading, else the only one that names neither; None where there are none.

    Several that fit equally are a changed layout: a price is never picked by luck.
    """
    if not blocks:
        return None
    shown = {folded(heading) for heading in headings(page)}
    fits: tuple[Callable[[B], bool], ...] = (
        lambda block: _is_here(page, address(block)),
        lambda block: folded(name(block)) in shown,
        lambda block: len(blocks) == 1 and not _path(address(block)),
    )
    for fit in fits:
        fitting = [block for block in blocks if fit(block)]
        if len(fitting) > 1:  # a block of ratings beside the block of offers
            fitting = [block for block in fitting if is_priced(block)] or fitting
        if len(fitting) == 1 or (fitting and len(set(map(repr, fitting))) == 1):
            return fitting[0]
    raise PageError(PageState.LAYOUT_CHANGED, f"{len(blocks)} product blocks and none of them this page's own")


def headings(page: Page) -> set[str]:
    """The texts of the page's level-one headings."""
    shown = (clean(node.text()) for node in page.html.tags("h1")[:10])
    return {heading for heading in shown if heading}


def address(href: str | None, page: Page) -> str | None:
    """Without the query that lists hang on to it; None for what leads to no page."""
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    try:
        return urljoin(page.url, href).partition("#")[0].partition("?")[0]
    except ValueError:
        return None


def _is_here(page: Page, address: str | None) -> bool:
    """The page's own path, or that of its canonical address; shop systems show one product under several collections."""
    path = _path(address)
    if not path:
        return False
    places = [_path(page.url), _canonical(page)]
    if path in places:
        return True
    handles = [found[1] for place in (path, places[0]) if (found := _HANDLE.search(place))]
    return len(handles) == 2 and handles[0] == handles[1]  # noqa: PLR2004 - theirs and ours


def _canonical(page: Page) -> str:
    link = page.html.css_first('link[rel="canonical"]')
    return _path(link.attributes.get("href")) if link is not None else ""


def _path(address: str | None) -> str:
    """Comparable; empty for no address, for one that cannot be read and for a shop's front page."""
    try:
        path = urlsplit((address or "").strip()).path
    except ValueError:
        return ""
    return re.sub(r"/+$", "", unquote(path)).casefold()
