"""Lists of products: cards of the shop systems we know, then a JSON-LD ItemList (Haravan, Sapo, Shopify's Dawn, Odoo 17, seen 2026-11-24).

A card is an element with one link to one product, one title and one place for a price; wrappers repeat its class, so the innermost counts.
"""

import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborNode

from spiders.draft import Draft, clean
from spiders.generic import json_ld, scopes
from spiders.generic.choice import address
from spiders.generic.ld_offers import offers_of, prices, text
from spiders.generic.price_box import PLACES, classes, price_onto
from spiders.microdata import parents
from spiders.page import Page
from spiders.schema_org import availability

_CARDS = ".product-box, .product-item, .product-block, .product-loop, .product-card, .card-wrapper, .item_product_main, .oe_product_cart, .o_wsale_product_grid_wrapper"
_TITLE = 'h2, h3, h4, h5, h6, [itemprop="name"], [class*="product-name" i], [class*="product-title" i], [class*="pro-name" i]'
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|similar|upsells?|cross-sells?|recommend\w*|viewed|sidebar|mini-?cart|lien-quan|da-xem)(?:$|[\s_-])"
)
_MOST = 2_000


def read(page: Page) -> list[Draft]:
    """In page order, every product once a card; empty where the page holds neither."""
    nodes = page.html.css(_CARDS)[:_MOST]
    wrappers = {parent.mem_id for node in nodes for parent in parents(node)}
    cards = (_card(node, page) for node in nodes if node.mem_id not in wrappers and not _is_aside(node))
    return [card for card in cards if card is not None] or list(_item_list(page)) or scopes.read_list(page)


def _is_aside(node: LexborNode) -> bool:
    """In a part of the page named after other products than the list's."""
    return any(_ASIDE.search(classes(parent)) for parent in parents(node))


def _card(node: LexborNode, page: Page) -> Draft | None:
    """None for an element that only looks like a card: without a link or without a title."""
    title = next((shown for found in node.css(_TITLE)[:5] if (shown := clean(found.text()))), None)
    links = [link for found in node.css("a[href]")[:20] if (link := address(found.attributes["href"], page))]
    if title is None or not links:
        return None
    draft = Draft("generic", "cards", title=title, url=links[0])
    box = next((found for found in node.css(PLACES) if found.mem_id != node.mem_id), None)
    if box is not None:
        price_onto(draft, box)
    return draft


def _item_list(page: Page) -> Iterator[Draft]:
    """Products of the page's ItemList; an entry without a name is a link, not a product."""
    for node in json_ld.things(page, "ItemList"):
        for entry in json_ld.entries(node)[:_MOST]:
            inner = entry.get("item")
            item = inner if isinstance(inner, dict) else entry
            if title := json_ld.title_of(item):
                yield _listed(item, title, address(text(item.get("url")) or text(entry.get("url")), page))


def _listed(item: dict[str, Any], title: str, url: str | None) -> Draft:
    draft = Draft("generic", "cards", title=title, url=url)
    offers = list(offers_of(item))
    prices(draft, offers)
    availability(draft, [code for offer in offers if (code := text(offer.get("availability")))])
    return draft
