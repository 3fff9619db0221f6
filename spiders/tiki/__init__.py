"""tiki.vn: product pages, lists, shops and reviews. Page kinds are told by address, never by structured data.

Follows the listing-page notes, section 4, and the Tiki notes, section 10 (both read 2026-11-23).
"""

import re
from urllib.parse import urlsplit

from catalog.reading import Item
from spiders.base import Reader
from spiders.page import Page, PageError, PageState, Reading
from spiders.tiki.cards import read_cards
from spiders.tiki.product import read_product
from spiders.tiki.reviews import read_reviews

_PRODUCT = re.compile(r"-p\d+\.html$|/api/v\d/products/\d+$")
_JSON_ASKED = re.compile(r"/(?:api|v2|product-detail|seller-store)/")
_REVIEWS = re.compile(r"/api/v\d/reviews$")


class TikiReader(Reader):
    """Every other address of the site is a list: category, search, shop, home page and their JSON."""

    code = "tiki"
    hosts = frozenset({"tiki.vn", "www.tiki.vn", "api.tiki.vn"})

    def read(self, page: Page) -> Reading:
        path = page.path.rstrip("/")
        if page.is_html and _JSON_ASKED.match(path):
            raise PageError(PageState.REFUSED, "HTML came where JSON was asked for")
        if _PRODUCT.search(path):
            return read_product(page)
        if _REVIEWS.search(path):
            return read_reviews(page)
        return read_cards(page)

    def is_product(self, url: str) -> bool:
        return _PRODUCT.search(urlsplit(url).path.rstrip("/")) is not None

    def ratings_url(self, item: Item, number: int) -> str | None:
        """Newest first; 20 a page is the most the site gives. `spid` and `seller_id` keep to this offer's own listing."""
        offer = f"&spid={item.variant_id}&seller_id={item.shop_id}" if item.variant_id and item.shop_id else ""
        return f"/api/v2/reviews?product_id={item.external_id}{offer}&limit=20&page={number}&sort=id%7Cdesc&include=comments"


READER = TikiReader()
