"""A product page whose theme states nothing: the price nearest to its only heading, where the product can be put into a cart.

Only the main product's own column is looked at. Cards of other products repeat every class of it, so whatever stands in a card, or in
a part named after other products, is passed over; a page where nothing is left is no product page.
"""

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from spiders.draft import Draft, clean
from spiders.generic.price_box import PLACES, classes, is_unseen, price_onto
from spiders.generic.words import stock
from spiders.microdata import parents
from spiders.page import Page

_BUY = (
    'form[action*="cart" i], [name="add-to-cart"], button[name="add"], [class*="add-to-cart" i], [class*="addtocart" i], '
    '[class*="add_to_cart" i], [id*="add_to_cart" i], [class*="buy-now" i], [class*="buynow" i], [class*="btn-buy" i], [class*="btn-cart" i]'
)
_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:related|relate|similar|upsells?|cross-sells?|recommend\w*|viewed|recent|sidebar|aside|widget|mini-cart|minicart|header|footer"
    r"|product-(?:item|card|block|box|loop|grid|list)|lien-quan|da-xem)(?:$|[\s_-])"
)
_STOCK = '[class*="stock" i], [class*="availab" i], [class*="inventory" i], .status, .tinh-trang'
_TITLES = "h2, h3, h4"
_HIGHEST = 8  # elements above the heading; further up everything is on the page
_DEEPEST, _MOST = 15, 30  # elements: from a price up to the column; of one kind in it


def read(page: Page) -> Draft | None:
    """None where the page has not one heading with one price beside it that can be bought or asked for.

    The nearest element around the heading that has a price in it decides: further up stand the prices of others.
    """
    headings = [node for node in page.html.css("h1")[:10] if clean(node.text()) and not is_unseen(node)]
    if len(headings) != 1:
        return None
    for node in islice(parents(headings[0]), _HIGHEST):
        if node.tag in {"body", "html"}:
            return None
        column = Column(node)
        if boxes := column.own(PLACES):
            drafts = (_draft(headings[0], column, box) for box in boxes)
            return next((draft for draft in drafts if draft is not None), None)
    return None


def _draft(heading: LexborNode, column: "Column", box: LexborNode) -> Draft | None:
    draft = Draft("generic", "product", title=clean(heading.text()))
    price_onto(draft, box)
    if not (draft.price or draft.flags or draft.says_no_price):
        return None
    if not draft.says_no_price and not column.own(_BUY):
        return None
    for shown in column.own(_STOCK)[:1]:
        stock(draft, shown.text())
    return draft


class Column:
    """An element around the heading, and what of it is the main product's own."""

    def __init__(self, node: LexborNode) -> None:
        self._node = node
        self._titles: dict[int, int] = {}

    def own(self, selector: str) -> list[LexborNode]:
        """What fits, is seen, and has nothing between it and the column that is another product's."""
        return [node for node in self._node.css(selector)[:_MOST] if not is_unseen(node) and self._is_own(node)]

    def _is_own(self, node: LexborNode) -> bool:
        """A card is told by its class, or by a heading of its own."""
        if _OTHERS.search(classes(node)):
            return False
        for parent in islice(parents(node), _DEEPEST):
            if parent.mem_id == self._node.mem_id:
                return True
            if _OTHERS.search(classes(parent)) or self._headings(parent) > self._headings(node):
                return False
        return False

    def _headings(self, node: LexborNode) -> int:
        """Those that are seen: a shop system's hidden sentences ("not for sale") stand in headings too."""
        if node.mem_id not in self._titles:
            found = node.css(_TITLES)[:_MOST]
            seen = (not any(map(is_unseen, (title, *islice(parents(title), 2)))) for title in found)
            self._titles[node.mem_id] = sum(seen)
        return self._titles[node.mem_id]
