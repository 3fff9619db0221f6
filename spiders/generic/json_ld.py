"""JSON-LD: the page's own schema.org Product, wherever the shop system nested it."""

import html
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from spiders.draft import Draft
from spiders.generic.choice import own
from spiders.generic.ld_offers import as_list, offers_of, prices, text, variants_of
from spiders.page import Page, PageError, PageState
from spiders.schema_org import availability, rating

_KINDS = {"Product", "ProductGroup", "IndividualProduct", "ProductModel"}
_OTHERS = {
    "isRelatedTo",
    "isSimilarTo",
    "isAccessoryOrSparePartFor",
    "itemListElement",
    "review",
    "hasVariant",
    "isVariantOf",
    "mentions",
}
_TYPE = "application/ld+json"
_MOST_BLOCKS = 50
_DEEPEST = 20
_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*$")
_OPENING, _CLOSING = "{[", "}]"  # what is not wrapped: nearly all of it
_MOST_NODES = 20_000


def read(page: Page) -> Draft | None:
    """None where no block speaks of a product. A torn block is passed over; the next source may know."""
    nodes = list(blocks(page))
    block = own(page, list(_things(nodes, _KINDS)), title_of, lambda b: text(b.get("url")), _is_priced)
    if block is None:
        return None
    draft = Draft("generic", "product", title=title_of(block))
    offers = list(offers_of(block, _by_id(nodes)))
    prices(draft, offers)
    availability(draft, [code for offer in offers if (code := text(offer.get("availability")))])
    draft.shop_name = next((name for offer in offers if (name := _name(offer.get("seller"), nodes))), None)
    draft.variants = variants_of(block, offers)
    if isinstance(score := block.get("aggregateRating"), dict):
        count = score.get(
            "ratingCount", score.get("reviewCount")
        )  # schema.org: the first counts ratings, the second texts
        rating(draft, score.get("ratingValue"), count, score.get("bestRating"))
    if "review" in block:
        draft.reviews_on_page = len(as_list(block["review"]))
    return draft


def blocks(page: Page) -> Iterator[Any]:
    """Every JSON-LD script that can be read."""
    scripts = (node for node in page.html.tags("script") if (node.attributes.get("type") or "").startswith(_TYPE))
    for node in islice(scripts, _MOST_BLOCKS):
        written = (node.text() or "").strip().rstrip(";")
        if written[:1] not in _OPENING or written[-1:] not in _CLOSING:
            written = _WRAPPING.sub("", written).strip().rstrip(";")
        try:
            yield json.loads(written, strict=False, parse_constant=_no_constant, parse_float=Decimal)
        except (ValueError, RecursionError):
            continue


def _no_constant(name: str) -> None:
    raise ValueError(f"not JSON: {name}")


def things(page: Page, kind: str) -> list[dict[str, Any]]:
    """Every thing of that type that the page's blocks hold, none of them inside another one."""
    return list(_things(list(blocks(page)), {kind}))


def entries(thing: dict[str, Any]) -> list[dict[str, Any]]:
    """The elements of an ItemList."""
    return [entry for entry in as_list(thing.get("itemListElement")) if isinstance(entry, dict)]


def _things(nodes: list[Any], kinds: set[str]) -> Iterator[dict[str, Any]]:
    """Breadth first through graphs, lists and nesting, but not into blocks that speak of other products."""
    level = nodes
    seen = 0
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for node in level:
            seen += 1
            if isinstance(node, list):
                following.extend(node)
            elif isinstance(node, dict) and kinds & _types(node):
                yield node
            elif isinstance(node, dict):
                following.extend(
                    value for key, value in node.items() if key not in _OTHERS and isinstance(value, dict | list)
                )
        if seen > _MOST_NODES:
            raise PageError(PageState.BAD_DATA, "JSON-LD without end")
        level = following


def _types(node: dict[str, Any]) -> set[str]:
    return {str(kind).rpartition("/")[2] for kind in as_list(node.get("@type"))}


def title_of(block: dict[str, Any]) -> str | None:
    """Plain text; shop systems leave HTML's entities in it ("Chè &amp; trà")."""
    name = text(block.get("name"))
    return html.unescape(name) if name else None


def _name(value: Any, nodes: list[Any]) -> str | None:
    """A name given in place, or by the @id of another node of the same graph."""
    if not isinstance(value, dict):
        return text(value)
    return text(value.get("name")) or _name_of(value.get("@id"), nodes)


def _name_of(wanted: Any, nodes: list[Any]) -> str | None:
    named = _by_id(nodes).get(wanted) if isinstance(wanted, str) else None
    return text(named.get("name")) if named else None


def _by_id(nodes: list[Any]) -> dict[str, dict[str, Any]]:
    """The members of all graphs that have an @id."""
    graphs = (as_list(node.get("@graph")) for node in nodes if isinstance(node, dict))
    members = (member for graph in graphs for member in graph if isinstance(member, dict))
    return {number: member for member in members if isinstance(number := member.get("@id"), str)}


def _is_priced(block: dict[str, Any]) -> bool:
    return bool(block.get("offers") or block.get("hasVariant"))
