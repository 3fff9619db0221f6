"""Listings, read back (v2 reference 3.12, 3.13, 3.16)."""

from connectors.endpoint import Answer, Payload, Rows
from connectors.shopee.payloads.kinds import Dong, Id, Seconds


class ItemListQuery(Payload):
    repeated = frozenset({"item_status"})

    offset: int
    page_size: int
    item_status: list[str]
    update_time_from: Seconds | None = None
    update_time_to: Seconds | None = None


class ItemRef(Answer):
    ignores = frozenset({"item_status", "update_time", "tag"})

    item_id: Id


class ItemListPage(Answer):
    ignores = frozenset({"total_count", "next"})

    item: Rows[ItemRef]
    has_next_page: bool
    next_offset: int = 0


class SearchQuery(Payload):
    item_sku: str
    offset: str  # text here, a number in get_item_list
    page_size: int


class FoundItems(Answer):
    ignores = frozenset({"total_count", "next_offset"})

    item_id_list: list[Id]


class ItemIdsQuery(Payload):
    item_id_list: list[str]  # at most 50


class PriceInfo(Answer):
    ignores = frozenset({"currency", "inflated_price_of_original_price", "inflated_price_of_current_price"})

    original_price: Dong
    current_price: Dong  # lower while a promotion runs


class StockSummary(Answer):
    ignores = frozenset({"total_reserved_stock"})

    total_available_stock: int


class StockInfo(Answer):
    ignores = frozenset({"seller_stock", "shopee_stock", "advance_stock"})

    summary_info: StockSummary


class BaseInfo(Answer):
    ignores = frozenset({
        "category_id", "description", "description_type", "create_time", "update_time", "deboost", "has_promotion",
        "condition", "image", "weight", "dimension", "logistic_info", "pre_order", "brand", "attribute_list", "tag",
        "gtin_code", "promotion_id", "item_dangerous", "complaint_policy", "tax_info", "description_info", "video_info",
        "wholesales", "authorised_brand_id",
    })  # fmt: skip

    item_id: Id
    item_name: str
    item_sku: str = ""
    item_status: str
    has_model: bool
    price_info: Rows[PriceInfo]  # absent when the item has models
    stock_info_v2: StockInfo | None = None


class BaseInfos(Answer):
    item_list: list[BaseInfo]


class Violation(Answer):
    ignores = frozenset({"violation_type", "fix_deadline_time", "update_time"})

    violation_reason: str
    suggestion: str = ""


class ItemViolations(Answer):
    ignores = frozenset({"item_name", "item_status", "deboost", "deboost_details", "fail_error", "fail_message"})

    item_id: Id
    item_status_details: Rows[Violation]


class ViolationInfos(Answer):
    item_list: list[ItemViolations]
