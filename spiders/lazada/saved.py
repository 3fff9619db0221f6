"""Search pages as a browser saved them: cards known by `data-qa-locator`, their texts by pattern, because class names are hashed.

The order inside a card is title, price, discount, sold, reviews, place; all but the first two may be left out. A discount gives no list price.
"""

import re

from selectolax.lexbor import LexborNode

from spiders.base import at_most
from spiders.country import settle_currency
from spiders.draft import Draft
from spiders.page import Page, PageError, PageState
from spiders.shown import count_text, price_text, sold_text

_CARD = 'div[data-qa-locator="product-item"]'
_PRICE = re.compile(r"(?:₫|₱|Rp\s?|RM\s?|฿|\$|Rs\.?\s?)\s*\d[\d.,]{0,20}|\d[\d.,]{0,20}\s*(?:₫|đ)")
_SOLD = re.compile(r"(?:đã bán\s*)?\d[\d.,]{0,20}\s*(?:k|tr)?\+?\s*(?:sold|đã bán|terjual)?", re.IGNORECASE)
_SOLD_WORD = re.compile(r"sold|đã bán|terjual", re.IGNORECASE)
_REVIEWS = re.compile(r"\(\d[\d.,]{0,20}\)")
_SKU = re.compile(r"-(\d{1,20})$")


def saved_cards(page: Page) -> list[Draft]:
    cards = page.html.css(_CARD)
    if not cards:
        raise PageError(PageState.LAYOUT_CHANGED, "a list page without product cards")
    return [_draft(card, page) for card in at_most(cards)]


def _draft(card: LexborNode, page: Page) -> Draft:
    draft = Draft("lazada", "cards", external_id=card.attributes.get("data-item-id"))
    sku = _SKU.search(card.attributes.get("data-sku-simple") or "")
    draft.variant_id = sku[1] if sku else None
    settle_currency(draft, page, None)
    if draft.external_id is None:
        draft.flags.append("external_id: missing")
    else:
        draft.url = f"https://{page.host or 'www.lazada.vn'}/products/i{draft.external_id}.html"
    texts = _texts(card)
    title = _title(card)
    _figures(draft, [text for text in texts if text != title])
    draft.title = title
    return draft


def _texts(card: LexborNode) -> list[str]:
    own = (str(node.text(deep=False, strip=True)) for node in card.css("*"))
    return [text for text in own if text]


def _title(card: LexborNode) -> str | None:
    """The link's own text; the browser keeps the whole title in its `title` attribute where the card shows part of it."""
    named = (link.attributes.get("title") for link in card.css("a[title]"))
    return next((name for name in named if name), None)


def _figures(draft: Draft, texts: list[str]) -> None:
    """The first text of each kind: a price struck through comes after the one to pay, where a card shows both."""
    prices = [text for text in texts if _PRICE.fullmatch(text)]
    price_text(draft, "price", prices[0] if prices else None)
    price_text(draft, "list_price", prices[1] if len(prices) > 1 else None)
    sold_text(draft, next((t for t in texts if _SOLD_WORD.search(t) and _SOLD.fullmatch(t)), None))
    count_text(draft, next((text for text in texts if _REVIEWS.fullmatch(text)), None))
