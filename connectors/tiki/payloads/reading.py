"""What Tiki tells of creates under review and of products, field for field.

Tiki Open API notes, read 2026-11-23. `ignores` names fields seen and left out on purpose.
"""

from pydantic import AliasChoices, Field

from connectors.endpoint import Answer, Payload
from connectors.tiki.payloads.common import Dong, Paging


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
