"""Lists: item objects, alone or inside `item_basic`, and cards as their texts were read off the rendered page.

Sponsored cards repeat an item further down; every row is kept, in page order.
"""

from typing import Any

from spiders.answer import Answer
from spiders.base import at_most, cards
from spiders.country import settle_currency
from spiders.draft import Draft
from spiders.embedded import dig
from spiders.page import Page, PageError, PageState, Reading
from spiders.shopee.address import ids_of, link_to
from spiders.shopee.item import ItemObject
from spiders.shopee.words import refuse_error
from spiders.shown import price_text, sold_text


class TextCard(Answer):
    """A card's texts. "-41%" alone gives no list price; ratings are stars drawn without a number."""

    name: str
    link: str
    price: str
    originalPrice: str | None = None  # noqa: N815 - their word
    sold: str | None = None


def read_cards(page: Page) -> Reading:
    return cards([_draft(row, page).checked() for row in at_most(_rows(refuse_error(page.json)))])


def _rows(body: Any) -> list[Any]:
    rows = body if isinstance(body, list) else dig(body, "items") or dig(body, "data", "items")
    if rows is None and isinstance(body, dict) and "items" in body:
        return []  # null is its empty list
    if not isinstance(rows, list):
        raise PageError(PageState.LAYOUT_CHANGED, "no list of items")
    return rows


def _draft(row: Any, page: Page) -> Draft:
    draft = Draft("shopee", "cards")
    if not isinstance(row, dict):
        raise PageError(PageState.LAYOUT_CHANGED, "a row that is no object")
    if row.get("item_basic") is not None:
        return ItemObject.read(row["item_basic"]).onto(draft, page)
    if "itemid" in row:
        return ItemObject.read(row).onto(draft, page)
    return _from_texts(draft, TextCard.read(row), page)


def _from_texts(draft: Draft, card: TextCard, page: Page) -> Draft:
    draft.title = card.name
    settle_currency(draft, page, None)
    ids = ids_of(card.link)
    if ids is None:
        draft.flags.append("external_id: the link is no product's")
    else:
        draft.shop_id, draft.external_id = ids
        draft.url = link_to(*ids, page)
    price_text(draft, "price", card.price)
    price_text(draft, "list_price", card.originalPrice)
    sold_text(draft, card.sold)
    return draft
