"""What is sent about products, field for field.

Tiki Open API notes, read 2026-11-23. `ignores` names fields seen and left out on purpose.
"""

from connectors.endpoint import Payload
from connectors.tiki.payloads.common import Words


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
