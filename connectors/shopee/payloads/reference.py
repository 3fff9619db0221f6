"""Categories, attributes, brands, shipping channels, pictures (v2 reference 3.1-3.3, 3.5, 5)."""

from connectors.endpoint import Answer, NoPayload, Part, Payload, Rows
from connectors.shopee.payloads.kinds import Id


class CategoryQuery(Payload):
    language: str


class Category(Answer):
    category_id: int
    parent_category_id: int  # 0 at a root
    original_category_name: str
    display_category_name: str
    has_children: bool


class CategoryTree(Answer):
    category_list: list[Category]


class AttributeQuery(Payload):
    category_id_list: list[int]  # at most 20
    language: str


class Wording(Answer):
    language: str
    value: str


class AttributeValue(Answer):
    ignores = frozenset({"value_unit", "child_attribute_list"})

    value_id: int
    name: str
    multi_lang: Rows[Wording]


class AttributeInfo(Answer):
    ignores = frozenset(
        {"input_validation_type", "date_format_type", "max_value_count", "is_oem", "support_search_value"}
    )

    input_type: int  # 1 and 4 take listed values only; 2, 3 and 5 take our own text too
    format_type: int  # 2: a value carries a unit
    attribute_unit_list: Rows[str]


class Attribute(Answer):
    attribute_id: int
    name: str
    mandatory: bool
    attribute_value_list: Rows[AttributeValue]
    attribute_info: AttributeInfo
    multi_lang: Rows[Wording]


class CategoryAttributes(Answer):
    ignores = frozenset({"warning"})

    category_id: int
    attribute_tree: Rows[Attribute]


class AttributeTrees(Answer):
    list: list[CategoryAttributes]


class BrandQuery(Payload):
    category_id: int
    status: int  # 1 normal
    offset: int
    page_size: int
    language: str


class Brand(Answer):
    ignores = frozenset({"display_brand_name"})

    brand_id: int
    original_brand_name: str


class BrandPage(Answer):
    ignores = frozenset({"input_type"})

    brand_list: list[Brand]
    has_next_page: bool
    next_offset: int = 0
    is_mandatory: bool


class ChannelQuery(NoPayload):
    pass


class WeightLimit(Answer):
    item_min_weight: float | None = None  # kg; 0 or null: none
    item_max_weight: float | None = None


class Channel(Answer):
    ignores = frozenset({
        "logistics_channel_name", "cod_enabled", "force_enable", "compulsory_channel", "size_list", "item_max_dimension",
        "volume_limit", "block_seller_cover_shipping_fee", "support_cross_border", "logistics_capability",
        "seller_logistic_has_configuration", "logistics_description", "preprint",
    })  # fmt: skip

    logistics_channel_id: int
    enabled: bool
    mask_channel_id: int  # 0: a checkout channel, the kind a listing names
    fee_type: str
    weight_limit: WeightLimit | None = None


class ChannelList(Answer):
    logistics_channel_list: list[Channel]


class UploadImage(Payload):
    file: Part

    def to_parts(self) -> list[tuple[str, Part]]:
        return [("image", self.file)]


class ImageInfo(Answer):
    ignores = frozenset({"image_url_list"})

    image_id: Id


class UploadedImage(Answer):
    ignores = frozenset({"image_info_list"})

    image_info: ImageInfo
