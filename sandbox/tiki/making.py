"""From an approved request to offers: every variant becomes a product of its own (tiki.md section 6.1, read 2026-11-24).

Ids: a simple product has one catalogue page (`page_id` = `master_id`); the variants of a configurable one share the page
(`page_id` = `super_id`) and each has its own `master_id`. The offer's id is the `product_id` of the API and the `spid` of the pages.
"""

from typing import Any

from sandbox.tiki import attributes
from sandbox.tiki.seller import MARKET
from sandbox.tiki.submissions import Submission
from sandbox.world import Offer, OfferState, World

FULFILMENT = {  # inventory_type sold as -> (inventory_type shown, fulfillment_type)
    "dropship": ("backorder", "dropship"),
    "instock": ("instock", "tiki_delivery"),
    "cross_border": ("backorder", "cross_border"),
    "seller_backorder": ("backorder", "seller_delivery"),
}


def create(world: World, shop: str, submission: Submission) -> None:
    """Put every variant on sale, or inactive when auto turn-on was not asked for."""
    draft = submission.payload
    is_configurable = bool(draft["option_attributes"])
    page_id = _next_id(world)
    page = {
        "track_id": submission.track_id,
        "request_id": submission.request_id,
        "page_id": page_id,
        "is_configurable": is_configurable,
        "page_name": draft["name"],
        "page_sku": _tiki_sku(world),
        "category_id": draft["category_id"],
        "option_attributes": list(draft["option_attributes"]),
        "version": 1,
    }
    for variant in draft["variants"]:
        master_id = _next_id(world) if is_configurable else page_id
        offer = _create_one(world, shop, draft, variant, page | {"master_id": master_id})
        submission.offer_ids.append(offer.offer_id)


def _create_one(world: World, shop: str, draft: dict[str, Any], variant: dict[str, Any], page: dict[str, Any]) -> Offer:
    inventory_type, fulfilment = FULFILMENT[variant["inventory_type"]]
    options = [variant[f"option{n}"] for n in range(1, len(draft["option_attributes"]) + 1)]
    is_on = bool(draft.get("meta_data", {}).get("is_auto_turn_on"))
    return world.add_offer(
        MARKET,
        shop,
        variant["sku"],
        " - ".join([draft["name"], *options]),
        draft["description"],
        variant["price"],
        sum(stock["qtyAvailable"] for stock in variant["warehouse_stocks"]),
        list_price_vnd=variant.get("market_price") or draft["market_price"],
        state=OfferState.LIVE if is_on else OfferState.HIDDEN,
        weight_g=attributes.weight_g(draft["attributes"]),
        images=pictures(variant) or pictures(draft),
        offer_id=_next_id(world),
        extra=page
        | {
            "sku": _tiki_sku(world),
            "master_sku": page["page_sku"] if not page["is_configurable"] else _tiki_sku(world),
            "attributes": dict(draft["attributes"]),
            "options": options,
            "inventory_type": inventory_type,
            "fulfillment_type": fulfilment,
            "warehouse_id": int(variant["seller_warehouse"].split(",")[0]),
        },
    )


def change(world: World, offer: Offer, wanted: dict[str, Any]) -> None:
    """Carry out an approved `updateProductInfo`: only what was sent changes; `description` travels inside `attributes`."""
    answers = dict(wanted.get("attributes") or {})
    offer.title = answers.pop("name", None) or wanted.get("name") or offer.title
    offer.description = answers.pop("description", None) or wanted.get("description") or offer.description
    offer.list_price_vnd = wanted.get("market_price") or offer.list_price_vnd
    offer.extra["attributes"] |= answers
    offer.weight_g = attributes.weight_g(offer.extra["attributes"])
    offer.images = pictures(wanted) or offer.images
    touch(world, offer)


def touch(world: World, offer: Offer) -> None:
    offer.extra["version"] += 1
    world.touch(offer)


def pictures(holder: dict[str, Any]) -> list[str]:
    """The avatar first, then the gallery, each once."""
    found = [holder.get("image"), *(holder.get("images") or ())]
    return list(dict.fromkeys(address for address in found if address))


def _next_id(world: World) -> int:
    """Products and catalogue pages share one row of numbers."""
    return world.counter("tiki product", 279_000_121)


def _tiki_sku(world: World) -> str:
    """Tiki's own 13-digit SKU, nothing to do with the seller's."""
    return str(world.counter("tiki sku", 2_600_000_000_012))
