"""GET /products/get, /product/item/get and the wrong-category alert (Lazada Open Platform reference, read 2026-11-24)."""

from datetime import datetime

from sandbox.lazada import product_views
from sandbox.lazada.call import Answer, Call, Route
from sandbox.lazada.refusal import Refusal, business
from sandbox.lazada.rules import MARKET
from sandbox.lazada.shelf import Item, status_of
from sandbox.world import Offer, OfferState

FILTERS = frozenset({"all", "live", "inactive", "deleted", "pending", "rejected", "sold-out"})
MOST, DEEPEST, MOST_SELLER_SKUS = 50, 10_000, 100

Window = tuple[datetime | None, datetime | None]


def products(call: Call) -> Answer:
    """Oldest first. Deleted ones are shown to who asks for them."""
    wanted = call.text("filter")
    if wanted not in FILTERS:
        raise business(36, f'"{wanted}" Invalid Status Filter', field="filter")
    limit = call.integer("limit", 1, MOST, 20, code=19)
    offset = call.integer("offset", 0, DEEPEST, 0, code=14)
    created, updated = _window(call, "create"), _window(call, "update")
    candidates = [(item, call.shelf.offers(item)) for item in _candidates(call)]
    found = [
        item
        for item, offers in candidates
        if _matches(wanted, offers)
        and _is_in(product_views.created_at(offers), created)
        and _is_in(product_views.updated_at(offers), updated)
    ]
    page = found[offset : offset + limit]
    reserved = call.book.reserved()
    shown = [product_views.product(call, item, reserved) for item in page]
    return Answer({"total_products": len(found), "products": shown})


def one(call: Call) -> Answer:
    if call.optional("item_id") is None and call.optional("seller_sku") is not None:
        raise business(4193, "item_id is required, seller_sku is no longer supported", field="item_id")
    item_id = call.integer("item_id", 1, 10**18)
    item = call.shelf.item(item_id)
    if item is None:
        if any(shelf.item(item_id) for shelf in call.backstage.shelves.values()):
            raise Refusal("EDIT_ITEM_NOT_BELONG_SELLER", f"Item {item_id} does not belong to this seller")
        raise business(208, f"Item {item_id} not found", field="item_id")
    shown = product_views.product(call, item, call.book.reserved())
    return Answer(product_views.camel(shown) if call.rules.camel_case_item else shown)


def alerts(_: Call) -> Answer:
    """Nothing here is ever about to be taken off sale for its category."""
    return Answer([])


def _candidates(call: Call) -> list[Item]:
    """All of the shop's, or those with the SellerSkus asked for."""
    if call.optional("sku_seller_list") is None:
        return call.shelf.items()
    names = call.array("sku_seller_list", 39)
    if len(names) > MOST_SELLER_SKUS:
        raise business(38, "Too many SellerSkus", field="sku_seller_list")
    offers = [offer for name in names for offer in call.world.namesakes(MARKET, call.seller.world_name, str(name))]
    ids = {offer.offer_id for offer in offers}
    return [item for item in call.shelf.items() if ids.intersection(item.sku_ids)]


def _window(call: Call, what: str) -> Window:
    return call.moment(f"{what}_after"), call.moment(f"{what}_before")


def _is_in(moment: datetime, window: Window) -> bool:
    """An end that is None is open."""
    after, before = window
    return (after is None or moment >= after) and (before is None or moment <= before)


def _matches(wanted: str, offers: list[Offer]) -> bool:
    status, sub_status = status_of(offers)
    if wanted == "all":
        return status != "Deleted"
    if wanted == "sold-out":
        return status == "Active" and all(offer.stock == 0 for offer in offers if offer.state is OfferState.LIVE)
    return {
        "live": status == "Active",
        "inactive": status == "InActive",
        "deleted": status == "Deleted",
        "pending": status == "Pending QC",
        "rejected": sub_status is not None,
    }[wanted]


ROUTES = {
    "/products/get": Route("GET", products),
    "/product/item/get": Route("GET", one),
    "/product/qc/alert/list": Route("GET", alerts),
}
