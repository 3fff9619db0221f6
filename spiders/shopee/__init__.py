"""shopee.vn: item cards, item JSON, ratings, and the text and tables people save from its pages.

Follows the listing-page notes, section 2 (read 2026-11-23). The site refuses programs: its pages are an empty shell without scripts and
its data endpoints want signatures that we do not forge. A crawl here is therefore told "refused by site"; figures of our own shops come
through the Open Platform, those of others from files that someone saved.
"""

from catalog.reading import Item
from spiders.base import Reader
from spiders.page import Page, PageError, PageState, Reading
from spiders.shopee.address import asked, is_product
from spiders.shopee.cards import read_cards
from spiders.shopee.feed import is_feed, read_feed
from spiders.shopee.product import read_product
from spiders.shopee.ratings import is_ratings, read_ratings


class ShopeeReader(Reader):
    """Products by their address, reviews by theirs; every other address of the site is a list."""

    code = "shopee"
    hosts = frozenset({"shopee.vn", "www.shopee.vn", "s.shopee.vn", "vn.shp.ee", "shope.ee", "shp.ee"})

    def read(self, page: Page) -> Reading:
        if page.is_html:
            raise PageError(
                PageState.REFUSED, "refused by site: a page without data, which is all it gives to programs"
            )
        if is_ratings(page):
            return read_ratings(page)
        if asked(page.url) is not None:
            return read_product(page)
        return read_feed(page) if is_feed(page) else read_cards(page)

    def is_product(self, url: str) -> bool:
        return is_product(url)

    def ratings_url(self, item: Item, number: int) -> None:
        """None: the endpoint wants a signature made by the site's own scripts."""


READER = ShopeeReader()
