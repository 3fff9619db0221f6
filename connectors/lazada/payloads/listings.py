"""Products as Lazada tells them (reference, section 3.10, read 2026-11-24)."""

from typing import Annotated, Any

from pydantic import Field

from connectors.endpoint import Answer, Payload, Rows
from connectors.lazada.payloads.kinds import Count, Dong, Id, MaybeText, Moment


class ProductsQuery(Payload):
    filter: str = "all"
    limit: int  # at most 50
    offset: int = 0
    create_after: str | None = None
    create_before: str | None = None
    sku_seller_list: str | None = None  # a JSON list of SKUs of ours


class Sku(Answer):
    ignores = frozenset({
        "ShopSku", "special_price", "special_from_date", "special_to_date", "special_from_time", "special_to_time",
        "special_time_format", "package_weight", "package_length", "package_width", "package_height", "package_content",
        "Images", "saleProp", "multiWarehouseInventories", "fblWarehouseInventories", "channelInventories", "quantity",
    })  # fmt: skip

    sku_id: Annotated[Id, Field(alias="SkuId")]
    seller_sku: Annotated[str, Field(alias="SellerSku")]
    status: Annotated[str, Field(alias="Status")]  # active, inactive, deleted
    url: Annotated[MaybeText, Field(alias="Url")] = None
    available: Annotated[Count | None, Field(alias="Available")] = None  # what may still be sold
    price: Dong


class RejectReason(Answer):
    suggestion: MaybeText = None
    violationDetail: MaybeText = None  # noqa: N815 - Lazada's own spelling


class Product(Answer):
    ignores = frozenset({
        "primary_category", "updated_time", "trialProduct", "images", "marketImages", "suspendedSkus",
        "hiddenStatus", "hiddenReason", "variation",
    })  # fmt: skip

    item_id: Id
    created_time: Moment
    status: str
    sub_status: Annotated[MaybeText, Field(alias="subStatus")] = None
    attributes: dict[str, Any]
    reject_reason: Annotated[list[RejectReason] | None, Field(alias="rejectReason")] = None
    skus: list[Sku]


class ProductPage(Answer):
    total_products: Count
    products: Rows[Product]
