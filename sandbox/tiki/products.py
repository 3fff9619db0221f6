"""The calls about products: list, detail, find, switch, price, stock, rename (tiki.md sections 6.4 and 6.5, read 2026-11-24)."""

from collections import Counter
from typing import Any

from sandbox.tiki.answers import Refusal, body_of, included, paged, whole
from sandbox.tiki.changes import Changes
from sandbox.tiki.making import touch
from sandbox.tiki.moments import from_text
from sandbox.tiki.product_views import INCLUDABLE, detail_json, is_active, product_json, reserved
from sandbox.tiki.routing import Call, Route
from sandbox.tiki.seller import MARKET, Seller
from sandbox.tiki.shelf import Shelf
from sandbox.world import Offer, World

MOST_CHANGES = 50  # no maximum is documented; the document's advice is to keep under this


class ProductCalls:
    def __init__(self, world: World, seller: Seller, shelf: Shelf, changes: Changes) -> None:
        self._world = world
        self._seller = seller
        self._shelf = shelf
        self._changes = changes

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("GET", "/products", self._list, "product"),
            Route("GET", "/products/findBy", self._find, "product"),
            Route("PUT", "/products/updateSku", self._update, "product"),
            Route("POST", "/products/updateSku", self._update, "product"),  # v1's way
            Route("PUT", "/products/updateSkus", self._update_many, "product"),
            Route("POST", "/products/updateOriginalSku", self._rename, "product"),
            Route("GET", "/products/{product_id}", self._detail, "product"),
        )

    # ---- reading ------------------------------------------------------------------------------------------------------

    def _list(self, call: Call) -> Any:
        rows = [offer for offer in self._shelf.newest_first() if self._passes(call, offer)]
        return self._page(call, rows)

    def _find(self, call: Call) -> Any:
        sku = call.request.one("original_sku")
        if not sku:
            raise Refusal(400, "original_sku is required")
        offer = self._world.offer_by_sku(MARKET, self._seller.shop, sku)
        return self._page(call, [] if offer is None else [offer])

    def _detail(self, call: Call) -> Any:
        """The parameter is `includes` here and `include` in lists."""
        offer = self._shelf.own({"product_id": int(call.path["product_id"])})
        parts = included(call.request, "includes", INCLUDABLE)
        return detail_json(offer, parts, reserved(self._world, self._seller.shop), self._seller.to_json())

    def _page(self, call: Call, rows: list[Offer]) -> dict[str, Any]:
        parts = included(call.request, "include", INCLUDABLE)
        held = reserved(self._world, self._seller.shop) if "inventory" in parts else {}
        seller = self._seller.to_json()
        return paged(rows, call.request, lambda offer: product_json(offer, parts, held, seller))

    def _passes(self, call: Call, offer: Offer) -> bool:
        asked = call.request
        active, name = asked.one("active"), asked.one("name")
        category = whole("category_id", asked.one("category_id"), 0)
        if active not in {None, "0", "1"}:
            raise Refusal(400, "active must be 0 or 1")
        in_time = all(
            (since is None or moment >= since) and (until is None or moment <= until)
            for moment, since, until in (
                (getattr(offer, f"{word}_at"), *(from_text(n, asked.one(n)) for n in _bounds(word)))
                for word in ("created", "updated")
            )
        )
        return (
            in_time
            and active in {None, str(int(is_active(offer)))}
            and category in {0, offer.extra["category_id"]}
            and (name is None or name.lower() in offer.title.lower())
        )

    # ---- writing ------------------------------------------------------------------------------------------------------

    def _update(self, call: Call) -> Any:
        wanted = body_of(call.request)
        self._shelf.ensure_writable()
        self._changes.carry_out(wanted, "active", reserved(self._world, self._seller.shop))
        return {"state": "approved"}

    def _update_many(self, call: Call) -> Any:
        """Each row on its own: a bad one is answered as rejected, the others hold. The shape of the answer is a guess of the document."""
        rows = body_of(call.request).get("data")
        self._shelf.ensure_writable()
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            raise Refusal(400, "data must be a list of products")
        if len(rows) > MOST_CHANGES:
            raise Refusal(400, f"data must not hold more than {MOST_CHANGES} products")
        held = reserved(self._world, self._seller.shop)
        return {"data": [self._update_row(row, held) for row in rows]}

    def _update_row(self, row: dict[str, Any], held: Counter[int]) -> dict[str, Any]:
        try:
            offer = self._changes.carry_out(row, "status", held)
        except Refusal as refusal:
            shown = {"product_id": row.get("product_id"), "original_sku": row.get("original_sku")}
            return {**shown, "state": "rejected", "errors": list(refusal.errors)}
        return {"product_id": offer.offer_id, "original_sku": offer.sku, "state": "approved", "errors": []}

    def _rename(self, call: Call) -> Any:
        wanted = body_of(call.request)
        self._shelf.ensure_writable()
        offer = self._shelf.own({"product_id": wanted.get("product_id")})
        sku = wanted.get("original_sku")
        if not isinstance(sku, str) or not sku.strip():
            raise Refusal(400, "original_sku is required")
        if self._world.offer_by_sku(MARKET, self._seller.shop, sku) is not None and sku != offer.sku:
            raise Refusal(422, f"Product code {sku} is not unique")
        offer.sku = sku
        touch(self._world, offer)
        return {"state": "approved"}


def _bounds(word: str) -> tuple[str, str]:
    return f"{word}_from_date", f"{word}_to_date"
