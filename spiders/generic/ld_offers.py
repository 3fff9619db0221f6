"""The offers of a JSON-LD Product: their currency, their prices, and which of those is the list price (schema.org 29, read 2026-11-23)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from spiders.currencies import code_of, currency_of, is_foreign
from spiders.draft import Draft
from spiders.numbers import machine_price, read_range
from spiders.schema_org import lowest

_NOT_ASKED = ("ListPrice", "StrikethroughPrice", "SRP", "MSRP")


def as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def offers_of(block: dict[str, Any], graph: Mapping[str, dict[str, Any]] | None = None) -> Iterator[dict[str, Any]]:
    """The product's offers, in place or named by the @id of another node of the graph, those inside an aggregate, and those of its variants."""
    named = (offer for offer in as_list(block.get("offers")) if isinstance(offer, dict))
    direct = [(graph or {}).get(str(offer.get("@id")), offer) if offer.keys() == {"@id"} else offer for offer in named]
    yield from direct
    for offer in direct:
        yield from (inner for inner in as_list(offer.get("offers")) if isinstance(inner, dict))
    for variant in as_list(block.get("hasVariant")):
        if isinstance(variant, dict):
            yield from (offer for offer in as_list(variant.get("offers")) if isinstance(offer, dict))


def variants_of(block: dict[str, Any], offers: list[dict[str, Any]]) -> int | None:
    counted = [n for offer in offers if isinstance(n := offer.get("offerCount"), int)]
    several = len(as_list(block.get("hasVariant"))) or (len(offers) if len(offers) > 1 else None)
    return counted[0] if counted else several


def prices(draft: Draft, offers: list[dict[str, Any]]) -> None:
    """Lowest and highest over the offers of one currency, đồng before any other; the list price only of the offer that has the lowest."""
    currencies = [_currency(offer) for offer in offers]
    draft.currency = "VND" if "VND" in currencies else next((code for code in currencies if code), None)
    listed: dict[Decimal, Decimal | None] = {}
    try:
        for offer, currency in zip(offers, currencies, strict=True):
            if currency in {None, draft.currency}:
                asked, list_price = _offer(offer, draft.currency)
                listed |= {price: list_price for price in asked if price}
                draft.says_no_price |= "price" in offer and not any(asked)
    except ValueError as err:
        draft.flags.append(f"price: {err}")
        return
    if listed:
        lowest(draft, list(listed), listed[min(listed)])


def _specifications(offer: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in as_list(offer.get("priceSpecification")) if isinstance(s, dict)]


def _currency(offer: dict[str, Any]) -> str | None:
    """As stated, else by the mark beside the price."""
    parts = (offer, *_specifications(offer))
    stated = next((code for part in parts if (code := text(part.get("priceCurrency")))), None)
    return code_of(stated) or currency_of(text(offer.get("price")))


def _offer(offer: dict[str, Any], currency: str | None) -> tuple[list[Decimal], Decimal | None]:
    specifications = _specifications(offer)
    asked = [s for s in specifications if not _crossed_out(s)]
    values = [offer[key] for key in ("price", "lowPrice", "highPrice") if _stated(offer.get(key))]
    values = values or [s.get("price") for s in asked[:1]]
    amounts = [price for value in values for price in _amounts(value, currency)]
    crossed = [machine_price(s.get("price"), currency) for s in specifications if _crossed_out(s)]
    return amounts, crossed[0] if crossed else None


def _stated(value: Any) -> bool:
    return value is not None and value != ""


def _amounts(value: Any, currency: str | None) -> list[Decimal]:
    """One amount, or both ends of a range that somebody wrote into the place of one."""
    if isinstance(value, str) and "-" in value.strip(" -") and not is_foreign(value, currency):
        return [end for end in read_range(value) if end is not None]
    amount = machine_price(value, currency)
    return [] if amount is None else [amount]


def _crossed_out(specification: dict[str, Any]) -> bool:
    return (text(specification.get("priceType")) or "").endswith(_NOT_ASKED)
