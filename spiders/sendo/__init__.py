"""sendo.vn: search and shop lists, product JSON and ratings, from files of the years when the marketplace ran.

Follows the listing-page notes, section 6 (read 2026-11-23). The marketplace closed on 15 April 2025: this reads what people kept of it,
and only JSON. Its HTML pages were never described, so one of them is a layout that is not known, not a product that is gone.
"""

import re
from urllib.parse import urlsplit

from spiders.base import Reader
from spiders.page import Page, PageError, PageState, Reading
from spiders.sendo.cards import read_cards
from spiders.sendo.product import PRODUCT, read_product
from spiders.sendo.ratings import RATINGS, read_ratings

_JSON_ASKED = re.compile(r"/api/|/m/|/full/")


class SendoReader(Reader):
    """Products by their address, ratings by theirs; every other address of the site is a list."""

    code = "sendo"
    hosts = frozenset({"sendo.vn", "www.sendo.vn"})

    def read(self, page: Page) -> Reading:
        path = page.path.rstrip("/")
        if page.is_html and not _JSON_ASKED.search(path) and not RATINGS.search(path):
            raise PageError(PageState.LAYOUT_CHANGED, "an HTML page: only this site's JSON is known")
        if RATINGS.search(path):
            return read_ratings(page)
        return read_product(page) if PRODUCT.search(path) else read_cards(page)

    def is_product(self, url: str) -> bool:
        return PRODUCT.search(urlsplit(url).path.rstrip("/")) is not None


READER = SendoReader()
