"""A product as /products/get and /product/item/get print it (Lazada Open Platform reference, read 2026-11-24)."""

from collections import Counter
from datetime import datetime
from typing import Any

from sandbox.lazada.addresses import page_url
from sandbox.lazada.call import Call, epoch_ms
from sandbox.lazada.pricing import Tag, tag_of
from sandbox.lazada.shelf import Item, shop_sku, status_of
from sandbox.things import VIETNAM
from sandbox.world import Offer, OfferState

Reserved = tuple[Counter[int], Counter[int]]
CAMEL = {
    "item_id": "itemId",
    "primary_category": "primaryCategory",
    "created_time": "createdTime",
    "updated_time": "updatedTime",
}


def product(call: Call, item: Item, reserved: Reserved) -> dict[str, Any]:
    offers = call.shelf.offers(item)
    status, sub_status = status_of(offers)
    return {
        "item_id": item.item_id,
        "primary_category": item.category_id,
        "status": status,
        "subStatus": sub_status,
        "created_time": str(epoch_ms(created_at(offers))),
        "updated_time": str(epoch_ms(updated_at(offers))),
        "trialProduct": False,
        "images": item.images,
        "marketImages": [],
        "attributes": {**item.fields, "source": "api"},
        "rejectReason": reasons(item, offers),
        "suspendedSkus": [],
        "hiddenStatus": None,
        "hiddenReason": None,
        "skus": [
            _sku(call, offer, reserved)
            for offer in offers
            if offer.state is not OfferState.DELETED or status == "Deleted"
        ],
    }


def camel(shown: dict[str, Any]) -> dict[str, Any]:
    """The older answer's names."""
    return {CAMEL.get(name, name): value for name, value in shown.items()} | {"productImageList": shown["images"]}


def created_at(offers: list[Offer]) -> datetime:
    return min(offer.created_at for offer in offers)


def updated_at(offers: list[Offer]) -> datetime:
    return max(offer.updated_at for offer in offers)


def reasons(item: Item, offers: list[Offer]) -> list[dict[str, str]]:
    """Quality control's own, and what the marketplace's staff said later."""
    said = [offer.extra["reason"] for offer in offers if offer.extra.get("reason")]
    suspended = {OfferState.BANNED, OfferState.REJECTED}
    if not any(offer.state in suspended for offer in offers):
        return []
    return item.reasons + [{"suggestion": "", "violationDetail": one} for one in dict.fromkeys(said)]


def _sku(call: Call, offer: Offer, reserved: Reserved) -> dict[str, Any]:
    tag = tag_of(offer)
    facts = offer.extra.get("facts", {"saleProp": {}})
    return {
        "SkuId": offer.offer_id,
        "SellerSku": offer.sku,
        "ShopSku": shop_sku(offer),
        "Status": _status(offer),
        "Url": page_url(call.world, offer),
        "quantity": offer.stock,
        "Available": offer.stock,
        "price": float(tag.price_vnd),
        **_special(tag),
        **facts,
        "Images": offer.extra.get("images", []),
        "multiWarehouseInventories": [_warehouse(offer, reserved)],
        "fblWarehouseInventories": [],
        "channelInventories": [],
    }


def _status(offer: Offer) -> str:
    if offer.state is OfferState.PENDING:
        return "inactive" if offer.extra.get("switched_off") else "active"
    return {OfferState.LIVE: "active", OfferState.DELETED: "deleted"}.get(offer.state, "inactive")


def _special(tag: Tag) -> dict[str, Any]:
    """A special price of 0 is none."""
    shown: dict[str, Any] = {"special_price": float(tag.special_vnd or 0)}
    for end, moment in (("from", tag.begins), ("to", tag.ends)):
        if tag.special_vnd and moment:
            local = moment.astimezone(VIETNAM)
            shown |= {f"special_{end}_date": f"{local:%Y-%m-%d}", f"special_{end}_time": f"{local:%Y-%m-%d %H:%M}"}
    return shown | {"special_time_format": "yyyy-MM-dd HH:mm"}


def _warehouse(offer: Offer, reserved: Reserved) -> dict[str, Any]:
    withheld, occupied = (held[offer.offer_id] for held in reserved)
    return {
        "warehouseCode": "dropshipping",
        "quantity": offer.stock,
        "totalQuantity": offer.stock + withheld + occupied,
        "sellableQuantity": offer.stock,
        "occupyQuantity": occupied,
        "withholdQuantity": withheld,
    }
