"""Our listings as Tiki's payloads, and Tiki's products as our reported listings. Pure.

Ids: `external_id` is the catalogue product (`master_id`, the public page), `variant_id` our own offer on it (`product_id`).
Tiki Open API notes, sections 6.1 to 6.5, read 2026-11-23.
"""

import hashlib
from collections.abc import Mapping

from catalog.listing import Listing
from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef, ListingState, PriceChange, ReportedListing, StockChange
from connectors.paragraphs import to_html
from connectors.tiki.payloads.common import Words
from connectors.tiki.payloads.reading import Product
from connectors.tiki.payloads.writing import (
    MetaData,
    NewProduct,
    NewVariant,
    ProductInfo,
    Quantity,
    SkuUpdate,
    WarehouseStock,
)

ON, OFF = 1, 2  # `status` of an update; a product's own `active` is 1 or 0
SELLER_OFFER = "seller_simple"
LEAST_CODE = 10_000_000_000_000_000  # 17 digits, as sellers draw them


def to_new_product(
    listing: Listing, *, category_id: int, attributes: Mapping[str, Words], inventory_type: str, warehouse_id: int
) -> NewProduct:
    """A simple product with one variant, switched on by Tiki when it approves. Raises RejectedError for its pictures."""
    first, *others = _pictures(listing)
    return NewProduct(
        category_id=category_id,
        name=listing.title,
        description=to_html(listing.description),
        market_price=listing.price_vnd,
        attributes=dict(attributes),
        image=first,
        images=others,
        option_attributes=[],
        variants=[
            NewVariant(
                sku=listing.sku,
                min_code=min_code(listing),
                price=listing.price_vnd,
                market_price=listing.price_vnd,
                inventory_type=inventory_type,
                seller_warehouse=str(warehouse_id),
                warehouse_stocks=[WarehouseStock(warehouseId=warehouse_id, qtyAvailable=listing.stock)],
                image=first,
            )
        ],
        meta_data=MetaData(is_auto_turn_on=True),
    )


def to_product_info(product_id: str, listing: Listing, attributes: Mapping[str, Words]) -> ProductInfo:
    """The description travels among the attributes; there is no field for a new name."""
    first, *others = _pictures(listing)
    return ProductInfo(
        product_id=int(product_id),
        attributes={**attributes, "description": to_html(listing.description)},
        image=first,
        images=others,
    )


def to_price(change: PriceChange) -> SkuUpdate:
    return _row(change.ref).model_copy(update={"price": change.price_vnd})


def to_stock(change: StockChange, warehouse_id: int) -> SkuUpdate:
    quantities = [Quantity(warehouse_id=warehouse_id, qty_available=change.stock)]
    return _row(change.ref).model_copy(
        update={"seller_warehouse": str(warehouse_id), "warehouse_quantities": quantities}
    )


def to_switch(ref: ListingRef, status: int) -> SkuUpdate:
    return _row(ref).model_copy(update={"status": status})


def to_reported(product: Product, storefront_url: str) -> ReportedListing:
    on = bool(product.active) and not product.is_hidden
    return ReportedListing(
        sku=product.original_sku,
        external_id=str(product.master_id),
        variant_id=str(product.product_id),
        state=ListingState.LIVE if on else ListingState.HIDDEN,
        raw_state=f"active={product.active} hidden={int(product.is_hidden)}",
        title=product.name,
        price_vnd=product.price,
        stock=sum(s.quantity_sellable for s in product.inventory.warehouse_stocks) if product.inventory else None,
        url=permalink(storefront_url, product.master_id, product.product_id),
    )


def permalink(storefront_url: str, master_id: int, product_id: int) -> str:
    """The public page of our own offer: without `spid` Tiki shows whichever seller wins."""
    return f"{storefront_url.rstrip('/')}/product-p{master_id}.html?spid={product_id}"


def min_code(listing: Listing) -> int:
    """The barcode, or a number that only this SKU has: the same on every try, so a second create is seen to be a double."""
    if listing.gtin:
        return int(listing.gtin)
    drawn = int.from_bytes(hashlib.sha256(listing.sku.encode()).digest()[:8])
    return LEAST_CODE + drawn % (9 * LEAST_CODE)


def _row(ref: ListingRef) -> SkuUpdate:
    return SkuUpdate(product_id=int(ref.variant_id)) if ref.variant_id else SkuUpdate(original_sku=ref.sku)


def _pictures(listing: Listing) -> tuple[str, ...]:
    """Tiki fetches pictures itself, long after the create was accepted: a path on our disk would be refused too late."""
    private = [one for one in listing.images if not one.startswith(("https://", "http://"))]
    if private or not listing.images:
        what = f"not public: {', '.join(private)}" if private else "there is none"
        raise RejectedError(f"Tiki needs pictures with a public web address ({what})", marketplace="tiki", code="image")
    return listing.images
