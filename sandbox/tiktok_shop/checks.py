"""What create and edit refuse about a product's own fields, in the order it is looked at (Partner Center "Create Product", read 2026-11-23).

Every check raises `Refusal` with TikTok Shop's own code.
"""

import re
from typing import TYPE_CHECKING, Any

from sandbox.tiktok_shop import attributes, read, text_checks
from sandbox.tiktok_shop.categories import BY_ID, is_leaf
from sandbox.tiktok_shop.refusal import Refusal, bad_field

if TYPE_CHECKING:
    from sandbox.tiktok_shop.call import Call

MOST_IMAGES = 9
FIELDS = frozenset(
    {
        "title",
        "description",
        "category_id",
        "category_version",
        "brand_id",
        "main_images",
        "skus",
        "package_weight",
        "package_dimensions",
        "product_attributes",
        "certifications",
        "is_cod_allowed",
        "external_product_id",
        "delivery_option_ids",
        "shipping_template_id",
        "minimum_order_quantity",
        "search_terms",
        "key_product_features",
        "locale",
        "save_mode",
        "idempotency_key",
        "listing_platforms",
    }
)


def known_fields(body: dict[str, Any]) -> None:
    """Better refused aloud than taken and forgotten."""
    if strangers := sorted(body.keys() - FIELDS):
        raise bad_field(strangers[0], "unknown, or not played by this marketplace")


def whole_product(call: "Call", body: dict[str, Any]) -> None:
    """Everything but the SKUs."""
    text_checks.title(read.text(body, "title", ""))
    text_checks.description(call.stage.media, read.text(body, "description", ""))
    _category(body)
    _main_images(call, read.rows(body, "main_images"))
    attributes.check(body["category_id"], read.rows(body, "product_attributes"), call.stage.rules)
    _certifications(call, body)
    _package_weight(body)
    _package_dimensions(body)
    if read.flag(body, "is_cod_allowed", default=False) and not BY_ID[body["category_id"]].takes_cash:
        raise Refusal(12052222, "The category does not support cash on delivery")
    if len(read.text(body, "external_product_id", "")) > 999:
        raise Refusal(12052369, "The external product id is too long")
    if len("".join(read.texts(body, "search_terms", 15))) > 250:
        raise bad_field("search_terms", "they have more than 250 characters in all")
    if len("".join(read.texts(body, "key_product_features", 5))) > 1_500:
        raise bad_field("key_product_features", "they have more than 1,500 characters in all")


def _category(body: dict[str, Any]) -> None:
    category_id = read.text(body, "category_id", "")
    if not category_id.isdecimal():
        raise Refusal(12052002, "The category id has a wrong format")
    if read.text(body, "category_version", "v1") != "v2":
        raise Refusal(12052217, "The shop must use the category tree v2")
    category = BY_ID.get(category_id)
    if category is None:
        raise Refusal(12052023, "Category not found")
    if not is_leaf(category_id):
        raise Refusal(12052024, "The category is not a leaf category")
    if category.permission == "PROHIBITED":
        raise Refusal(12052220, "The category is prohibited")
    if category.permission == "INVITE_ONLY":
        raise Refusal(12052223, "The category is restricted; apply in the Qualification Center")


def _main_images(call: "Call", rows: list[dict[str, Any]]) -> None:
    if not rows:
        raise Refusal(12052028, "At least one main image is required")
    if len(rows) > MOST_IMAGES:
        raise Refusal(12052306, f"More than {MOST_IMAGES} main images")
    for row in rows:
        if read.text(row, "uri", "") not in call.stage.media.pictures:
            raise Refusal(12052300, "The uri of a main image is unknown")


def _certifications(call: "Call", body: dict[str, Any]) -> None:
    rows = read.rows(body, "certifications")
    wanted = {row["id"]: row for row in attributes.certifications(body["category_id"], call.stage.rules)}
    given = [read.text(row, "id", "") for row in rows]
    if len(given) != len(set(given)):
        raise Refusal(12052656, "A certification is given twice")
    if strangers := set(given) - wanted.keys():
        raise Refusal(12052655, f"The certification {min(strangers)} is unknown")
    if missing := next((i for i, row in wanted.items() if row["is_required"] and i not in given), None):
        raise Refusal(12052105, f"The required certification {missing} ({wanted[missing]['name']}) is missing")
    for row in rows:
        _certification(call, row)


def _certification(call: "Call", row: dict[str, Any]) -> None:
    media = call.stage.media
    images = [read.text(image, "uri", "") for image in read.rows(row, "images")]
    papers = [read.text(paper, "id", "") for paper in read.rows(row, "files")]
    if not images + papers or not set(images) <= media.pictures.keys() or not set(papers) <= media.papers.keys():
        raise Refusal(12052650, "The certification's image or file is invalid")
    if read.integer(row, "expiration_date", 0) <= call.now.timestamp():
        raise Refusal(12052385, "The certification needs a valid expiration date")


def _package_weight(body: dict[str, Any]) -> None:
    weight = body.get("package_weight")
    if not isinstance(weight, dict):
        raise Refusal(12019011, "The package weight is missing")
    if weight.get("unit") != "KILOGRAM":
        raise Refusal(12019061, "Imperial units are for the US only")
    value = read.decimal(weight.get("value"))
    if value is None or value != round(value, 3):
        raise Refusal(12052006, "The package weight is invalid")
    if value == 0:
        raise Refusal(12052181, "The package weight is zero")


def _package_dimensions(body: dict[str, Any]) -> None:
    box = body.get("package_dimensions")
    if not isinstance(box, dict):
        raise Refusal(12019012, "The package dimensions are missing")
    if box.get("unit") != "CENTIMETER":
        raise Refusal(12052915, "The units of weight and dimensions do not match")
    for side in ("length", "width", "height"):
        if not re.fullmatch(r"[1-9][0-9]{0,3}", str(box.get(side, ""))) or not isinstance(box[side], str):
            raise Refusal(12019012, f"The package's {side} is invalid")
