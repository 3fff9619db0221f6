"""The seller, the warehouses, the categories and their attributes, field for field.

Tiki Open API notes, read 2026-11-23. `ignores` names fields seen and left out on purpose.
"""

from connectors.endpoint import Answer, Payload
from connectors.tiki.payloads.common import Paging, Words


class Seller(Answer):
    id: int
    name: str
    active: int  # 1 or 0
    can_update_product: int  # 0: every product write is refused
    operation_models: list[str]
    ignores = frozenset({"sid", "logo", "registration_status", "live_at"})


class WarehouseQuery(Payload):
    tiki_warehouse_codes: str


class Warehouse(Answer):
    id: int
    type: str
    ignores = frozenset({"name", "address", "seller_id", "is_primary", "status"})


class Warehouses(Answer):
    seller_inventories: list[Warehouse]
    ignores = frozenset({"mappings"})


class CategoryQuery(Payload):
    primary: int = 1  # only primary categories take products
    lang: str = "vi"


class Category(Answer):
    id: int
    name: str
    is_primary: bool
    is_product_listing_enabled: bool = True
    ignores = frozenset({"parent_id", "description", "no_license_seller_enabled"})


class Categories(Answer):
    data: list[Category]


class Attribute(Answer):
    id: int
    code: str
    display_name: str
    input_type: str
    is_required: bool
    default_value: Words | None = None
    ignores = frozenset({"category_id", "display_name_en", "description", "description_en", "data_type"})


class Attributes(Answer):
    data: list[Attribute]


class ValueQuery(Payload):
    q: str
    page: int = 1
    limit: int = 50


class AttributeValue(Answer):
    value: str
    ignores = frozenset({"id", "attribute_code", "position"})


class AttributeValues(Answer):
    data: list[AttributeValue]
    paging: Paging
