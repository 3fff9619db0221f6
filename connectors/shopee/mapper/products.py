"""A listing of ours to an item of theirs, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.listing import Listing
from catalog.product import PackSize
from connectors.errors import UnexpectedAnswerError
from connectors.facts.listing import ListingState, ReportedListing
from connectors.shopee.attributes import answer
from connectors.shopee.payloads.listings import BaseInfo
from connectors.shopee.payloads.products import (
    AddItem,
    Dimension,
    ImageIds,
    LogisticInfo,
    PreOrder,
    SellerStock,
    UpdateItem,
)
from connectors.shopee.reference import Shelf

NO_GTIN = "00"
MM_PER_CM = 10
GRAMS_PER_KG = 1000

STATES = {
    "NORMAL": ListingState.LIVE,
    "REVIEWING": ListingState.PENDING,
    "UNLIST": ListingState.HIDDEN,
    "BANNED": ListingState.BANNED,
    "SELLER_DELETE": ListingState.DELETED,
    "SHOPEE_DELETE": ListingState.DELETED,
}


@dataclass(frozen=True)
class Placement:
    """What an item needs besides the listing: its shelf, its shipping channels, its uploaded pictures."""

    shelf: Shelf
    channel_ids: Sequence[int]
    image_ids: Sequence[str]


def to_add_item(listing: Listing, placement: Placement) -> AddItem:
    """A new item, on sale at once. Raises RejectedError when a mandatory attribute has no known value."""
    return AddItem(
        **_content(listing, placement),
        original_price=float(listing.price_vnd),
        item_status="NORMAL",
        seller_stock=[SellerStock(stock=listing.stock)],
    )


def to_update_item(item_id: str, listing: Listing, placement: Placement) -> UpdateItem:
    """The content of an item that exists. Price, stock and being on sale have calls of their own."""
    return UpdateItem(**_content(listing, placement), item_id=int(item_id))


def _content(listing: Listing, placement: Placement) -> dict[str, Any]:
    """The fields of ItemContent."""
    return {
        "item_name": listing.title,
        "description": listing.description,
        "description_type": "normal",
        "weight": listing.shipping_weight_g / GRAMS_PER_KG,
        "dimension": _dimension(listing.shipping_size),
        "category_id": placement.shelf.category_id,
        "image": ImageIds(image_id_list=list(placement.image_ids)),
        "logistic_info": [LogisticInfo(logistic_id=one, enabled=True, is_free=False) for one in placement.channel_ids],
        "attribute_list": answer(placement.shelf.mandatory, listing),
        "brand": placement.shelf.no_brand,
        "condition": "NEW",
        "item_sku": listing.sku,
        "pre_order": PreOrder(is_pre_order=False),
        "gtin_code": NO_GTIN if listing.gtin is None else listing.gtin,
    }


def _dimension(size: PackSize | None) -> Dimension | None:
    """Whole centimetres, rounded up: a box is never smaller than it is."""
    if size is None:
        return None
    length, width, height = (-(-mm // MM_PER_CM) for mm in (size.length_mm, size.width_mm, size.height_mm))
    return Dimension(package_length=length, package_width=width, package_height=height)


def to_state(item_status: str) -> ListingState:
    """Their status in our words. A status we do not know is loud."""
    if item_status not in STATES:
        raise UnexpectedAnswerError("an item status we do not know", marketplace="shopee", code=item_status)
    return STATES[item_status]


def to_reported(info: BaseInfo, shop_url: str, reason: str | None = None) -> ReportedListing:
    """Price and stock are the seller's own; None where the item has models, which we never create."""
    return ReportedListing(
        sku=info.item_sku or None,
        external_id=info.item_id,
        state=to_state(info.item_status),
        raw_state=info.item_status,
        title=info.item_name,
        price_vnd=info.price_info[0].original_price if info.price_info else None,
        stock=info.stock_info_v2.summary_info.total_available_stock if info.stock_info_v2 else None,
        url=f"{shop_url}/{info.item_id}",
        reason=reason,
    )
