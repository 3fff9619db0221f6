"""A product as the Open API shows it (tiki.md section 6.5, read 2026-11-24)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.tiki.attributes import BY_CODE
from sandbox.tiki.moments import to_text
from sandbox.tiki.seller import MARKET
from sandbox.tiki.shelves import CATEGORIES, Category
from sandbox.world import Offer, OfferState, OrderState, World

INCLUDABLE = frozenset({"seller", "categories", "inventory", "attributes", "images"})


def reserved(world: World, shop: str) -> Counter[int]:
    """Pieces of each offer that are sold and still on the shelf: ordered, not shipped."""
    waiting = {OrderState.UNPAID, OrderState.PAID}
    pieces: Counter[int] = Counter()
    for order in world.orders(MARKET, shop):
        if order.state in waiting:
            for line in order.lines:
                pieces[line.offer_id] += line.quantity
    return pieces


def product_json(
    offer: Offer, parts: frozenset[str], held: Mapping[int, int], seller: dict[str, Any]
) -> dict[str, Any]:
    """Always the head; of `parts` only what was asked for. `held` is `reserved`'s answer."""
    shown: dict[str, Any] = _head(offer)
    if "inventory" in parts:
        shown["inventory"] = _inventory(offer, held.get(offer.offer_id, 0))
    if "images" in parts:
        shown["images"] = images_json(offer.offer_id, offer.images)
    if "categories" in parts:
        shown["categories"] = categories_json(CATEGORIES[offer.extra["category_id"]])
    if "attributes" in parts:
        shown["attributes"] = attributes_json(offer.extra["attributes"])
    if "seller" in parts:
        shown["seller"] = seller
    return shown


def detail_json(offer: Offer, parts: frozenset[str], held: Mapping[int, int], seller: dict[str, Any]) -> dict[str, Any]:
    """The same with `id` in the place of `product_id`, as v2.1 writes it."""
    shown = product_json(offer, parts, held, seller)
    return {"id": shown.pop("product_id"), **shown}


def is_active(offer: Offer) -> bool:
    return offer.state is OfferState.LIVE


def _head(offer: Offer) -> dict[str, Any]:
    extra = offer.extra
    is_configurable = extra["is_configurable"]
    return {
        "product_id": offer.offer_id,
        "sku": extra["sku"],
        "original_sku": offer.sku,
        "name": offer.title,
        "master_id": extra["master_id"],
        "master_sku": extra["master_sku"],
        "super_id": extra["page_id"] if is_configurable else 0,
        "super_sku": extra["page_sku"] if is_configurable else "",
        "active": int(is_active(offer)),
        "is_hidden": offer.state is OfferState.BANNED,
        "type": "simple",
        "entity_type": "seller_simple",
        "price": offer.price_vnd,
        "market_price": offer.list_price_vnd,
        "version": extra["version"],
        "created_at": to_text(offer.created_at),
        "updated_at": to_text(offer.updated_at),
        "created_by": "ocop@example.vn",
        "thumbnail": offer.images[0],
    }


def _inventory(offer: Offer, held: int) -> dict[str, Any]:
    """The shelf holds what may still be sold plus what is reserved; selling takes from `quantity_sellable`."""
    stock = {
        "warehouse_id": offer.extra["warehouse_id"],
        "quantity": 0,
        "quantity_available": offer.stock + held,
        "quantity_reserved": held,
        "quantity_sellable": offer.stock,
    }
    kinds = {"inventory_type": offer.extra["inventory_type"], "fulfillment_type": offer.extra["fulfillment_type"]}
    return {**kinds, "warehouse_stocks": [stock]}


def images_json(number: int, addresses: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": number * 100 + position,
            "url": address,
            "path": f"product/{number}-{position}.jpg",
            "position": position,
            "label": None,
            "is_gallery": True,
        }
        for position, address in enumerate(addresses)
    ]


def categories_json(category: Category) -> list[dict[str, Any]]:
    key = {"url_key": category.url_key, "is_primary": category.is_primary}
    return [{"id": category.category_id, "name": category.name, **key}]


def attributes_json(answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        code: {
            "attribute_code": code,
            "value": answer,
            "input_type": BY_CODE[code].input_type if code in BY_CODE else "text",
        }
        for code, answer in answers.items()
    }
