"""Price, stock and on/off of a product: the calls that take effect at once (tiki.md section 6.4, read 2026-11-24)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sandbox.tiki import drafts
from sandbox.tiki.answers import Refusal
from sandbox.tiki.events import EventLog
from sandbox.tiki.making import touch
from sandbox.tiki.seller import Seller
from sandbox.tiki.shapes import Change, ensure
from sandbox.tiki.shelf import Shelf
from sandbox.world import Offer, OfferState, World

ACTIVE = {1: OfferState.LIVE, 0: OfferState.HIDDEN}
STATUS = {1: OfferState.LIVE, 2: OfferState.HIDDEN}  # in updateSkus the same switch reads 1 and 2
SWITCHES = {"active": ACTIVE, "status": STATUS}
CHANGEABLE = ("price", "seller_warehouse", "warehouse_quantities")  # and the switch of the call


class Changes:
    """Checks everything first, then carries it out: a refused change has changed nothing."""

    def __init__(self, world: World, seller: Seller, shelf: Shelf, log: EventLog) -> None:
        self._world = world
        self._seller = seller
        self._shelf = shelf
        self._log = log

    def carry_out(self, wanted: Mapping[str, Any], switch: str, held: Counter[int]) -> Offer:
        """`switch` names the call's on/off field. `held` is what is reserved: `qty_available` counts it, what may be sold does not."""
        ensure(Change, wanted, 422)
        offer = self._shelf.own(wanted)
        if problem := self._problem(offer, wanted, switch):
            raise Refusal(422, problem)
        before = (offer.price_vnd, offer.stock)
        _apply(offer, wanted, switch, held[offer.offer_id])
        touch(self._world, offer)
        self._report(offer, before, held[offer.offer_id])
        return offer

    def _problem(self, offer: Offer, wanted: Mapping[str, Any], switch: str) -> str | None:
        if not any(name in wanted for name in (*CHANGEABLE, switch)):
            return "nothing to update"
        places = [(row["warehouse_id"], row["qty_available"]) for row in wanted.get("warehouse_quantities", ())]
        misplaced = next(drafts.warehouse_problems(wanted.get("seller_warehouse"), places, self._seller), None)
        return _price_problem(offer, wanted) or (f"update error [{misplaced}]" if misplaced else None)

    def _report(self, offer: Offer, before: tuple[int, int], held: int) -> None:
        who = {"product_id": str(offer.offer_id), "original_sku": offer.sku}
        price, stock = before
        if price != offer.price_vnd:
            prices = {"price_from": str(price), "price_to": str(offer.price_vnd)}
            self._log.add("PRODUCT_PRICE_UPDATED", "v1", who | prices)
        if stock != offer.stock:
            moved = {
                "quantity_available_from": stock + held,
                "quantity_available_to": offer.stock + held,
                "quantity_reserved_from": held,
                "quantity_reserved_to": held,
                "quantity_sellable_from": stock,
                "quantity_sellable_to": offer.stock,
            }
            place = {"warehouse_id": offer.extra["warehouse_id"], "quantity_from": 0, "quantity_to": 0}
            self._log.add("PRODUCT_INVENTORY_UPDATED", "v2", who | place | moved)


def _price_problem(offer: Offer, wanted: Mapping[str, Any]) -> str | None:
    price = wanted.get("price")
    if price is None:
        return None
    if price <= 0:
        return "price must be > 0"
    if offer.list_price_vnd and price * 10 < offer.list_price_vnd:
        return "Price is not valid because less than ten percent listing price"
    return None


def _apply(offer: Offer, wanted: Mapping[str, Any], switch: str, held: int) -> None:
    if wanted.get("price") is not None:
        offer.price_vnd = wanted["price"]
    if wanted.get("warehouse_quantities"):
        available = sum(row["qty_available"] for row in wanted["warehouse_quantities"])
        offer.stock = max(0, available - held)
    if wanted.get(switch) is not None and offer.state in {OfferState.LIVE, OfferState.HIDDEN}:
        offer.state = SWITCHES[switch][wanted[switch]]
