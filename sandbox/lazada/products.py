"""Finding what a call names, and the states it moves between (Lazada Open Platform reference, product pages, read 2026-11-24)."""

from sandbox.lazada import documents
from sandbox.lazada.call import Call
from sandbox.lazada.refusal import Refusal, business
from sandbox.lazada.shelf import Item, item_of
from sandbox.world import Offer, OfferState

OFFLINE = frozenset({OfferState.HIDDEN, OfferState.REJECTED, OfferState.BANNED, OfferState.DELETED})


def item(call: Call, raw: str | None, field: str = "ItemId") -> Item:
    """The seller's own product that is not deleted."""
    if raw is None:
        raise business(1, f"Parameter {field} is mandatory", field=field)
    number = documents.whole(raw)
    found = call.shelf.item(number) if number else None
    if found is not None and alive(call, found):
        return found
    if found is None and number and any(shelf.item(number) for shelf in call.backstage.shelves.values()):
        raise Refusal("EDIT_ITEM_NOT_BELONG_SELLER", f"Item {raw} does not belong to this seller")
    raise business(208, f"Item {raw} not found", field=field)


def alive(call: Call, product: Item) -> list[Offer]:
    return [offer for offer in call.shelf.offers(product) if offer.state is not OfferState.DELETED]


def sku(call: Call, product: Item | None, raw: str | None, seller_sku: str | None = None) -> Offer:
    """One SKU, of that product when one is given. A SellerSku alone names nothing any more."""
    if raw is None and seller_sku is not None:
        raise business(
            4193, "SkuId is required, SellerSku is no longer supported", field="SkuId", seller_sku=seller_sku
        )
    if raw is None:
        raise business(4216, "SkuId is mandatory", field="SkuId")
    number = documents.whole(raw)
    found = call.shelf.sku(number) if number else None
    if found is None or found.state is OfferState.DELETED or (product and item_of(found) is not product):
        raise business(207, f"SkuId {raw} not found", field="SkuId")
    return found


def switch_off(call: Call, offer: Offer) -> None:
    """The seller takes it off sale; what waits for quality control will be off sale after it."""
    offer.extra["switched_off"] = True
    if offer.state is OfferState.LIVE:
        offer.state = OfferState.HIDDEN
    call.world.touch(offer)


def switch_on(call: Call, offer: Offer) -> None:
    """The seller puts it on sale again. What Lazada took off stays off."""
    if offer.state is OfferState.BANNED:
        raise business(4128, "The product is locked by the platform", field="Status", seller_sku=offer.sku)
    offer.extra["switched_off"] = False
    if offer.state is OfferState.HIDDEN:
        offer.state = OfferState.LIVE
    call.world.touch(offer)


def delete(call: Call, offer: Offer) -> None:
    offer.state = OfferState.DELETED
    call.world.touch(offer)
