"""What a seller must know before listing: categories, attributes, brands, limits, channels (Shopee v2 reference, read 2026-11-23)."""

from typing import Any

from sandbox.shopee import attributes, categories
from sandbox.shopee.attributes import Attribute, Value
from sandbox.shopee.call import Answer, Call, Route
from sandbox.shopee.channels import CHANNELS
from sandbox.shopee.refusal import Refusal
from sandbox.shopee.rules import NORMAL_DAYS_TO_SHIP

LANGUAGES = frozenset({"vi", "vn", "en"})  # pages disagree on vi and vn
NO_BRAND = {"brand_id": 0, "original_brand_name": "NoBrand", "display_brand_name": "No Brand"}


def get_category(call: Call) -> Answer:
    vietnamese = _language(call) != "en"
    return Answer({"category_list": [_category(category, vietnamese=vietnamese) for category in categories.TREE]})


def category_recommend(call: Call) -> Answer:
    return Answer({"category_id": categories.recommended(call.text("item_name"))})


def get_attribute_tree(call: Call) -> Answer:
    _language(call)
    name = "category_id_list" if call.request.one("category_id_list") else "category_ids"
    return Answer({"list": [_tree(category_id) for category_id in call.ids(name, 20)]})


def get_brand_list(call: Call) -> Answer:
    """Nobody has registered a brand: every page is the one row of id 0, and none at all for pending ones."""
    _leaf(call)
    status, offset = call.integer("status", 1, 2), call.integer("offset", 0, 10**9)
    call.integer("page_size", 1, 100)
    brands = [NO_BRAND] if status == 1 and offset == 0 else []
    page = {"brand_list": brands, "has_next_page": False, "next_offset": 0}
    return Answer(page | {"is_mandatory": True, "input_type": "DROP_DOWN"})


def get_item_limit(call: Call) -> Answer:
    _leaf(call)
    rules = call.rules
    limits = {
        "price_limit": rules.price_vnd.as_json(),
        "stock_limit": rules.stock.as_json(),
        "item_name_length_limit": rules.name_length.as_json(),
        "item_description_length_limit": rules.description_length.as_json(),
        "item_image_count_limit": rules.images.as_json(),
        "tier_variation_name_length_limit": rules.tier_name_length.as_json(),
        "tier_variation_option_length_limit": rules.tier_option_length.as_json(),
        "item_count_limit": {"max_limit": rules.items_per_shop},
        "dts_limit": {
            "days_to_ship_limit": rules.days_to_ship.as_json(),
            "non_pre_order_days_to_ship": NORMAL_DAYS_TO_SHIP,
        },
        "weight_limit": {"weight_mandatory": True},
        "dimension_limit": {"dimension_mandatory": False},
    }
    return Answer(limits, {"gtin_limit": {"gtin_validation_rule": "Optional"}})


def get_channel_list(call: Call) -> Answer:
    _ = call
    return Answer({"logistics_channel_list": list(CHANNELS)})


def get_warehouse_detail(call: Call) -> Answer:
    """These shops keep one stock: the refusal says "send no location_id"."""
    _ = call
    raise Refusal("warehouse.error_not_in_whitelist", "Shop is not in the multi-warehouse whitelist.")


def _language(call: Call) -> str:
    language = call.text("language", "en")
    if language not in LANGUAGES:
        raise Refusal("error_invalid_language", "Invalid language.")
    return language


def _leaf(call: Call) -> int:
    category_id = call.integer("category_id", 0, 10**12)
    if not categories.is_leaf(category_id):
        raise Refusal("error_invalid_category", "Invalid category ID.")
    return category_id


def _category(category: categories.Category, *, vietnamese: bool) -> dict[str, Any]:
    return {
        "category_id": category.category_id,
        "parent_category_id": category.parent_id,
        "original_category_name": category.english,
        "display_category_name": category.vietnamese if vietnamese else category.english,
        "has_children": category.category_id in categories.PARENTS,
    }


def _tree(category_id: int) -> dict[str, Any]:
    if not categories.is_leaf(category_id):
        return {"category_id": category_id, "warning": "Invalid category ID.", "attribute_tree": []}
    tree = [_attribute(attribute) for attribute in attributes.of_category(category_id)]
    return {"category_id": category_id, "warning": "", "attribute_tree": tree}


def _attribute(attribute: Attribute) -> dict[str, Any]:
    return {
        "attribute_id": attribute.attribute_id,
        "name": attribute.english,
        "mandatory": attribute.mandatory,
        "attribute_value_list": [_value(value) for value in attribute.values],
        "attribute_info": {
            "input_type": attribute.input_type,
            "input_validation_type": attribute.validation,
            "format_type": 2 if attribute.units else 1,
            "date_format_type": 0,
            "attribute_unit_list": list(attribute.units),
            "max_value_count": attribute.most_values,
            "is_oem": False,
            "support_search_value": False,
        },
        "multi_lang": [{"language": "vi", "value": attribute.vietnamese}],
    }


def _value(value: Value) -> dict[str, Any]:
    return {
        "value_id": value.value_id,
        "name": value.english,
        "value_unit": "",
        "multi_lang": [{"language": "vi", "value": value.vietnamese}],
        "child_attribute_list": [],
    }


ROUTES = {
    "/api/v2/product/get_category": Route("GET", get_category),
    "/api/v2/product/category_recommend": Route("GET", category_recommend),
    "/api/v2/product/get_attribute_tree": Route("GET", get_attribute_tree),
    "/api/v2/product/get_brand_list": Route("GET", get_brand_list),
    "/api/v2/product/get_item_limit": Route("GET", get_item_limit),
    "/api/v2/logistics/get_channel_list": Route("GET", get_channel_list),
    "/api/v2/shop/get_warehouse_detail": Route("GET", get_warehouse_detail),
}
