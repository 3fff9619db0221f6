"""Answers a category's mandatory attributes from what the register knows (v2 reference 3.2, read 2026-11-23)."""

from collections.abc import Callable, Iterable, Mapping

from catalog.listing import Listing
from connectors.errors import RejectedError
from connectors.shopee.payloads.products import GivenAttribute, GivenValue
from connectors.shopee.payloads.reference import Attribute, AttributeValue

LISTED_ONLY = frozenset({1, 4})  # drop-downs: no text of our own
WITH_UNIT = 2

SAME_COUNTRY: Mapping[str, frozenset[str]] = {"việt nam": frozenset({"việt nam", "vietnam", "viet nam"})}


def _net_weight(listing: Listing) -> str | None:
    return None if listing.net_weight_g is None else str(listing.net_weight_g)


# Names of attributes, lower case, in either language -> the fact that answers them.
FACTS: Mapping[str, Callable[[Listing], str | None]] = {
    "country of origin": lambda listing: listing.origin,
    "xuất xứ": lambda listing: listing.origin,
    "origin": lambda listing: listing.origin,
    "net weight": _net_weight,
    "weight": _net_weight,
    "khối lượng": _net_weight,
    "khối lượng tịnh": _net_weight,
    "trọng lượng": _net_weight,
}


def answer(mandatory: Iterable[Attribute], listing: Listing) -> list[GivenAttribute]:
    """Every mandatory attribute with its value, the office's own answer above all.

    Raises RejectedError naming those left without; its `missing` has the ones no register would answer.
    """
    given, missing = [], []
    for attribute in mandatory:
        value = _value(attribute, listing)
        if value is None:
            missing.append(attribute)
        else:
            given.append(GivenAttribute(attribute_id=attribute.attribute_id, attribute_value_list=[value]))
    if missing:
        raise RejectedError(
            f"Shopee bắt buộc thuộc tính chưa có trong sổ: {', '.join(one.name for one in missing)}",
            missing=tuple(one.name for one in missing if FACTS.keys().isdisjoint(_names(one))),
        )
    return given


def _value(attribute: Attribute, listing: Listing) -> GivenValue | None:
    answers = {name.casefold(): value for name, value in listing.attributes}
    facts = (FACTS[name](listing) for name in _names(attribute) if name in FACTS)
    told = (answers.get(name) for name in _names(attribute))
    fact = next((fact for fact in (*told, *facts) if fact is not None), None)
    if fact is None:
        return None
    for listed in attribute.attribute_value_list:
        if _spellings(fact) & _value_names(listed):
            return GivenValue(value_id=listed.value_id)
    if attribute.attribute_info.input_type in LISTED_ONLY:
        return None
    return _own_text(attribute, fact)


def _own_text(attribute: Attribute, fact: str) -> GivenValue | None:
    if attribute.attribute_info.format_type != WITH_UNIT:
        return GivenValue(value_id=0, original_value_name=fact)
    units = sorted(attribute.attribute_info.attribute_unit_list, key=len, reverse=True)  # "kg" before "g"
    for unit in units:
        if (number := fact.removesuffix(unit).strip()) != fact:
            return GivenValue(value_id=0, original_value_name=number, value_unit=unit)
    return GivenValue(value_id=0, original_value_name=fact, value_unit="g") if "g" in units else None


def _names(attribute: Attribute) -> list[str]:
    return [attribute.name.casefold(), *(wording.value.casefold() for wording in attribute.multi_lang)]


def _value_names(value: AttributeValue) -> set[str]:
    return {value.name.casefold(), *(wording.value.casefold() for wording in value.multi_lang)}


def _spellings(fact: str) -> frozenset[str]:
    return SAME_COUNTRY.get(fact.casefold(), frozenset({fact.casefold()}))
