"""POST /product/create: one product and all its SKUs (Lazada Open Platform reference, create page, read 2026-11-24)."""

from typing import Any

from sandbox.lazada import checks, documents, pricing, quality, sku_checks
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.documents import Node
from sandbox.lazada.refusal import Refusal, business
from sandbox.lazada.rules import MARKET
from sandbox.lazada.shelf import Item, shop_sku, status_of
from sandbox.lazada.sku_checks import Variant
from sandbox.world import Offer, OfferState

FIRST_ITEM_ID = 2_100_000_001
FIRST_SKU_ID = 11_000_000_001


def create(call: Call) -> Answer:
    node = documents.product(call.text("payload"))
    checks.names("Create", node)
    category_id = checks.category(node)
    given = attributes_in(node)
    checks.fields("Create", category_id, given)
    images = checks.images(documents.items(node, "Images"))
    variants = _variants(call, node, category_id)
    if not images and not variants[0].images:
        raise business(4139, "Main image is mandatory", field="Images")
    _check_room(call)
    item = Item(call.world.counter("lazada.item", FIRST_ITEM_ID), category_id, given, images)
    offers = [put_on_shelf(call, item, one) for one in variants]
    quality.submit(call, item)
    return Answer(
        {
            "item_id": item.item_id,
            "item_status": status_of(offers)[0],
            "sku_list": [_created(offer) for offer in offers],
        }
    )


def attributes_in(node: Node) -> dict[str, str]:
    """The `Attributes` node as text; it must be there, though it may be empty. Several values are joined by commas."""
    given = node.get("Attributes") or {}
    if not isinstance(given, dict):
        raise business(1001, "Attributes must be an object", field="Attributes")
    texts = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in given.items()}
    read = {name: documents.text(texts, name) for name in texts}
    return {name: value for name, value in read.items() if value is not None}


def put_on_shelf(call: Call, item: Item, new: Variant) -> Offer:
    """One more SKU of a product, not yet on sale."""
    offer = call.world.add_offer(
        MARKET,
        call.seller.world_name,
        new.seller_sku,
        item.fields["name"],
        item.fields.get("description", ""),
        new.tag.price_vnd,
        new.stock,
        state=OfferState.PENDING,
        weight_g=new.weight_g,
        images=new.images or item.images,
        offer_id=call.world.counter("lazada.sku", FIRST_SKU_ID),
        extra={"item": item, "facts": new.facts, "images": new.images},
    )
    item.sku_ids.append(offer.offer_id)
    pricing.put_tag(call.world, offer, new.tag)
    return offer


def _variants(call: Call, node: Node, category_id: int) -> list[Variant]:
    rows = documents.skus(node)
    if not rows:
        raise business(1, "Parameter Skus is mandatory", field="Skus")
    if len(rows) > call.rules.skus_per_product:
        raise Refusal("513", "E513: The call timed out, send fewer SKUs", "SYSTEM")
    axes = sku_checks.axes(category_id, node)
    variants = [sku_checks.variant("Create", row, axes) for row in rows]
    sku_checks.together(variants)
    for one in variants:
        if call.world.offer_by_sku(MARKET, call.seller.world_name, one.seller_sku) is not None:
            raise business(4105, "SellerSku already exists", field="SellerSku", seller_sku=one.seller_sku)
    return variants


def _check_room(call: Call) -> None:
    if len(call.shelf.items()) < call.rules.active_products:
        return  # not even with the ones that are off sale
    active = {offer.extra["item"].item_id for offer in call.shelf.live()}
    if len(active) >= call.rules.active_products:
        raise business(4148, f"The limit of {call.rules.active_products} active products is reached")


def _created(offer: Offer) -> dict[str, Any]:
    return {"seller_sku": offer.sku, "sku_id": offer.offer_id, "shop_sku": shop_sku(offer)}


ROUTES = {"/product/create": Route("POST", create, writes=True)}
