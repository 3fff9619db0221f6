"""What a product must be before it is taken (Lazada Open Platform reference, create page and its codes, read 2026-11-24).

The named codes are those of the error table; what the table has no code for is 500 with the reason in `detail`.
"""

import re
from typing import Any

from sandbox.lazada import attributes, brands, categories, documents, media
from sandbox.lazada.attributes import LISTED_ONLY, MULTI, NUMBER, Attribute
from sandbox.lazada.documents import Node
from sandbox.lazada.refusal import Refusal, business

MOST_IMAGES = 8
MOST_NAME = 255  # characters, and bytes as well
MOST_DESCRIPTION = 25_000
PRODUCT_NAMES = frozenset(
    {"PrimaryCategory", "ItemId", "Images", "Attributes", "Skus", "variation", "Variation", "disableAttributeAutoFill"}
)
EXTRAS = frozenset(
    {
        "brand_id",
        "disableAttributeAutoFill",
        "disableAutoFillAttribute",
        "preorder_enable",
        "preorder_days",
        "video",
        "delivery_option_sof",
        "Hazmat",
        "warranty",
        "warranty_type",
        "source",
    }
)
SHORT_TAGS = re.compile(r"</?(?!(?:ul|ol|li)\b)[a-zA-Z]")
IMAGE_IN_HTML = re.compile(r"""<img[^>]+src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
SENSITIVE = ("thần dược", "chữa khỏi", "hàng giả")


def failed(action: str, field: str, reason: str, sku: str = "") -> Refusal:
    """500 for a create, 501 for an update: why stands in `detail` alone."""
    code = {"Create": "500", "Update": "501"}[action]
    row = {"field": field, "message": reason} | ({"seller_sku": sku} if sku else {})
    return Refusal(code, f"E0{code}: {action} product failed", detail=(row,))


def names(action: str, node: Node) -> None:
    """Better refused aloud than taken and forgotten: AssociatedSku is one that is not played."""
    if strange := sorted(node.keys() - PRODUCT_NAMES):
        raise failed(action, strange[0], "BIZ_CHECK_PRODUCT_UNKNOWN:not played by this marketplace")


def category(node: Node) -> int:
    raw = documents.text(node, "PrimaryCategory")
    if raw is None:
        raise business(1, "Parameter PrimaryCategory is mandatory", field="PrimaryCategory")
    category_id = documents.whole(raw)
    if category_id not in categories.BY_ID:
        raise business(201, f"Invalid Primary Category: {raw}", field="PrimaryCategory")
    if not categories.is_leaf(category_id):
        raise business(4134, "Only leaf category is allowed", field="PrimaryCategory")
    if category_id in categories.CLOSED:
        raise business(4163, "This category is restricted", field="PrimaryCategory")
    return category_id


def fields(action: str, category_id: int, given: dict[str, str]) -> None:
    """The attributes of the product level."""
    known = {a.name: a for a in attributes.of_category(category_id) if a.level == "normal"}
    for name, value in given.items():
        if name in known:
            _value(action, known[name], value)
        elif name not in EXTRAS:
            raise failed(action, name, "BIZ_CHECK_ATTRIBUTE_UNKNOWN:the category has no such attribute")
    _brand(given)
    for attribute in known.values():
        if attribute.mandatory and attribute.name != "brand" and not given.get(attribute.name):
            raise business(4110, f"The mandatory attribute {attribute.name} is missing", field=attribute.name)
    _texts(action, given)


def _brand(given: dict[str, str]) -> None:
    brand_id, name = given.get("brand_id"), given.get("brand")
    if not brand_id and not name:
        raise business(4110, "The mandatory attribute brand is missing", field="brand")
    if brand_id and documents.whole(brand_id) not in brands.BY_ID:
        raise business(4130, f"Brand {brand_id} is not valid in this site", field="brand_id")
    if name and name not in brands.BY_NAME:
        raise business(4130, f"Brand {name} is not valid in this site", field="brand")


def _texts(action: str, given: dict[str, str]) -> None:
    name = given["name"]
    if len(name) > MOST_NAME or len(name.encode()) > MOST_NAME:
        raise business(4160, "Title is longer than 255 bytes", field="name")
    description, short = given.get("description", ""), given.get("short_description", "")
    if len(description) > MOST_DESCRIPTION:
        raise failed(action, "description", "BIZ_CHECK_DESCRIPTION_LENGTH:description is too long")
    if SHORT_TAGS.search(short):
        raise failed(action, "short_description", "BIZ_CHECK_SHORT_DESCRIPTION:only ul, ol and li are allowed")
    if any(not media.is_own(url) for url in IMAGE_IN_HTML.findall(description + short)):
        raise business(4138, "External images are not allowed in the description", field="description")
    for word in SENSITIVE:
        if word in f"{name} {description} {short}".lower():
            raise business(4131, f"Sensitive words: {word}", field="name")


def _value(action: str, attribute: Attribute, value: str) -> None:
    if attribute.input_type in LISTED_ONLY and attribute.options:
        english = {option[0] for option in attribute.options}
        chosen = value.split(",") if attribute.input_type == MULTI else [value]
        if not english.issuperset(one.strip() for one in chosen):
            raise business(4115, f"{value} is not an option of {attribute.name}", field=attribute.name)
    if attribute.input_type == NUMBER and not re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", value):
        raise failed(action, attribute.name, "BIZ_CHECK_ATTRIBUTE_NUMERIC:a number with at most two decimals")


def images(rows: list[Any], sku: str = "") -> list[str]:
    """At most eight, each once, all hosted by Lazada."""
    urls = [str(row) for row in rows if row]
    if len(urls) > MOST_IMAGES:
        raise business(4169, "At most 8 images are allowed", field="Images", seller_sku=sku)
    if len(set(urls)) != len(urls):
        raise business(4116, "Duplicate images", field="Images", seller_sku=sku)
    if not all(media.is_own(url) for url in urls):
        raise business(4138, "External image is not allowed, migrate it first", field="Images", seller_sku=sku)
    return urls
