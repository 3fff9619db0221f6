"""TikTok Shop's public product page, as on shop.tiktok.com/vn and www.tiktok.com/shop.

Follows the listing-page notes, section 5 (read 2026-11-23). Keyword, category and store pages are not read: no layout of theirs is known.
"""

import re
from urllib.parse import urlsplit

from spiders.base import Reader
from spiders.page import Page, PageError, PageState, Reading
from spiders.tiktok_shop.product import PRODUCT, read_product

_SECURITY_CHECK = re.compile(rb"<title[^>]{0,200}>[^<]{0,200}security check", re.IGNORECASE)


class TikTokShopReader(Reader):
    """A page without the state that every page of the site has is a refusal."""

    code = "tiktok_shop"
    hosts = frozenset({"shop.tiktok.com", "www.tiktok.com", "vt.tiktok.com", "vm.tiktok.com"})

    def read(self, page: Page) -> Reading:
        if _SECURITY_CHECK.search(page.body[: 64 * 1024]):
            raise PageError(PageState.REFUSED, "refused by site: Security Check")
        if PRODUCT.search(page.path.rstrip("/")) is None:
            raise PageError(PageState.LAYOUT_CHANGED, "not a product's address: no other page of this site is known")
        return read_product(page)

    def is_product(self, url: str) -> bool:
        return PRODUCT.search(urlsplit(url).path.rstrip("/")) is not None


READER = TikTokShopReader()
