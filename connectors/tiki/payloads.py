"""Tiki's own words for seller, categories and products, field for field. Nothing here is ours; `mapper` translates.

Tiki Open API notes (products v2.1, the rest v2), read 2026-11-23. `ignores` names fields seen and left out on purpose.
"""

from typing import Annotated

from pydantic import AliasChoices, Field

from connectors.endpoint import Answer, Payload

Dong = Annotated[int, Field(strict=False)]
"""Whole đồng. Tiki writes `409000` and `409000.00` alike; a fraction does not validate."""
Words = str | int | float | list[str]
"""One attribute's value."""


class Paging(Answer):
    current_page: int
    last_page: int  # 0 for an empty set
    total: int = 0
    ignores = frozenset({"from", "to", "per_page"})


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


class WarehouseStock(Payload):
    """Stock inside a create: camelCase here, and only here."""

    warehouseId: int  # noqa: N815 - Tiki's own spelling
    qtyAvailable: int  # noqa: N815 - Tiki's own spelling


class NewVariant(Payload):
    sku: str
    min_code: int
    price: int
    market_price: int
    inventory_type: str
    seller_warehouse: str  # warehouse ids, comma-separated
    warehouse_stocks: list[WarehouseStock]
    image: str


class MetaData(Payload):
    is_auto_turn_on: bool  # False: the approved product lands inactive


class NewProduct(Payload):
    """`images` and `option_attributes` are lists, never null."""

    category_id: int
    name: str
    description: str
    market_price: int
    attributes: dict[str, Words]
    image: str
    images: list[str]
    option_attributes: list[str]
    variants: list[NewVariant]
    meta_data: MetaData


class ProductInfo(Payload):
    """Content of a live product: reviewed like a create, under a new track id."""

    product_id: int
    attributes: dict[str, Words]
    image: str
    images: list[str]


class Tracked(Answer):
    track_id: str
    state: str
    request_id: str | None = None  # only once drafted; 404 thirty days after
    reason: str | None = None
    ignores = frozenset({"created_at", "updated_at", "kind"})


class TrackQuery(Payload):
    limit: int = 50
    created_at_min: str | None = None
    created_at_max: str | None = None


class TrackOf(Payload):
    track_id: str


class RequestRow(Answer):
    """One row of a request found by its track: product and request fields mixed. Without a SKU before it is drafted."""

    original_sku: str | None = None
    ignores = frozenset(
        {
            "request_id",
            "track_id",
            "state",
            "kind",
            "created_at",
            "created_by",
            "approved_at",
            "approved_by",
            "reasons",
            "product_id",
            "sku",
            "name",
            "active",
            "price",
            "market_price",
            "images",
            "categories",
            "attributes",
        }
    )


class RequestRows(Answer):
    data: list[RequestRow]
    ignores = frozenset({"paging"})


class Quantity(Payload):
    """Stock inside an update: snake_case here."""

    warehouse_id: int
    qty_available: int


class SkuUpdate(Payload):
    """One row of updateSkus: only what changes is sent."""

    product_id: int | None = None
    original_sku: str | None = None
    price: int | None = None
    status: int | None = None  # 1 on, 2 off (not 1/0 as in a product)
    seller_warehouse: str | None = None
    warehouse_quantities: list[Quantity] | None = None


class SkuUpdates(Payload):
    data: list[SkuUpdate]


class ProductQuery(Payload):
    page: int = 1
    limit: int = 50  # more is refused on some endpoints
    include: str = "inventory"


class SkuQuery(Payload):
    """`include` is documented for the product list only; where it is not heeded, no stock is told."""

    original_sku: str
    include: str = "inventory"


class SellableStock(Answer):
    warehouse_id: int
    quantity_sellable: int  # available minus reserved
    ignores = frozenset({"quantity", "quantity_available", "quantity_reserved"})


class Inventory(Answer):
    warehouse_stocks: list[SellableStock]
    ignores = frozenset({"inventory_type", "fulfillment_type"})


class Product(Answer):
    product_id: int = Field(validation_alias=AliasChoices("product_id", "id"))  # the v2.1 detail writes `id`
    original_sku: str | None
    name: str
    master_id: int
    active: int  # 1 or 0
    is_hidden: bool
    entity_type: str
    price: Dong
    inventory: Inventory | None = None
    ignores = frozenset(
        {
            "id",
            "sku",
            "master_sku",
            "super_id",
            "super_sku",
            "type",
            "market_price",
            "version",
            "created_at",
            "updated_at",
            "created_by",
            "thumbnail",
            "images",
            "categories",
            "attributes",
            "seller",
        }
    )


class ProductPage(Answer):
    data: list[Product]
    paging: Paging
