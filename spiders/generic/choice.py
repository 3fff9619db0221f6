"""Which of several product blocks is the one the page is about."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from spiders.draft import clean
from spiders.page import Page, PageError, PageState

B = TypeVar("B")


def own(
    page: Page, blocks: Sequence[B], name: Callable[[B], str | None], address: Callable[[B], str | None]
) -> B | None:
    """The block that names this page's address, else its heading, else the only one that names neither; None where there are none.

    Several that fit equally are a changed layout: a price is never picked by luck.
    """
    if not blocks:
        return None
    by_address = [block for block in blocks if _same_path(page, address(block))]
    by_name = [block for block in blocks if clean(name(block)) in headings(page)]
    silent = [block for block in blocks if not address(block)]
    for fitting in (by_address, by_name, silent if len(blocks) == 1 else []):
        if len(fitting) == 1 or (fitting and len(set(map(repr, fitting))) == 1):
            return fitting[0]
    raise PageError(PageState.LAYOUT_CHANGED, f"{len(blocks)} product blocks and none of them this page's own")


def headings(page: Page) -> set[str | None]:
    """The texts of the page's level-one headings."""
    return {clean(node.text()) for node in page.html.css("h1")[:10]} - {None}


def _same_path(page: Page, address: str | None) -> bool:
    if not address:
        return False
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    return _plain(path) == _plain(page.path) != ""


def _plain(path: str) -> str:
    return re.sub(r"/+$", "", unquote(path)).casefold()
