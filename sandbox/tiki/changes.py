"""Price, stock and on/off of a product: the calls that take effect at once (tiki.md section 6.4, read 2026-11-24)."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.tiki import drafts
from sandbox.tiki.answers import Refusal
from sandbox.tiki.events import EventLog
from sandbox.tiki.making import touch
from sandbox.tiki.seller import Seller
from sandbox.world import Offer, OfferState, World

CHANGEABLE = frozenset({"price", "seller_warehouse", "warehouse_quantities"})  # and the on/off field of the call


class Changes:
    """Checks everything first, then carries it out: a refused change has changed nothing."""

    def __init__(self, world: World, seller: Seller, log: EventLog) -> None:
        self._world = world
        self._seller = seller
        self._log = log

    def problem(
        self, offer: Offer, wanted: Mapping[str, Any], switch: Mapping[int, OfferState], key: str
    ) -> str | None:
        """The sentence Tiki would refuse this with. `key` names the on/off field, `switch` its values."""
        if not (CHANGEABLE | {key}) & set(wanted):
            return "nothing to update"
        checks: tuple[Callable[[], str | None], ...] = (
            lambda: _price_problem(offer, wanted),
            lambda: (
                None if str(wanted.get(key)) in {"None", *map(str, switch)} else f"{key} must be one of {[*switch]}"
            ),
            lambda: self._stock_problem(wanted),
        )
        return next((found for check in checks if (found := check())), None)

    def apply(self, offer: Offer, wanted: Mapping[str, Any], state: OfferState | None, held: Counter[int]) -> None:
        """`held` is what is reserved: a warehouse's `qty_available` counts it, what may be sold does not."""
        before = (offer.price_vnd, offer.stock)
        if wanted.get("price") is not None:
            offer.price_vnd = wanted["price"]
        if wanted.get("warehouse_quantities"):
            available = sum(row["qty_available"] for row in wanted["warehouse_quantities"])
            offer.stock = max(0, available - held[offer.offer_id])
        if state is not None and offer.state in {OfferState.LIVE, OfferState.HIDDEN}:
            offer.state = state
        touch(self._world, offer)
        self._report(offer, before, held[offer.offer_id])

    def _stock_problem(self, wanted: Mapping[str, Any]) -> str | None:
        rows = wanted.get("warehouse_quantities") or []
        if not isinstance(rows, list) or not all(_is_stock(row) for row in rows):
            return "warehouse_quantities need warehouse_id and qty_available"
        named = wanted.get("seller_warehouse")
        if named is not None and not isinstance(named, str):
            return "seller_warehouse must be a string"
        places = [(row["warehouse_id"], row["qty_available"]) for row in rows]
        problem = next(drafts.warehouse_problems(named, places, self._seller), None)
        return None if problem is None else f"update error [{problem}]"

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
    if not isinstance(price, int) or isinstance(price, bool) or price <= 0:
        return "price must be an integer > 0"
    if offer.list_price_vnd and price * 10 < offer.list_price_vnd:
        return "Price is not valid because less than ten percent listing price"
    return None


def _is_stock(row: object) -> bool:
    return isinstance(row, dict) and all(type(row.get(name)) is int for name in ("warehouse_id", "qty_available"))


def refuse(problem: str | None) -> None:
    if problem is not None:
        raise Refusal(422, problem)
