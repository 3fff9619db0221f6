"""Answers a category's attributes from what the register knows (Partner reference 3.3, read 2026-11-24). Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from catalog.listing import Listing
from connectors.errors import RejectedError
from connectors.names import name_key, says
from connectors.tiktok_shop.payloads.products import GivenAttribute, GivenValue
from connectors.tiktok_shop.payloads.reference import Attribute, Condition

PROPERTY = "PRODUCT_PROPERTY"  # the other kind tells the SKUs of one product apart
NUMBER = "POSITIVE_INT_OR_DECIMAL"
MISSING = frozenset({"12052104", "12052182"})
SAME_COUNTRY = frozenset({"viet nam", "vietnam"})


def _net_weight(listing: Listing) -> str | None:
    return None if listing.net_weight_g is None else str(listing.net_weight_g)


# Attributes by the key of their name, in either language -> the fact that answers them.
FACTS: Mapping[str, Callable[[Listing], str | None]] = {
    "xuat xu": lambda listing: listing.origin,
    "nuoc xuat xu": lambda listing: listing.origin,
    "noi san xuat": lambda listing: listing.origin,
    "country of origin": lambda listing: listing.origin,
    "origin": lambda listing: listing.origin,
    "thuong hieu": lambda listing: listing.brand,
    "nha san xuat": lambda listing: listing.brand,
    "manufacturer": lambda listing: listing.brand,
    "khoi luong": _net_weight,
    "khoi luong tinh": _net_weight,
    "trong luong": _net_weight,
    "net weight": _net_weight,
}


def answer(attributes: Sequence[Attribute], listing: Listing) -> list[GivenAttribute]:
    """Every attribute that is asked for or that the office answered. Raises RejectedError naming those nobody answers."""
    chosen = {name_key(name): value for name, value in listing.attributes}
    given: dict[str, GivenValue] = {}
    missing: list[str] = []
    for attribute in sorted(
        attributes, key=lambda one: bool(one.requirement_conditions)
    ):  # what others depend on first
        if attribute.type != PROPERTY:
            continue
        is_wanted = attribute.is_required or _is_met(attribute.requirement_conditions, given)
        if not is_wanted and name_key(attribute.name) not in chosen:
            continue
        value = _value(attribute, listing, chosen)
        if value is not None:
            given[attribute.id] = value
        elif is_wanted:
            missing.append(attribute.name)
    if missing:
        raise RejectedError(
            f"TikTok Shop bắt buộc thuộc tính chưa có trong sổ: {', '.join(missing)}",
            marketplace="tiktok_shop",
            code="attributes",
            missing=tuple(missing),
        )
    return [GivenAttribute(id=key, values=[value]) for key, value in given.items()]


@contextmanager
def naming_what_is_missing(attributes: Sequence[Attribute]) -> Iterator[None]:
    """A refusal for an attribute that TikTok had not marked as required: the office is asked for those its words name."""
    try:
        yield
    except RejectedError as err:
        if err.code in MISSING:
            named = (one for one in attributes if says(err.reason, one.id) or says(err.reason, one.name))
            err.missing = tuple(one.name for one in named)
        raise


def _is_met(conditions: Iterable[Condition], given: Mapping[str, GivenValue]) -> bool:
    """Any one is enough."""
    return any(one.attribute_id in given and given[one.attribute_id].id == one.attribute_value_id for one in conditions)


def _value(attribute: Attribute, listing: Listing, chosen: Mapping[str, str]) -> GivenValue | None:
    key = name_key(attribute.name)
    fact = chosen[key] if key in chosen else FACTS[key](listing) if key in FACTS else None
    if fact is None:
        return None
    listed = next((value.id for value in attribute.values if _is_same(value.name, fact)), None)
    if listed is not None:
        return GivenValue(id=listed)
    if not attribute.is_customizable or (attribute.value_data_format == NUMBER and not _is_number(fact)):
        return None
    return GivenValue(name=fact)


def _is_same(listed: str, fact: str) -> bool:
    one, other = name_key(listed), name_key(fact)
    return one == other or {one, other} <= SAME_COUNTRY


def _is_number(text: str) -> bool:
    whole, _, part = text.partition(".")
    return whole.isdecimal() and (not part or part.isdecimal())
