"""Lists: search results (`result.data[]`, seen 2020) and a shop's products (`data.list[]`, seen 2022), told apart by their rating's name.

A shop list's `quantity` and `remain` are the quota of a flash deal: neither stock nor availability.
"""

from typing import Any

from spiders.answer import Answer, Number
from spiders.base import at_most, cards
from spiders.draft import Draft
from spiders.embedded import dig
from spiders.page import Page, PageError, PageState, Reading
from spiders.sendo.words import Priced, link_to
from spiders.shown import average


class Stars(Answer):
    total_rated: int | None = None
    percent_star: Number | None = None


class SearchRow(Priced, kw_only=True):
    product_id: int
    admin_id: int | None = None
    name: str
    shop_name: str | None = None
    cat_path: str | None = None
    rating_info: Stars | None = None

    def draft(self) -> Draft:
        draft = _row(self, self.product_id, self.admin_id, self.name)
        draft.shop_name, draft.url = self.shop_name, link_to(self.product_id, self.cat_path)
        if self.rating_info is not None:
            average(draft, self.rating_info.percent_star)
            draft.rating_count = self.rating_info.total_rated
        return draft


class ShopRow(Priced, kw_only=True):
    product_id: int
    admin_id: int | None = None
    name: str
    url_key: str | None = None
    rating_percent: Number | None = None
    total_rated: int | None = None

    def draft(self) -> Draft:
        draft = _row(self, self.product_id, self.admin_id, self.name)
        draft.url = link_to(self.product_id, self.url_key)
        average(draft, self.rating_percent)
        draft.rating_count = self.total_rated
        return draft


def read_cards(page: Page) -> Reading:
    return cards([_kind(row).read(row).draft().checked() for row in at_most(_rows(page.json))])


def _rows(body: Any) -> list[Any]:
    """Search results first: a shop's list never has `result`. The home feed wraps each product as `item`; a saved list may stand bare."""
    found = (dig(body, "result", "data"), dig(body, "data", "list"), dig(body, "data"), body)
    rows = next((rows for rows in found if isinstance(rows, list)), None)
    if rows is None:
        raise PageError(PageState.LAYOUT_CHANGED, "no list of products")
    return [row["item"] if isinstance(row, dict) and isinstance(row.get("item"), dict) else row for row in rows]


def _kind(row: Any) -> type[SearchRow] | type[ShopRow]:
    return ShopRow if isinstance(row, dict) and "rating_percent" in row else SearchRow


def _row(priced: Priced, product: int, shop: int | None, name: str) -> Draft:
    draft = Draft("sendo", "cards", external_id=str(product), title=name)
    draft.shop_id = None if shop is None else str(shop)
    priced.onto(draft)
    return draft
