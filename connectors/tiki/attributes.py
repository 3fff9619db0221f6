"""A category's attributes filled from what we know of a listing; a mandatory one that we cannot fill is a refusal by us. Pure.

Tiki Open API notes, section 5 (attributes met in real payloads), read 2026-11-23.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from catalog.listing import Listing
from connectors.errors import RejectedError
from connectors.tiki.categories import EATEN
from connectors.tiki.payloads.common import Words
from connectors.tiki.payloads.reference import Attribute

ALWAYS = (
    "bulky",
    "require_expiry_date",
    "is_warranty_applied",
)  # refused when absent though nobody marked them required
OF_THE_BOX = ("product_length", "product_width", "product_height")  # the register's, when the office measured it
CHOSEN = frozenset({"select", "multiselect"})  # input types whose text must be one of Tiki's own values
Choose = Callable[[Attribute, str], str | None]


def fill(attributes: Sequence[Attribute], facts: Mapping[str, Words], choose: Choose) -> dict[str, Words]:
    """Every attribute of the category that we know, and the flags Tiki expects anyway. `choose` finds a selectable value.

    Raises RejectedError naming every mandatory attribute that stays empty; `missing` has those no register would answer.
    """
    found = {a.code: _value(a, facts, choose) for a in attributes}
    if empty := [a for a in attributes if a.is_required and found[a.code] is None]:
        names = ", ".join(f"{a.code} ({a.display_name})" for a in empty)
        raise RejectedError(
            f"Tiki wants attributes that are not known: {names}",
            marketplace="tiki",
            code="attributes",
            missing=tuple(a.code for a in empty if a.code not in facts and a.code not in OF_THE_BOX),
        )
    flags = {code: facts[code] for code in ALWAYS}
    return flags | {code: value for code, value in found.items() if value is not None}


def known_facts(listing: Listing, unbranded: str) -> dict[str, Words]:
    """By Tiki's attribute code, the office's own answers above all. Weights are kilograms and sizes centimetres, as texts."""
    facts: dict[str, Words] = {
        "brand": listing.brand or unbranded,
        "origin": listing.origin,
        "brand_country": listing.origin,
        "brand_origin": listing.origin,
        "bulky": 0,
        "is_warranty_applied": 0,
        "require_expiry_date": int(listing.sub_group.startswith(EATEN)),
        "product_weight_kg": _decimal(listing.shipping_weight_g, 1000),
        "product_top_features": _top_features(listing),
    }
    if size := listing.shipping_size:
        facts["product_length"] = _decimal(size.length_mm, 10)
        facts["product_width"] = _decimal(size.width_mm, 10)
        facts["product_height"] = _decimal(size.height_mm, 10)
    return facts | dict(listing.attributes)


def _value(attribute: Attribute, facts: Mapping[str, Words], choose: Choose) -> Words | None:
    fact = facts.get(attribute.code)
    if fact is None:
        return attribute.default_value
    if attribute.input_type not in CHOSEN or not isinstance(fact, str):
        return fact
    chosen = choose(attribute, fact)
    return [chosen] if chosen is not None and attribute.input_type == "multiselect" else chosen


def _top_features(listing: Listing) -> str:
    weight = [f"Khối lượng tịnh: {listing.net_weight_g} g"] if listing.net_weight_g else []
    return "\n".join([listing.title, *weight, f"Xuất xứ: {listing.origin}"])


def _decimal(amount: int, per_unit: int) -> str:
    """An exact decimal text without an exponent: 300 g -> "0.3"."""
    return f"{(Decimal(amount) / per_unit).normalize():f}"
