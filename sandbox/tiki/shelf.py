"""The seller's own products: finding one, and whether it may be written to."""

from collections.abc import Mapping
from typing import Any

from sandbox.tiki.answers import Refusal
from sandbox.tiki.seller import MARKET, Seller
from sandbox.world import Offer, OfferState, World


class Shelf:
    def __init__(self, world: World, seller: Seller) -> None:
        self._world = world
        self._seller = seller

    def ensure_writable(self) -> None:
        """Refusal 403 while the owner has not switched on automatic product updates in Seller Center."""
        if not self._seller.can_update_product:
            raise Refusal(403, "Nhà bán chưa cho phép đồng bộ sản phẩm")

    def newest_first(self) -> list[Offer]:
        return [o for o in reversed(self._world.offers(MARKET, self._seller.shop)) if o.state is not OfferState.DELETED]

    def own(self, named: Mapping[str, Any]) -> Offer:
        """The offer that `product_id` or `original_sku` names. Refusal 400, 403 (somebody else's) or 404."""
        number, sku = named.get("product_id"), named.get("original_sku")
        if isinstance(number, int) and not isinstance(number, bool):
            offer = self._world.offer(MARKET, number)
        elif isinstance(sku, str) and number is None:
            offer = self._world.offer_by_sku(MARKET, self._seller.shop, sku)
        else:
            raise Refusal(400, "product_id or original_sku is required")
        if offer is None or offer.state is OfferState.DELETED:
            raise Refusal(404, "Product not found")
        if offer.shop != self._seller.shop:
            raise Refusal(403, "you do not have permission to update this product")
        return offer
