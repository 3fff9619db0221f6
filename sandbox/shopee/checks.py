"""What add_item and update_item refuse, in the order it is looked at (Shopee v2 reference, add_item page, read 2026-11-23).

Every check reads one field of the whole listing and raises `Refusal` with Shopee's own code, its odd spellings included.
"""

import re
import unicodedata
from typing import Any

from sandbox.shopee import attributes, categories, read, terms
from sandbox.shopee.call import Backstage
from sandbox.shopee.channels import CHANNELS
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.shopee.taxonomy import NO_BRAND

BIDI_CONTROLS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOT_PLAYED = ("wholesale", "video_upload_id", "scheduled_publish_time", "size_chart_info")
OPEN_CHANNELS = {c["logistics_channel_id"]: c for c in CHANNELS if c["enabled"] and c["mask_channel_id"] == 0}


def whole_listing(stage: Backstage, item: dict[str, Any]) -> None:
    """Everything but price and stock, which have calls of their own."""
    name(stage, item)
    description(stage, item)
    category(item)
    pictures(stage, item)
    parcel(stage, item)
    brand(item)
    attributes.check(item["category_id"], read.rows({"attribute_list": []} | item, "attribute_list", 0, 100))
    terms.all_of(stage, item)
    not_played(item)


def name(stage: Backstage, item: dict[str, Any]) -> None:
    text, limit = read.text(item, "item_name"), stage.rules.name_length
    if any(unicodedata.category(sign) == "Cc" or sign in BIDI_CONTROLS for sign in text):
        raise Refusal("error_title_character_forbidden", "The product name contains forbidden characters.")
    if len(text) < limit.low:
        raise Refusal("error_item_name_is_too_short", f"The product name is shorter than {limit.low} characters.")
    if len(text) > limit.high:
        raise Refusal("error_title_exceeds_max_length", f"The product name exceeds {limit.high} characters.")


def description(stage: Backstage, item: dict[str, Any]) -> None:
    if item.get("description_type", "normal") != "normal":
        raise bad_param("extended description is for whitelisted sellers")
    text, limit = read.text(item, "description"), stage.rules.description_length
    if len(text) < limit.low:
        raise Refusal("error_desc_length_min_limit", f"The description is shorter than {limit.low} characters.")
    if len(text) > limit.high:
        raise bad_param(f"The description exceeds {limit.high} characters.")
    if len(re.findall(r"#\w", text)) > stage.rules.hashtags:
        raise Refusal("error_desc_hash_tag_over_limit", f"More than {stage.rules.hashtags} hashtags.")


def category(item: dict[str, Any]) -> None:
    category_id = read.integer(item, "category_id")
    if not categories.is_leaf(category_id):
        raise Refusal("error_invalid_category", "Invalid category ID.")
    if category_id in categories.BLOCKED:
        raise Refusal("error_category_is_block", "The category is blocked.")


def pictures(stage: Backstage, item: dict[str, Any]) -> None:
    ids, limit = read.obj(item, "image").get("image_id_list"), stage.rules.images
    if not isinstance(ids, list) or len(ids) < limit.low:
        raise Refusal("error_image_num_min", f"At least {limit.low} image is required.")
    if len(ids) > limit.high:
        raise bad_param(f"At most {limit.high} images are allowed.")
    if not all(isinstance(one, str) and one in stage.pictures.sizes for one in ids):
        raise Refusal("error_image_unavailable", "Image is not available.")


def parcel(stage: Backstage, item: dict[str, Any]) -> None:
    """Weight in kilograms, size in centimetres, and at least one open checkout channel."""
    weight = read.number(item, "weight")
    channels = [_channel(row) for row in read.rows(item, "logistic_info", 1, 20) if read.flag(row, "enabled")]
    if not channels:
        raise Refusal("error_invalid_logistic_info", "At least one logistics channel must be enabled.")
    if not 0 < weight <= min(channel["weight_limit"]["item_max_weight"] for channel in channels):
        raise bad_param("invalid weight")
    by_size = any(channel["fee_type"] == "SIZE_INPUT" for channel in channels)
    if "dimension" in item:
        box = read.obj(item, "dimension")
        if any(not 0 < read.integer(box, f"package_{side}") <= 100 for side in ("length", "width", "height")):
            raise bad_param("invalid dimension")
    elif by_size and stage.rules.dimension_with_size_input:
        raise bad_param("dimension is required by the logistics channel")


def _channel(row: dict[str, Any]) -> dict[str, Any]:
    read.flag({"is_free": False} | row, "is_free")
    channel = OPEN_CHANNELS.get(read.integer(row, "logistic_id"))
    if channel is None:
        raise Refusal("error_invalid_logistic_info", f"Invalid logistics channel {row['logistic_id']}.")
    return channel


def brand(item: dict[str, Any]) -> None:
    if "brand" not in item:
        raise Refusal("error_less_required_brand", "Brand is mandatory for this category.")
    row = read.obj(item, "brand")
    if (row.get("brand_id"), row.get("original_brand_name")) != (0, NO_BRAND["original_brand_name"]):
        raise Refusal("error_invalid_brand", "Invalid brand.")


def not_played(item: dict[str, Any]) -> None:
    """Better refused aloud than taken and forgotten."""
    for field in NOT_PLAYED:
        if item.get(field):
            raise bad_param(f"{field} is not played by this marketplace")
