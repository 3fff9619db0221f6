"""Lists: the catalogue's JSON (`mods.listItems`), the same rows in a bare list, and search pages saved from a browser.

`itemId` is the id; `nid` usually equals it. Sold counters were not shown in 2021: a row without one says nothing.
"""

from decimal import Decimal
from typing import Any

from spiders.answer import Answer, Id, Number, id_text
from spiders.base import at_most, cards
from spiders.country import settle_currency
from spiders.currencies import is_foreign
from spiders.draft import Draft
from spiders.embedded import dig
from spiders.lazada.guard import refuse_answer
from spiders.lazada.saved import saved_cards
from spiders.numbers import machine_price, read_price, read_rating
from spiders.page import Page, PageError, PageState, Reading
from spiders.shown import count_text, sold_text


class Row(Answer):
    """`price` is text: "29850000" and "25900000.00" are both plain đồng. `discount` belongs to the display: it is not read."""

    itemId: Id  # noqa: N815 - this and the names below are their words
    name: str
    price: str | Number | None = None
    skuId: Id | None = None  # noqa: N815
    sellerId: Id | None = None  # noqa: N815
    sellerName: str | None = None  # noqa: N815
    priceShow: str | None = None  # noqa: N815
    originalPrice: str | Number | None = None  # noqa: N815
    ratingScore: str | Number | None = None  # noqa: N815
    review: Id | None = None
    itemSoldCntShow: str | None = None  # noqa: N815
    inStock: bool | None = None  # noqa: N815

    def draft(self, page: Page) -> Draft:
        draft = Draft("lazada", "cards", external_id=id_text(self.itemId), title=self.name)
        draft.variant_id = None if self.skuId is None else id_text(self.skuId)
        draft.shop_id = None if self.sellerId is None else id_text(self.sellerId)
        draft.shop_name, draft.available = self.sellerName, self.inStock
        sku = f"-s{draft.variant_id}" if draft.variant_id else ""
        draft.url = f"https://{page.host or 'www.lazada.vn'}/products/i{draft.external_id}{sku}.html"
        settle_currency(draft, page, None)
        self._prices(draft)
        self._rating(draft)
        sold_text(draft, self.itemSoldCntShow)
        return draft

    def _prices(self, draft: Draft) -> None:
        """The raw price is held against the shown one: their grouping differs by language, their amount by less than one unit."""
        try:
            draft.price = machine_price(self.price, draft.currency)
            draft.list_price = machine_price(self.originalPrice, draft.currency)
            shown = read_price(self.priceShow)
        except ValueError as err:
            draft.flags.append(f"price: {err}")
            return
        if is_foreign(self.priceShow, draft.currency):
            draft.flags.append("price: in another currency than the page's")
        if shown is not None and draft.price is not None and not _same(shown, draft.price):
            draft.flags.append("price: not the one that is shown")

    def _rating(self, draft: Draft) -> None:
        """`ratingScore` "0" beside `review` "" means that nobody rated."""
        count_text(draft, None if self.review is None else id_text(self.review))
        try:
            draft.rating_average = read_rating(self.ratingScore)
        except ValueError as err:
            draft.flags.append(f"rating_average: {err}")


def read_cards(page: Page) -> Reading:
    if page.is_html and page.query("ajax") is None:
        return cards([draft.checked() for draft in saved_cards(page)])
    return cards([Row.read(row).draft(page).checked() for row in at_most(_rows(refuse_answer(page.json)))])


def _rows(body: Any) -> list[Any]:
    if isinstance(body, list):
        return body
    if dig(body, "mainInfo", "errorMsg"):
        raise PageError(PageState.REFUSED, "a catalogue with an error in place of items")
    rows = dig(body, "mods", "listItems")
    if not isinstance(rows, list):
        raise PageError(PageState.REFUSED, "a catalogue without mods.listItems")
    return rows


def _same(shown: Decimal, price: Decimal) -> bool:
    return abs(shown - price) < 1
