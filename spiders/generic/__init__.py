"""Any shop's page: JSON-LD, then microdata, then OpenGraph, then the page text of the shop systems we know (notes, section 8, read 2026-11-23).

The first source that states the page's own product gives its price; the page text fills in only what that source left out. A list is
told by its address, or where nothing on the page claims to be its product.
"""

import re
from collections.abc import Callable

from spiders.base import Reader, cards, product
from spiders.draft import Draft
from spiders.generic import feeds, grid, json_ld, listings, main_product, opengraph, scopes, shops
from spiders.generic.choice import headings
from spiders.page import Page, PageError, PageState, Reading

_LIST = re.compile(
    r"/(?:danh-muc|danh-muc-san-pham|product-category|category|categories|tag|product-tag|search|tim-kiem|tu-khoa)(?:/|$)"
    r"|/collections/[^/]+$|/shop/category/|^/(?:shop|san-pham|products|cua-hang)$|/page/\d+$"
)
_PRODUCT = re.compile(r"/(?:products?|san-pham|p)/[^/]+$|/shop/(?!category/|page/)[^/]+-\d+$")
_CROSSED_OUT = "del, s"  # each further selector costs a fortieth of building the tree
_CODE = re.compile(r"[A-Z]{3}")
_LOST = "\ufffd"
_SOURCES: tuple[Callable[[Page], Draft | None], ...] = (
    json_ld.read,
    scopes.read,
    opengraph.read,
    shops.read,
    main_product.read,
)


class GenericReader(Reader):
    """Shops without a reader of their own. Redirects stay on the page's own host."""

    code = "generic"

    def read(self, page: Page) -> Reading:
        if not page.is_html and feeds.is_list(page):
            return cards([draft.checked() for draft in feeds.read_list(page)])
        if not page.is_html:
            return product(feeds.read(page).checked())
        if not page.body.strip():
            raise PageError(PageState.LAYOUT_CHANGED, "an empty page")
        is_list = _LIST.search(page.path.rstrip("/")) or page.query("s") is not None
        if is_list:
            return _list(page)
        draft = _product(page)
        return _others(page) if draft is None else product(draft.checked())


def _product(page: Page) -> Draft | None:
    draft = _stated(page)
    if draft is None:
        return None
    shops.complete(draft, page)
    _list_price(draft, page)
    _title(draft, page)
    if draft.currency is not None and _CODE.fullmatch(draft.currency) is None:
        draft.flags.append("currency: not an ISO 4217 code")
        draft.currency = None
    draft.url = page.url.partition("#")[0].partition("?")[0]
    if not (draft.price or draft.flags or draft.says_no_price or draft.available is False):
        raise PageError(PageState.LAYOUT_CHANGED, "a product without a price")
    return draft


def _list_price(draft: Draft, page: Page) -> None:
    """The crossed-out price beside the very price that the data states, where the data states no list price."""
    if draft.price is None or draft.list_price is not None or draft.price_max not in {None, draft.price}:
        return
    if page.html.css_first(_CROSSED_OUT) is None:
        return
    seen = shops.read(page) or main_product.read(page)
    if seen is not None and (seen.price, seen.currency) == (draft.price, draft.currency):
        draft.list_price = seen.list_price


def _title(draft: Draft, page: Page) -> None:
    """The page's only heading where the data names nothing. A template's mark is no title; one whose letters were lost is evidence only."""
    if "{{" in (draft.title or ""):
        draft.title = None
    shown = headings(page) if draft.title is None else set()
    if len(shown) == 1:
        draft.title = shown.pop()
    if _LOST in (draft.title or "") and _LOST.encode() not in page.body:
        draft.flags.append("title: letters that do not fit the page's charset")


def _stated(page: Page) -> Draft | None:
    """A source that names the product without a price (a block of ratings, say) gives way to one that has it."""
    named: Draft | None = None
    for source in _SOURCES:
        draft = source(page)
        if draft is not None and (draft.price or draft.flags):
            return draft
        named = named or draft
    return named


def _others(page: Page) -> Reading:
    """A page that claims no product: a list, unless its address is a product's, whose page has only other products left on it."""
    if _PRODUCT.search(page.path.rstrip("/")):
        raise PageError(PageState.LAYOUT_CHANGED, "a product's address without a product")
    return _list(page)


def _list(page: Page) -> Reading:
    drafts = listings.read(page) or grid.read(page)
    if not drafts:
        raise PageError(PageState.LAYOUT_CHANGED, "neither a product nor a list of products")
    return cards([draft.checked() for draft in drafts])


READER = GenericReader()
