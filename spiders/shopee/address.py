"""Addresses of shopee's products: shop first, item second. The slug is never used and every parameter is dropped."""

import re
from urllib.parse import parse_qs, urlsplit

from spiders.page import Page, PageError, PageState

_PRODUCT = re.compile(
    r"^/(?:universal-link/)?(?:(?:[^/?#]*-)?i\.(\d{1,20})\.(\d{1,20})|product/(\d{1,20})/(\d{1,20}))/?$", re.ASCII
)
_ITEM_JSON = re.compile(r"/api/v\d/(?:item/get|pdp/get_pc|pdp/get)$")
_DIGITS = re.compile(r"\d{1,20}", re.ASCII)


def ids_of(link: str) -> tuple[str, str] | None:
    """(shop, item) of a product's link; None for a link to anything else."""
    try:
        found = _PRODUCT.match(urlsplit(link).path)
    except ValueError:
        return None
    if found is None:
        return None
    shop, item, other_shop, other_item = found.groups()
    return (shop, item) if shop else (other_shop, other_item)


def asked(url: str) -> tuple[str | None, str | None] | None:
    """(shop, item) of a product's page or item JSON; None for every other address."""
    try:
        address = urlsplit(url)
    except ValueError:
        raise PageError(PageState.BAD_DATA, "an address that cannot be read") from None
    if _ITEM_JSON.search(address.path) is None:
        return ids_of(url)
    query = parse_qs(address.query)
    return _number(query, "shopid", "shop_id"), _number(query, "itemid", "item_id")


def is_product(url: str) -> bool:
    return ids_of(url) is not None


def link_to(shop_id: str, item_id: str, page: Page) -> str:
    """The canonical form, on the page's own site of the group."""
    return f"https://{page.host or 'shopee.vn'}/product/{shop_id}/{item_id}"


def _number(query: dict[str, list[str]], *names: str) -> str | None:
    """v2 and v4 spell the same parameter differently; only one of the two is ever there."""
    found = [value for name in names for value in query.get(name, []) if _DIGITS.fullmatch(value)]
    return found[0] if len(found) == 1 else None
