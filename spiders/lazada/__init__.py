"""lazada.vn: catalogue JSON, saved search pages, product pages and review JSON.

Follows the listing-page notes, section 3 (read 2026-11-23). Sister sites in other countries run the same code and keep their own currency.
"""

from urllib.parse import urlsplit

from spiders.base import Reader
from spiders.lazada.cards import read_cards
from spiders.lazada.guard import refuse_guard
from spiders.lazada.product import PRODUCT, read_product
from spiders.lazada.ratings import is_ratings, read_ratings
from spiders.page import Page, PageError, PageState, Reading


class LazadaReader(Reader):
    """Products by their address, reviews by theirs; every other address of the site is a list, whatever its JSON-LD claims.

    No address of reviews is offered: they are on another host than the product, behind the site's guard.
    """

    code = "lazada"
    hosts = frozenset({"lazada.vn", "www.lazada.vn", "m.lazada.vn", "pages.lazada.vn", "my.lazada.vn", "s.lazada.vn"})

    def read(self, page: Page) -> Reading:
        try:
            return _read(page)
        except PageError as err:
            if err.state in {PageState.LAYOUT_CHANGED, PageState.BAD_DATA}:
                refuse_guard(page)
            raise

    def is_product(self, url: str) -> bool:
        return PRODUCT.search(urlsplit(url).path) is not None


def _read(page: Page) -> Reading:
    if "x5secdata=" in page.url:
        raise PageError(PageState.REFUSED, "led to the guard: x5secdata")
    if is_ratings(page):
        return read_ratings(page)
    if PRODUCT.search(page.path):
        return read_product(page)
    return read_cards(page)


READER = LazadaReader()
