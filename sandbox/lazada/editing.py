"""POST /product/update and /images/set (Lazada Open Platform reference, edit pages, read 2026-11-24).

What is not sent stays; pictures are replaced as a set. A product that quality control refused goes there again after an edit.
"""

from dataclasses import replace

from sandbox.lazada import checks, documents, making, pricing, products, quality, sku_checks
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.documents import Node
from sandbox.lazada.refusal import business
from sandbox.lazada.shelf import Item, status_of
from sandbox.world import Offer, OfferState

STATUSES = frozenset({"active", "inactive", "deleted"})


def update(call: Call) -> Answer:
    """Everything is judged before anything is changed."""
    node = documents.product(call.text("payload"))
    item = products.item(call, documents.text(node, "ItemId"))
    if "Attributes" not in node:
        raise business(1, "Parameter Attributes is mandatory, though it may be empty", field="Attributes")
    checks.names("Update", node)
    offers = products.alive(call, item)
    if any(offer.state is OfferState.BANNED for offer in offers):
        raise business(4128, "The product is locked by the platform", field="ItemId")
    category_id = checks.category(node) if "PrimaryCategory" in node else item.category_id
    given = item.fields | making.attributes_in(node)
    checks.fields("Update", category_id, given)
    images = checks.images(documents.items(node, "Images")) or item.images
    rows = [_judged(call, item, row, sku_checks.axes(category_id, node)) for row in documents.skus(node)]
    item.category_id, item.fields, item.images = category_id, given, images
    for offer, row, axes in rows:
        _apply(call, offer, row, axes)
    _show(call, item)
    return Answer({"item_id": item.item_id, "item_status": status_of(call.shelf.offers(item))[0]})


def _judged(call: Call, item: Item, row: Node, axes: frozenset[str]) -> tuple[Offer, Node, frozenset[str]]:
    offer = products.sku(call, item, documents.text(row, "SkuId"), documents.text(row, "SellerSku"))
    if strange := sorted(row.keys() - sku_checks.OWN_NAMES):
        raise checks.failed("Update", strange[0], "BIZ_CHECK_ATTRIBUTE_UNKNOWN:a SKU has no such attribute", offer.sku)
    if documents.text(row, "SellerSku") not in {None, offer.sku}:
        raise business(5, "SellerSku cannot be changed", field="SellerSku", seller_sku=offer.sku)
    if documents.text(row, "Status") not in {None, *STATUSES}:
        raise business(36, f"Invalid Status: {row['Status']}", field="Status", seller_sku=offer.sku)
    merged = offer.extra.get("facts", {}) | row
    if row.keys() & set(sku_checks.PACKAGE):
        sku_checks.package("Update", merged, offer.sku)
    sku_checks.facts(row, offer.sku, axes)
    checks.images(documents.items(row, "Images"), offer.sku)
    _new_tag(offer, row)
    if (quantity := documents.text(row, "quantity")) is not None:
        pricing.quantity(quantity, offer.sku)
    return offer, row, axes


def _apply(call: Call, offer: Offer, row: Node, axes: frozenset[str]) -> None:
    pricing.put_tag(call.world, offer, _new_tag(offer, row))
    if (quantity := documents.text(row, "quantity")) is not None:
        offer.stock = int(quantity)  # what can be sold, not the total
    kept = offer.extra.get("facts", {"saleProp": {}})
    new = sku_checks.facts(row, offer.sku, axes)
    offer.extra["facts"] = kept | new | {"saleProp": new["saleProp"] or kept["saleProp"]}
    if "package_weight" in new:
        offer.weight_g = int(float(new["package_weight"]) * 1000)
    if images := documents.items(row, "Images"):
        offer.extra["images"] = [str(url) for url in images]
    _set_status(call, offer, documents.text(row, "Status"))


def _new_tag(offer: Offer, row: Node) -> pricing.Tag:
    tag = pricing.tag_of(offer)
    if (raw := documents.text(row, "price")) is not None:
        tag = replace(tag, price_vnd=pricing.price(raw, offer.sku))
    if (raw := documents.text(row, "special_price")) is not None:
        begins = pricing.day(documents.text(row, "special_from_date"), offer.sku)
        ends = pricing.day(documents.text(row, "special_to_date"), offer.sku, end=True)
        tag = replace(tag, special_vnd=pricing.price(raw, offer.sku, "special_price"), begins=begins, ends=ends)
    return pricing.checked(tag, offer.sku)


def _set_status(call: Call, offer: Offer, status: str | None) -> None:
    if status == "active":
        products.switch_on(call, offer)
    elif status == "inactive":
        products.switch_off(call, offer)
    elif status == "deleted":
        products.delete(call, offer)


def _show(call: Call, item: Item) -> None:
    """Make the SKUs what their product says, and send a refused one to quality control again."""
    offers = products.alive(call, item)
    for offer in offers:
        offer.title = item.fields["name"]
        offer.description = item.fields.get("description", "")
        offer.images = offer.extra.get("images") or item.images
        call.world.touch(offer)
    if any(offer.state is OfferState.REJECTED for offer in offers):
        quality.submit(call, item)


def set_images(call: Call) -> Answer:
    """Replaces the pictures of the SKUs named."""
    rows = documents.skus(documents.product(call.text("payload")))
    asked = [(products.sku(call, None, documents.text(row, "SkuId")), documents.items(row, "Images")) for row in rows]
    checked = [(offer, checks.images(urls, offer.sku)) for offer, urls in asked]
    for offer, urls in checked:
        offer.extra["images"] = offer.images = urls
        call.world.touch(offer)
    return Answer({})


ROUTES = {
    "/product/update": Route("POST", update, writes=True),
    "/images/set": Route("POST", set_images, writes=True),
}
