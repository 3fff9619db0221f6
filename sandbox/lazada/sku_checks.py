"""What each SKU of a product must be (Lazada Open Platform reference, create page and its codes, read 2026-11-24)."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sandbox.lazada import attributes, checks, documents, pricing
from sandbox.lazada.documents import Node
from sandbox.lazada.pricing import Tag
from sandbox.lazada.refusal import business

PACKAGE = ("package_weight", "package_length", "package_width", "package_height")
MOST_WEIGHT_KG, MOST_GIRTH_CM = Decimal(40), Decimal(300)
OWN_NAMES = frozenset(
    {
        "SellerSku",
        "SkuId",
        "Status",
        "quantity",
        "price",
        "special_price",
        "special_from_date",
        "special_to_date",
        "package_content",
        "Images",
        "saleProp",
        *PACKAGE,
    }
)


class Variant(NamedTuple):
    """One SKU as a create brings it."""

    seller_sku: str
    tag: Tag
    stock: int
    facts: dict[str, Any]  # package, content, sale properties
    images: list[str]

    @property
    def weight_g(self) -> int:
        return int(Decimal(self.facts["package_weight"]) * 1000)


def variant(action: str, row: Node, axes: frozenset[str]) -> Variant:
    """A whole SKU. `axes` are the sale properties it may use."""
    sku = documents.text(row, "SellerSku")
    if sku is None:
        raise business(4110, "The mandatory attribute SellerSku is missing", field="SellerSku")
    if strange := sorted(row.keys() - OWN_NAMES):
        raise checks.failed(action, strange[0], "BIZ_CHECK_ATTRIBUTE_UNKNOWN:a SKU has no such attribute", sku)
    package(action, row, sku)
    stock = pricing.quantity(documents.text(row, "quantity") or "0", sku)
    return Variant(sku, tag(row, sku), stock, facts(row, sku, axes), checks.images(documents.items(row, "Images"), sku))


def tag(row: Node, sku: str) -> Tag:
    raw = documents.text(row, "price")
    if raw is None:
        raise business(4110, "The mandatory attribute price is missing", field="price", seller_sku=sku)
    special = documents.text(row, "special_price")
    return pricing.checked(
        Tag(
            pricing.price(raw, sku),
            None if special is None else pricing.price(special, sku, "special_price"),
            pricing.day(documents.text(row, "special_from_date"), sku),
            pricing.day(documents.text(row, "special_to_date"), sku, end=True),
        ),
        sku,
    )


def package(action: str, row: Node, sku: str) -> None:
    """Kilograms and centimetres, two decimals at most."""
    sizes = []
    for name in PACKAGE:
        raw = documents.text(row, name)
        if raw is None:
            raise business(4110, f"The mandatory attribute {name} is missing", field=name, seller_sku=sku)
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", raw) or Decimal(raw) == 0:
            raise business(4149, f"{name} is invalid: {raw}", field=name, seller_sku=sku)
        if not re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", raw):
            raise checks.failed(action, name, "BIZ_CHECK_PACKAGE_DECIMAL_INVALID:invalid package attribute", sku)
        sizes.append(Decimal(raw))
    if sizes[0] > MOST_WEIGHT_KG:
        raise business(4164, "package_weight is over 40 kg", field="package_weight", seller_sku=sku)
    if sum(sizes[1:]) > MOST_GIRTH_CM:
        raise business(4165, "length, width and height add up to over 300 cm", field="package_length", seller_sku=sku)


def facts(row: Node, sku: str, axes: frozenset[str]) -> dict[str, Any]:
    """What is shown again as it was sent."""
    shown = {name: row[name] for name in (*PACKAGE, "package_content") if name in row}
    chosen = row.get("saleProp") or {}
    if not isinstance(chosen, dict) or not axes.issuperset(chosen):
        raise business(
            4112, "saleProp names a property this product does not vary by", field="saleProp", seller_sku=sku
        )
    return shown | {"saleProp": {name: str(value) for name, value in chosen.items()}}


def together(variants: Sequence[Variant]) -> None:
    """SKUs of one product must differ, and either all or none have pictures of their own."""
    names = [one.seller_sku for one in variants]
    if len(set(names)) != len(names):
        raise business(4126, "SellerSku is duplicated in this product", field="SellerSku", seller_sku=names[0])
    choices = [tuple(sorted(one.facts["saleProp"].items())) for one in variants]
    if len(variants) > 1 and len(set(choices)) != len(choices):
        raise business(4113, "Variants are duplicated", field="saleProp", seller_sku=names[0])
    if len({bool(one.images) for one in variants}) > 1:
        raise business(4158, "Either all SKUs have images or none", field="Images", seller_sku=names[0])


def axes(category_id: int, node: Node) -> frozenset[str]:
    """The category's sale properties, and those the product declares under `variation`."""
    own = {a.name for a in attributes.of_category(category_id) if a.sale}
    declared = node.get("variation") or node.get("Variation") or {}
    if not isinstance(declared, dict) or len(declared) > 2:
        raise business(4109, "At most two variations are allowed", field="variation")
    return frozenset(own | {_axis(one) for one in declared.values()})


def _axis(declared: Any) -> str:
    name = documents.text(declared, "name") if isinstance(declared, dict) else None
    if name is None or len(name) > 15:
        raise business(4109, "A variation needs a name of at most 15 characters", field="variation")
    options = documents.items(declared, "options")
    if len(options) > 50 or any(len(str(option)) > 20 for option in options):
        raise business(4109, "At most 50 options of at most 20 characters", field="variation")
    return name
