"""JSON-LD: the page's own schema.org Product, wherever the shop system nested it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from spiders.draft import Draft
from spiders.generic.choice import own
from spiders.numbers import machine_price
from spiders.page import Page, PageError, PageState
from spiders.schema_org import availability, lowest, rating

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
_NOT_ASKED = ("ListPrice", "StrikethroughPrice", "SRP", "MSRP")
_DEEPEST = 20
_MOST_NODES = 20_000


def read(page: Page) -> Draft | None:
    """None where no block speaks of a product. A torn block is passed over; the next source may know."""
    nodes = list(blocks(page))
    block = own(page, list(_products(nodes)), lambda b: _text(b.get("name")), lambda b: _text(b.get("url")))
    if block is None:
        return None
    draft = Draft("generic", "product", title=_text(block.get("name")))
    offers = list(_offers(block))
    _prices(draft, offers)
    availability(draft, [code for offer in offers if (code := _text(offer.get("availability")))])
    draft.shop_name = next((name for offer in offers if (name := _name(offer.get("seller"), nodes))), None)
    draft.variants = _variants(block, offers)
    if isinstance(score := block.get("aggregateRating"), dict):
        count = score.get(
            "ratingCount", score.get("reviewCount")
        )  # schema.org: the first counts ratings, the second texts
        rating(draft, score.get("ratingValue"), count, score.get("bestRating"))
    if "review" in block:
        draft.reviews_on_page = len(_list(block["review"]))
    return draft


def blocks(page: Page) -> Iterator[Any]:
    """Every JSON-LD script that can be read."""
    if b"ld+json" not in page.body:
        return
    for node in page.html.css('script[type="application/ld+json"]')[:50]:
        text = (node.text() or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            yield json.loads(text, strict=False, parse_constant=_no_constant)
        except (ValueError, RecursionError):
            continue


def _no_constant(name: str) -> None:
    raise ValueError(f"not JSON: {name}")


def _products(nodes: list[Any]) -> Iterator[dict[str, Any]]:
    """Breadth first through graphs, lists and nesting, but not into blocks that speak of other products."""
    level = nodes
    seen = 0
    for _ in range(_DEEPEST):
        following: list[Any] = []
        for node in level:
            seen += 1
            if isinstance(node, list):
                following.extend(node)
            elif isinstance(node, dict) and _KINDS & _types(node):
                yield node
            elif isinstance(node, dict):
                following.extend(
                    value for key, value in node.items() if key not in _OTHERS and isinstance(value, dict | list)
                )
        if seen > _MOST_NODES:
            raise PageError(PageState.BAD_DATA, "JSON-LD without end")
        level = following


def _types(node: dict[str, Any]) -> set[str]:
    return {str(kind).rpartition("/")[2] for kind in _list(node.get("@type"))}


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _name(value: Any, nodes: list[Any]) -> str | None:
    """A name given in place, or by the @id of another node of the same graph."""
    if not isinstance(value, dict):
        return _text(value)
    return _text(value.get("name")) or _name_of(value.get("@id"), nodes)


def _name_of(wanted: Any, nodes: list[Any]) -> str | None:
    graphs = (_list(node.get("@graph")) for node in nodes if isinstance(node, dict))
    members = (member for graph in graphs for member in graph if isinstance(member, dict))
    return next((_text(member.get("name")) for member in members if wanted and member.get("@id") == wanted), None)


def _offers(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The product's offers, those inside an aggregate, and those of its variants."""
    direct = [offer for offer in _list(block.get("offers")) if isinstance(offer, dict)]
    yield from direct
    for offer in direct:
        yield from (inner for inner in _list(offer.get("offers")) if isinstance(inner, dict))
    for variant in _list(block.get("hasVariant")):
        if isinstance(variant, dict):
            yield from (offer for offer in _list(variant.get("offers")) if isinstance(offer, dict))


def _variants(block: dict[str, Any], offers: list[dict[str, Any]]) -> int | None:
    counted = [n for offer in offers if isinstance(n := offer.get("offerCount"), int)]
    several = len(_list(block.get("hasVariant"))) or (len(offers) if len(offers) > 1 else None)
    return counted[0] if counted else several


def _prices(draft: Draft, offers: list[dict[str, Any]]) -> None:
    """Lowest and highest over all offers; the list price only of the offer that has the lowest."""
    listed: dict[Decimal, Decimal | None] = {}
    try:
        for offer in offers:
            currency, prices, list_price = _offer(offer)
            draft.currency = draft.currency or currency
            listed |= {price: list_price for price in prices if price}
            draft.says_no_price |= "price" in offer and not any(prices)
    except ValueError as err:
        draft.flags.append(f"price: {err}")
        return
    if listed:
        lowest(draft, list(listed), listed[min(listed)])


def _offer(offer: dict[str, Any]) -> tuple[str | None, list[Decimal], Decimal | None]:
    specifications = [s for s in _list(offer.get("priceSpecification")) if isinstance(s, dict)]
    asked = [s for s in specifications if not _is_list_price(s)]
    currency = next((c for part in (offer, *specifications) if (c := _text(part.get("priceCurrency")))), None)
    values = [offer[key] for key in ("price", "lowPrice", "highPrice") if _stated(offer.get(key))]
    values = values or [s.get("price") for s in asked[:1]]
    prices = [price for value in values if (price := machine_price(value, currency)) is not None]
    crossed = [machine_price(s.get("price"), currency) for s in specifications if _is_list_price(s)]
    return currency, prices, crossed[0] if crossed else None


def _stated(value: Any) -> bool:
    return value is not None and value != ""


def _is_list_price(specification: dict[str, Any]) -> bool:
    return (_text(specification.get("priceType")) or "").endswith(_NOT_ASKED)
