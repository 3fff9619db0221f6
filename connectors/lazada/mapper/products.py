"""A listing of ours to a product of theirs with one SKU (reference, sections 3.5-3.9, read 2026-11-24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from catalog.listing import Listing
from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef, PriceChange, StockChange
from connectors.lazada.attributes import Filled
from connectors.lazada.payloads.products import (
    Deactivate,
    Images,
    OfflineProduct,
    OfflineRequest,
    PriceRow,
    Product,
    ProductRequest,
    SaveProduct,
    Sku,
    SkuIds,
    Skus,
    StockRow,
)
from connectors.paragraphs import to_html

GRAMS_PER_KG = 1000
MM_PER_CM = 10
TWO_DECIMALS = Decimal("0.01")  # more are refused


@dataclass(frozen=True)
class Placement:
    """What a product needs besides the listing: its category, the answers to its attributes, its brand, its pictures."""

    category_id: str
    filled: Filled
    brand: dict[str, str]
    image_urls: Sequence[str]


def to_new_product(listing: Listing, placement: Placement) -> SaveProduct:
    """Reviewed by Lazada within a day. Raises RejectedError when the parcel's size is unknown."""
    sku: Sku = {
        **_sku(listing, placement),
        "SellerSku": listing.sku,
        "price": str(listing.price_vnd),
        "quantity": str(listing.stock),
    }
    return _saved(None, listing, placement, sku)


def to_update(ref: ListingRef, listing: Listing, placement: Placement) -> SaveProduct:
    """The content of a product that exists. Pictures are replaced as a set; price and stock have calls of their own."""
    sku: Sku = {"SkuId": sku_id(ref), **_sku(listing, placement)}
    return _saved(ref.external_id, listing, placement, sku)


def to_switched_on(ref: ListingRef) -> SaveProduct:
    product = Product(
        item_id=ref.external_id, attributes={}, skus=Skus(sku=[{"SkuId": sku_id(ref), "Status": "active"}])
    )
    return SaveProduct(request=ProductRequest(product=product))


def to_switched_off(ref: ListingRef) -> Deactivate:
    """Only our own SKU of the product, where its id is known."""
    skus = SkuIds(sku_id=[int(ref.variant_id)]) if ref.variant_id else None
    return Deactivate(request=OfflineRequest(product=OfflineProduct(item_id=int(ref.external_id), skus=skus)))


def to_price(change: PriceChange) -> PriceRow:
    return PriceRow(item_id=change.ref.external_id, sku_id=sku_id(change.ref), price=str(change.price_vnd))


def to_stock(change: StockChange) -> StockRow:
    return StockRow(item_id=change.ref.external_id, sku_id=sku_id(change.ref), sellable_quantity=change.stock)


def sku_id(ref: ListingRef) -> str:
    """Lazada's own id: ours has identified nothing in its calls since 2023-11-15. Raises RejectedError without it."""
    if ref.variant_id is None:
        raise RejectedError(
            f"chưa biết mã SkuId của {ref.sku} ở Lazada: chạy `ocop pull listings` rồi đẩy lại",
            marketplace="lazada",
            code="SkuId",
        )
    return ref.variant_id


def _saved(item_id: str | None, listing: Listing, placement: Placement, sku: Sku) -> SaveProduct:
    attributes = {
        **placement.filled.product,
        **placement.brand,
        "name": listing.title,
        "description": to_html(listing.description),
        "disableAttributeAutoFill": "true",  # else an algorithm writes attributes nobody checked
    }
    images = Images(image=list(placement.image_urls)) if placement.image_urls else None
    product = Product(
        item_id=item_id,
        primary_category=placement.category_id,
        images=images,
        attributes=attributes,
        skus=Skus(sku=[sku]),
    )
    return SaveProduct(request=ProductRequest(product=product))


def _sku(listing: Listing, placement: Placement) -> Sku:
    """Kilograms and centimetres as texts, rounded up: a parcel is never smaller than it is."""
    size, filled = listing.shipping_size, placement.filled
    if size is None:
        raise RejectedError(
            "Lazada cần kích thước kiện hàng: điền dài, rộng, cao trong sổ đăng ký",
            marketplace="lazada",
            code="package_length",
        )
    package: Sku = {
        "package_weight": _decimal(listing.shipping_weight_g, GRAMS_PER_KG),
        "package_length": _decimal(size.length_mm, MM_PER_CM),
        "package_width": _decimal(size.width_mm, MM_PER_CM),
        "package_height": _decimal(size.height_mm, MM_PER_CM),
    }
    return package | filled.sku | ({"saleProp": filled.sale} if filled.sale else {})


def _decimal(amount: int, per_unit: int) -> str:
    return f"{(Decimal(amount) / per_unit).quantize(TWO_DECIMALS, ROUND_UP).normalize():f}"
