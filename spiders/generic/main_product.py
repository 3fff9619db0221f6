"""A product page whose theme states nothing: the price nearest to its only heading, where the product can be put into a cart.

Only the main product's own column is looked at. Cards of other products repeat every class of it, so whatever stands in a card, or in
a part named after other products, is passed over; a page where nothing is left is no product page.
"""

import re
from itertools import islice

from selectolax.lexbor import LexborNode

from spiders.draft import Draft, clean
from spiders.generic.price_box import PLACES, classes, price_onto
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


def read(page: Page) -> Draft | None:
    """None where the page has not one heading with one price beside it that can be bought or asked for."""
    headings = [node for node in page.html.css("h1")[:10] if clean(node.text())]
    if len(headings) != 1:
        return None
    for column in islice(parents(headings[0]), _HIGHEST):
        if column.tag in {"body", "html"}:
            return None
        boxes = [box for box in column.css(PLACES)[:100] if box.mem_id != column.mem_id and _is_main(box, column)]
        if boxes:
            return _draft(headings[0], column, boxes[0])
    return None


def _draft(heading: LexborNode, column: LexborNode, box: LexborNode) -> Draft | None:
    draft = Draft("generic", "product", title=clean(heading.text()))
    price_onto(draft, box)
    if not draft.says_no_price and not any(_is_main(node, column) for node in column.css(_BUY)[:50]):
        return None
    shown = next((node for node in column.css(_STOCK)[:20] if _is_main(node, column)), None)
    if shown is not None:
        stock(draft, shown.text())
    return draft


def _is_main(node: LexborNode, column: LexborNode) -> bool:
    """Whether nothing between it and the column is another product's."""
    if _OTHERS.search(classes(node)):
        return False
    for parent in parents(node):
        if parent.mem_id == column.mem_id:
            return True
        if _OTHERS.search(classes(parent)) or len(parent.css(_TITLES)) > len(node.css(_TITLES)):
            return False
    return node.mem_id == column.mem_id
