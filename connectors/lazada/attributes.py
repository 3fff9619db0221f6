"""Answers a category's attributes from what the register and the office know (reference, section 3.2, read 2026-11-24)."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from catalog.listing import Listing
from catalog.text import search_key
from connectors.errors import RejectedError
from connectors.lazada.payloads.reference import Attribute, Option
from connectors.names import says

OF_EVERY_PRODUCT = frozenset({  # sent from the listing itself, whatever the category says
    "name", "description", "short_description", "brand", "brand_id", "SellerSku", "price", "quantity", "special_price",
    "special_from_date", "special_to_date", "package_weight", "package_length", "package_width", "package_height",
    "__images__", "Images",
})  # fmt: skip
LISTED_ONLY = frozenset({"singleselect", "multiselect"})  # no text of our own
OF_A_SKU = "sku"
SHOWN = 10  # values named in one refusal


def _net_weight(listing: Listing) -> str | None:
    return None if listing.net_weight_g is None else f"{listing.net_weight_g}g"


# Names and labels of attributes, without tones and case -> the fact that answers them.
FACTS: Mapping[str, Callable[[Listing], str | None]] = {
    "country_origin": lambda listing: listing.origin,
    "country_of_origin": lambda listing: listing.origin,
    "origin": lambda listing: listing.origin,
    "xuat xu": lambda listing: listing.origin,
    "nuoc san xuat": lambda listing: listing.origin,
    "net_weight": _net_weight,
    "weight": _net_weight,
    "khoi luong": _net_weight,
    "khoi luong tinh": _net_weight,
    "trong luong": _net_weight,
}
VIETNAM = frozenset({"viet nam", "vietnam"})

# What goods of a sub-group are, by attribute, where neither the office nor the listing's words say otherwise.
USUAL: Mapping[tuple[str, str], str] = {("food/tea", "tea_type"): "Trà xanh"}  # Thái Nguyên's tea is green


class Filled(NamedTuple):
    """Values by attribute name: of the product, of its SKU, and what a SKU varies by."""

    product: dict[str, str]
    sku: dict[str, str]
    sale: dict[str, str]


def fill(attributes: Sequence[Attribute], listing: Listing) -> Filled:
    """What the office answered, by name or label, and what is mandatory and known. Raises RejectedError naming what stays empty."""
    filled, missing = Filled({}, {}, {}), []
    answers = dict(listing.attributes)
    for attribute in attributes:
        answer = answers.pop(attribute.name, answers.pop(attribute.label, None))
        if attribute.name in OF_EVERY_PRODUCT or not (attribute.is_mandatory or answer):
            continue
        value = _chosen(attribute, answer) if answer else _known(attribute, listing)
        if value is None:
            missing.append(attribute)
        else:
            _place(filled, attribute)[attribute.name] = value
    if missing:
        raise _unanswered(missing)
    asked_by_a_refusal = {name: value for name, value in answers.items() if name not in OF_EVERY_PRODUCT}
    filled.product.update(asked_by_a_refusal)  # though no list names them
    return filled


def _place(filled: Filled, attribute: Attribute) -> dict[str, str]:
    if attribute.is_sale_prop:
        return filled.sale
    return filled.sku if attribute.attribute_type == OF_A_SKU else filled.product


def _known(attribute: Attribute, listing: Listing) -> str | None:
    """From a fact of the register, else the one value that the listing's own words name, else what is usual."""
    if (fact := _fact(attribute, listing)) is not None:
        return _chosen(attribute, fact)
    for text in (listing.title, listing.description):
        if len(named := [option for option in attribute.options if says(text, option.name)]) == 1:
            return _sent(named[0])
    usual = USUAL.get((listing.sub_group, attribute.name))
    return None if usual is None else _chosen(attribute, usual)


def _fact(attribute: Attribute, listing: Listing) -> str | None:
    known = (FACTS[key](listing) for key in (attribute.name.lower(), search_key(attribute.label)) if key in FACTS)
    return next((fact for fact in known if fact is not None), None)


def _chosen(attribute: Attribute, fact: str) -> str | None:
    """Lazada's own English name of the value; our text only where it takes one. None: not among its values."""
    for option in attribute.options:
        if _spellings(fact) & {search_key(option.name), search_key(_sent(option))}:
            return _sent(option)
    return None if attribute.input_type.lower() in LISTED_ONLY else fact


def _sent(option: Option) -> str:
    return option.en_name or option.name


def _spellings(fact: str) -> frozenset[str]:
    key = search_key(fact)
    return VIETNAM if key in VIETNAM else frozenset({key})


def _unanswered(missing: list[Attribute]) -> RejectedError:
    return RejectedError(
        f"Lazada bắt buộc thuộc tính chưa có trong sổ: {'; '.join(map(_asked, missing))}. Điền bằng `ocop catalog map`.",
        marketplace="lazada",
        code="attributes",
        missing=tuple(one.name for one in missing),
    )


def _asked(attribute: Attribute) -> str:
    """Its label, its own name and, where there is nothing else to write, the first values to choose from."""
    values = [option.name for option in attribute.options[:SHOWN]]
    more = ", …" if len(attribute.options) > SHOWN else ""
    choice = f": chọn {', '.join(values)}{more}" if attribute.input_type.lower() in LISTED_ONLY else ""
    return f"{attribute.label} ({attribute.name}{choice})"
