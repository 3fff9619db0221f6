"""Items and models as offers of the world: which are a shop's, what state they show, how a listing is written into one."""

from datetime import timedelta
from typing import Any

from sandbox.shopee import read
from sandbox.shopee.call import MARKET, Call
from sandbox.shopee.refusal import Refusal
from sandbox.shopee.rules import NORMAL_DAYS_TO_SHIP
from sandbox.world import Offer, OfferState

READABLE_AFTER_DELETION = timedelta(days=90)
STATUS = {
    OfferState.PENDING: "REVIEWING",
    OfferState.LIVE: "NORMAL",
    OfferState.HIDDEN: "UNLIST",
    OfferState.REJECTED: "BANNED",
    OfferState.BANNED: "BANNED",
    OfferState.DELETED: "SELLER_DELETE",
}
ITEM_STATUSES = frozenset({"NORMAL", "BANNED", "UNLIST", "REVIEWING", "SELLER_DELETE", "SHOPEE_DELETE"})
CARRIED = (
    "item_name",
    "description",
    "description_type",
    "weight",
    "dimension",
    "category_id",
    "image",
    "logistic_info",
    "attribute_list",
    "brand",
    "condition",
    "item_sku",
    "pre_order",
    "gtin_code",
)


def all_items(call: Call) -> list[Offer]:
    """The shop's items, oldest first; models and what was deleted over 90 days ago are not among them."""
    offers = call.world.offers(MARKET, call.shop.world_name)
    return [offer for offer in offers if "model_of" not in offer.extra and _is_readable(call, offer)]


def find(call: Call, item_id: int) -> Offer | None:
    offer = call.world.offer(MARKET, item_id)
    if offer is None or offer.shop != call.shop.world_name or "model_of" in offer.extra:
        return None
    return offer if _is_readable(call, offer) else None


def editable(call: Call, item_id: int) -> Offer:
    offer = find(call, item_id)
    if offer is None or offer.state is OfferState.DELETED:
        raise Refusal("error_item_not_found", "Product not found.")
    return offer


def models(call: Call, item: Offer) -> list[Offer]:
    """The item's models in the order they were added; none for a plain item."""
    offers = (call.world.offer(MARKET, model_id) for model_id in item.extra["model_ids"])
    return [offer for offer in offers if offer is not None and offer.state is not OfferState.DELETED]


def tier_variation(item: Offer) -> list[dict[str, Any]]:
    tiers: list[dict[str, Any]] = item.extra["tiers"]
    return tiers


def payload(item: Offer) -> dict[str, Any]:
    """The listing as last sent, add_item's fields without price, stock and status."""
    fields: dict[str, Any] = item.extra["item"]
    return fields


def carried(body: dict[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name in CARRIED if name in body}


def write(offer: Offer, fields: dict[str, Any]) -> None:
    """Make the offer what the listing says."""
    offer.title = fields["item_name"]
    offer.description = fields["description"]
    offer.sku = fields.get("item_sku", "")
    offer.images = list(fields["image"]["image_id_list"])
    offer.weight_g = grams(fields)
    offer.extra["item"] = fields


def grams(fields: dict[str, Any]) -> int:
    return int(read.number(fields, "weight") * 1000)


def set_state(call: Call, item: Offer, state: OfferState) -> None:
    """A model lives and dies with its item."""
    for offer in (item, *models(call, item)):
        offer.state = state
        call.world.touch(offer)


def original_price_vnd(offer: Offer) -> int:
    """The seller's price; a running promotion sells below it."""
    return offer.price_vnd if offer.list_price_vnd is None else offer.list_price_vnd


def has_promotion(offer: Offer) -> bool:
    return original_price_vnd(offer) > offer.price_vnd


def _is_readable(call: Call, offer: Offer) -> bool:
    return offer.state is not OfferState.DELETED or call.now < offer.updated_at + READABLE_AFTER_DELETION


def pre_order(fields: dict[str, Any]) -> dict[str, Any]:
    sent = fields.get("pre_order", {"is_pre_order": False})
    return {"is_pre_order": sent["is_pre_order"], "days_to_ship": sent.get("days_to_ship", NORMAL_DAYS_TO_SHIP)}
