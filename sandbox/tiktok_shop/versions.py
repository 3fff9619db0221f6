"""Making offers of the world what a version of a product says."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sandbox.tiktok_shop import read
from sandbox.tiktok_shop.call import MARKET
from sandbox.tiktok_shop.shelf import FIRST_SKU_ID, FIRST_VALUE_ID, Product, Version
from sandbox.world import Offer, OfferState, World


def apply(world: World, product: Product, version: Version) -> None:
    """The version is the product from now on; SKUs it does not name are gone."""
    product.fields, product.waiting = version.fields, None
    named = [int(row["id"]) for row in version.rows]
    for sku_id in product.sku_ids:
        offer = world.offer(MARKET, sku_id)
        if offer is not None and sku_id not in named:
            _end(world, offer)
    product.sku_ids = named
    state = _state(world, product)
    for row in version.rows:
        offer = world.offer(MARKET, int(row["id"]))
        if offer is not None:
            _write(product, offer, row)
            offer.state = state
            world.touch(offer)


def drop(world: World, product: Product, still_named: Collection[int] = ()) -> None:
    """The version under review is no more: SKUs that only it had are gone, but for those a newer one names."""
    rows = product.waiting.rows if product.waiting is not None else []
    product.waiting = None
    for sku_id in (int(row["id"]) for row in rows):
        offer = world.offer(MARKET, sku_id)
        if offer is not None and sku_id not in product.sku_ids and sku_id not in still_named:
            _end(world, offer)


def new_offer(world: World, product: Product, fields: dict[str, Any], row: dict[str, Any]) -> Offer:
    """A SKU that waits for its review; `row` gets its id."""
    sku_id = world.counter("tiktok_shop.sku", FIRST_SKU_ID)
    row["id"] = str(sku_id)
    offer = world.add_offer(
        MARKET,
        product.shop,
        read.text(row, "seller_sku", ""),
        fields["title"],
        fields["description"],
        int(Decimal(row["price"]["amount"])),  # checked: whole đồng
        row["inventory"][0]["quantity"],
        state=OfferState.PENDING,
        offer_id=sku_id,
        extra={"product_id": product.product_id, "row": kept(row)},
    )
    _write(product, offer, row, fields)
    return offer


def name_values(world: World, rows: list[dict[str, Any]]) -> None:
    """Own values of sales attributes get an id; those of one text share it."""
    ids: dict[tuple[str, str], str] = {}
    for row in rows:
        for one in read.rows(row, "sales_attributes"):
            one.setdefault("id", "100000")
            key = (one["id"], one.get("value_name", ""))
            if "value_id" not in one:
                one["value_id"] = ids.get(key) or str(world.counter("tiktok_shop.value", FIRST_VALUE_ID))
            ids[key] = one["value_id"]


def _state(world: World, product: Product) -> OfferState:
    """SKUs that join a product are in the state it is in."""
    offers = (world.offer(MARKET, sku_id) for sku_id in product.sku_ids)
    states = [offer.state for offer in offers if offer is not None]
    return next((state for state in states if state is not OfferState.PENDING), OfferState.PENDING)


def _write(product: Product, offer: Offer, row: dict[str, Any], fields: dict[str, Any] | None = None) -> None:
    said = product.fields if fields is None else fields
    offer.title, offer.description = said["title"], said["description"]
    offer.sku = read.text(row, "seller_sku", "")
    offer.images = [image["uri"] for image in said["main_images"]]
    offer.weight_g = int(Decimal(said["package_weight"]["value"]) * 1000)
    offer.extra["row"] = kept(row)


def kept(row: dict[str, Any]) -> dict[str, Any]:
    """What a SKU's row says besides price and stock, which live on the offer."""
    return {name: value for name, value in row.items() if name not in {"price", "inventory"}}


def _end(world: World, offer: Offer) -> None:
    offer.state = OfferState.DELETED
    world.touch(offer)
