"""Lists: one small class per kind of row the site has been seen to send, told apart by the field only that kind has.

`advertisement` rows are kept: they are offers like any other. The same id may stand on a page twice with two offers.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import StrictInt

from spiders.answer import Answer, Number
from spiders.base import cards
from spiders.draft import Draft
from spiders.numbers import exact, read_price
from spiders.page import Page, PageError, PageState, Reading
from spiders.tiki.state import dig, initial_state, refuse_error
from spiders.tiki.words import QuantitySold, available, rating, sold, sold_text

_MASTER = re.compile(r"-p(\d+)\.html")


class RowSeller(Answer):
    name: str


class CatalogRow(Answer):
    """Category and search rows (2022 to 2026). `list_price` is absent since 2025; `original_price` is the more reliable of the two."""

    id: StrictInt
    seller_product_id: StrictInt
    name: str
    price: Number
    original_price: Number
    rating_average: Number
    review_count: StrictInt
    quantity_sold: QuantitySold | None = None
    seller_id: StrictInt | None = None
    seller_name: str | None = None  # in the page's state
    seller: RowSeller | None = None  # in the listing JSON
    availability: StrictInt | None = None
    inventory_status: str | None = None

    def draft(self) -> Draft:
        row = _row(self.id, self.seller_product_id, self.name, self.price, self.original_price)
        row.shop_id = None if self.seller_id is None else str(self.seller_id)
        row.shop_name = self.seller.name if self.seller else self.seller_name
        rating(row, self.rating_average, self.review_count)
        sold(row, self.quantity_sold)
        available(row, self.inventory_status)
        if self.availability is not None:
            row.available = bool(self.availability)
        return row


class StoreRow(Answer):
    """A shop's own list (2021). Its `order_count` is 0 in every row: not sales."""

    id: StrictInt
    seller_product_id: StrictInt
    sp_seller_id: StrictInt
    sp_seller_name: str
    name: str
    price: Number
    list_price: Number
    rating_average: Number
    review_count: StrictInt
    inventory_status: str

    def draft(self) -> Draft:
        row = _row(self.id, self.seller_product_id, self.name, self.price, self.list_price)
        row.shop_id, row.shop_name = str(self.sp_seller_id), self.sp_seller_name
        rating(row, self.rating_average, self.review_count)
        available(row, self.inventory_status)
        return row


class DealProduct(Answer):
    id: StrictInt  # here the offer's id; the product's is in the path
    seller_product_id: StrictInt
    url_path: str
    name: str
    price: Number
    list_price: Number
    rating_average: Number
    review_count: StrictInt
    inventory_status: str
    quantity_sold: QuantitySold | None = None


class DealRow(Answer):
    """A flash deal of the home page. Its `progress` counts the deal's own quota: neither sales nor stock."""

    special_price: Number
    product: DealProduct

    def draft(self) -> Draft:
        offer = self.product
        row = _row(offer.id, offer.seller_product_id, offer.name, self.special_price, offer.list_price)
        if (master := _MASTER.search(offer.url_path)) is not None:
            row.external_id = master[1]
            row.url = f"https://tiki.vn/product-p{master[1]}.html?spid={offer.seller_product_id}"
        rating(row, offer.rating_average, offer.review_count)
        sold(row, offer.quantity_sold)
        available(row, offer.inventory_status)
        return row


class SuggestionRow(Answer):
    """A recommended item of the home page (2022)."""

    id: StrictInt
    default_spid: StrictInt
    name: str
    price: Number
    list_price: Number
    rating_average: Number
    review_count: StrictInt
    inventory_status: str
    quantity_sold: QuantitySold | None = None

    def draft(self) -> Draft:
        row = _row(self.id, self.default_spid, self.name, self.price, self.list_price)
        rating(row, self.rating_average, self.review_count)
        sold(row, self.quantity_sold)
        available(row, self.inventory_status)
        return row


class TextCard(Answer):
    """A card as its texts were read off the rendered page: no id, no list price ("27%" alone gives none)."""

    title: str
    price_discount: str
    sold: str | None = None

    def draft(self) -> Draft:
        row = Draft("tiki", "cards", title=self.title, currency="VND")
        try:
            row.price = read_price(self.price_discount)
        except ValueError as err:
            row.flags.append(f"price: {err}")
        sold_text(row, self.sold)
        return row


Row = type[CatalogRow] | type[StoreRow] | type[DealRow] | type[SuggestionRow] | type[TextCard]
_KINDS: dict[str, Row] = {
    "sp_seller_id": StoreRow,
    "special_price": DealRow,
    "default_spid": SuggestionRow,
    "price_discount": TextCard,
    "seller_product_id": CatalogRow,
}


def read_cards(page: Page) -> Reading:
    rows = _rows(refuse_error(page.json)) if not page.is_html else _rows(_catalog(page))
    return cards([_kind(row).read(row).draft().checked() for row in rows])


def _catalog(page: Page) -> Any:
    catalog = dig(initial_state(page), "catalog")
    if catalog is None:
        raise PageError(PageState.LAYOUT_CHANGED, "no __NEXT_DATA__ with a catalog")
    return catalog


def _rows(body: Any) -> Iterable[Any]:
    """The rows of a bare list, of a `data` list, or of the home page's blocks, in page order."""
    if isinstance(body, list):
        return body
    if isinstance(body, dict) and isinstance(body.get("data"), list):
        return list(body["data"])
    if isinstance(body, dict) and "HOME_DEAL_DATA" in body:
        return list(_home_rows(body))
    raise PageError(PageState.LAYOUT_CHANGED, "no list of items")


def _home_rows(body: dict[str, Any]) -> Iterator[Any]:
    yield from body["HOME_DEAL_DATA"]
    for block in body.get("SUGGESTION_DATA", []):
        yield from block["items"]


def _kind(row: Any) -> Row:
    names = row if isinstance(row, dict) else {}
    for field, kind in _KINDS.items():
        if field in names:
            return kind
    raise PageError(PageState.LAYOUT_CHANGED, "a row of no known kind")


def _row(product: int, offer: int, name: str, price: float, list_price: float) -> Draft:
    return Draft(
        "tiki",
        "cards",
        external_id=str(product),
        variant_id=str(offer),
        title=name,
        currency="VND",
        price=exact(price),
        list_price=exact(list_price),
        url=f"https://tiki.vn/product-p{product}.html?spid={offer}",
    )
