"""Lists: one small class per other kind of row the site has been seen to send, told apart by the field only that kind has.

`advertisement` rows are kept: they are offers like any other. The same id may stand on a page twice with two offers.
"""

import re
from collections.abc import Iterator
from typing import Any

from spiders.answer import Answer, Number
from spiders.base import at_most, cards
from spiders.draft import Draft
from spiders.page import Page, PageError, PageState, Reading
from spiders.shown import price_text, sold_text
from spiders.tiki.catalog_row import CatalogRow, row_of
from spiders.tiki.state import initial_state
from spiders.tiki.words import Counted, available, rating, refuse_error, sold

_MASTER = re.compile(r"-p(\d+)\.html")


class StoreRow(Answer, kw_only=True):
    """A shop's own list (2021). Its `order_count` is 0 in every row: not sales."""

    id: int
    seller_product_id: int
    sp_seller_id: int
    sp_seller_name: str | None = None
    name: str
    price: Number
    list_price: Number | None = None
    rating_average: Number | None = None
    review_count: int | None = None
    inventory_status: str | None = None

    def draft(self) -> Draft:
        row = row_of(self.id, self.seller_product_id, self.name, self.price, self.list_price)
        row.shop_id, row.shop_name = str(self.sp_seller_id), self.sp_seller_name
        rating(row, self.rating_average, self.review_count)
        available(row, self.inventory_status)
        return row


class DealProduct(Answer):
    id: int  # here the offer's id; the product's is in the path
    seller_product_id: int
    url_path: str
    name: str
    price: Number
    list_price: Number | None = None
    rating_average: Number | None = None
    review_count: int | None = None
    inventory_status: str | None = None
    quantity_sold: Counted | None = None


class DealRow(Answer):
    """A flash deal of the home page. Its `progress` counts the deal's own quota: neither sales nor stock."""

    special_price: Number
    product: DealProduct

    def draft(self) -> Draft:
        offer = self.product
        row = row_of(offer.id, offer.seller_product_id, offer.name, self.special_price, offer.list_price)
        if (master := _MASTER.search(offer.url_path)) is not None:
            row.external_id = master[1]
            row.url = f"https://tiki.vn/product-p{master[1]}.html?spid={offer.seller_product_id}"
        rating(row, offer.rating_average, offer.review_count)
        sold(row, offer.quantity_sold)
        available(row, offer.inventory_status)
        return row


class SuggestionRow(Answer):
    """A recommended item of the home page (2022)."""

    id: int
    default_spid: int
    name: str
    price: Number
    list_price: Number | None = None
    rating_average: Number | None = None
    review_count: int | None = None
    inventory_status: str | None = None
    quantity_sold: Counted | None = None

    def draft(self) -> Draft:
        row = row_of(self.id, self.default_spid, self.name, self.price, self.list_price)
        rating(row, self.rating_average, self.review_count)
        sold(row, self.quantity_sold)
        available(row, self.inventory_status)
        return row


class Block(Answer):
    items: list[Any]


class Home(Answer):
    HOME_DEAL_DATA: list[Any]
    SUGGESTION_DATA: list[Block] | None = None


class TextCard(Answer):
    """A card as its texts were read off the rendered page: no id, no list price ("27%" alone gives none)."""

    title: str
    price_discount: str
    sold: str | None = None

    def draft(self) -> Draft:
        row = Draft("tiki", "cards", title=self.title, currency="VND")
        price_text(row, "price", self.price_discount)
        sold_text(row, self.sold)
        return row


_KINDS: dict[str, type[StoreRow | DealRow | SuggestionRow | TextCard]] = {
    "sp_seller_id": StoreRow,
    "special_price": DealRow,
    "default_spid": SuggestionRow,
    "price_discount": TextCard,
}
_CORE = {"id", "name", "price"}


def read_cards(page: Page) -> Reading:
    return cards([draft.checked() for draft in (_shipped(page) if page.is_html else _sent(page))])


def _shipped(page: Page) -> Iterator[Draft]:
    """The rows of an HTML page, which are all of one kind."""
    state = initial_state(page)
    if state is None or state.catalog is None:
        raise PageError(PageState.LAYOUT_CHANGED, "no __NEXT_DATA__ with a catalog")
    return (row.draft() for row in at_most(state.catalog.data))


def _sent(page: Page) -> Iterator[Draft]:
    for row in at_most(_rows(refuse_error(page.json))):
        names = row if isinstance(row, dict) else {}
        kind = next((kind for field, kind in _KINDS.items() if field in names), CatalogRow)
        if kind is CatalogRow and not names.keys() >= _CORE:
            raise PageError(PageState.LAYOUT_CHANGED, "a row of no known kind")
        yield kind.read(row).draft()


def _rows(body: Any) -> list[Any]:
    """The rows of a bare list, of a `data` list, or of the home page's blocks, in page order."""
    if isinstance(body, list):
        return body
    if isinstance(body, dict) and isinstance(body.get("data"), list):
        return list(body["data"])
    if isinstance(body, dict) and "HOME_DEAL_DATA" in body:
        return _home_rows(body)
    raise PageError(PageState.LAYOUT_CHANGED, "no list of items")


def _home_rows(body: dict[str, Any]) -> list[Any]:
    blocks = Home.read(body)
    return [*blocks.HOME_DEAL_DATA, *(row for block in blocks.SUGGESTION_DATA or () for row in block.items)]
