"""Listings, written (v2 reference 3.6, 3.8-3.11)."""

from connectors.endpoint import Answer, Payload
from connectors.shopee.payloads.kinds import Id


class Dimension(Payload):
    package_length: int  # cm
    package_width: int
    package_height: int


class ImageIds(Payload):
    image_id_list: list[str]


class LogisticInfo(Payload):
    logistic_id: int
    enabled: bool
    is_free: bool


class SellerStock(Payload):
    stock: int


class GivenValue(Payload):
    value_id: int  # 0: our own text in original_value_name
    original_value_name: str | None = None
    value_unit: str | None = None


class GivenAttribute(Payload):
    attribute_id: int
    attribute_value_list: list[GivenValue]


class GivenBrand(Payload):
    brand_id: int
    original_brand_name: str


class PreOrder(Payload):
    is_pre_order: bool


class ItemContent(Payload):
    item_name: str
    description: str
    description_type: str
    weight: float  # kilograms
    dimension: Dimension | None = None
    category_id: int
    image: ImageIds
    logistic_info: list[LogisticInfo]
    attribute_list: list[GivenAttribute]
    brand: GivenBrand | None = None
    condition: str
    item_sku: str  # our SKU: how a push whose answer got lost is found again
    pre_order: PreOrder
    gtin_code: str  # "00": the pack has none


class AddItem(ItemContent):
    original_price: float  # whole đồng, but the API wants a JSON float
    item_status: str
    seller_stock: list[SellerStock]


class UpdateItem(ItemContent):
    item_id: int


class SavedItem(Answer):
    """What add_item and update_item echo. Of the echo only the id is ours to keep; the rest is read back on its own."""

    ignores = frozenset({
        "item_name", "item_status", "category_id", "condition", "weight", "description", "description_type", "price_info",
        "seller_stock", "images", "logistic_info", "brand", "pre_order", "attribute", "attributes", "dimension", "item_sku",
        "item_dangerous", "description_info", "complaint_policy", "video_info", "wholesale", "gtin_code", "image",
        "attribute_list", "update_time", "create_time", "deboost", "has_model",
    })  # fmt: skip

    item_id: Id


class PriceRow(Payload):
    model_id: int | None = None  # left out for an item without models
    original_price: float


class UpdatePrice(Payload):
    item_id: int
    price_list: list[PriceRow]


class StockRow(Payload):
    model_id: int | None = None
    seller_stock: list[SellerStock]


class UpdateStock(Payload):
    item_id: int
    stock_list: list[StockRow]


class FailedRow(Answer):
    ignores = frozenset({"model_id", "unlist", "location_id", "stock", "original_price"})

    item_id: Id = ""
    failed_reason: str


class BatchResult(Answer):
    """Rows that failed; an empty `error` alone does not mean that all went well."""

    ignores = frozenset({"success_list"})

    failure_list: list[FailedRow] | None = None


class UnlistRow(Payload):
    item_id: int
    unlist: bool


class UnlistItems(Payload):
    item_list: list[UnlistRow]
