"""The products of this marketplace: each a few SKUs, and each SKU an offer of the world.

An offer put into the world by other hands has no product yet; it is given one the first time somebody asks, under its own number.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.tiktok_shop.call import MARKET
from sandbox.world import Offer, OfferState, World

FIRST_PRODUCT_ID = 1_729_592_969_712_207_008
FIRST_SKU_ID = 1_729_600_000_000_000_012
FIRST_VALUE_ID = 1_729_700_000_000_000_123
STATUS = {
    OfferState.PENDING: "PENDING",
    OfferState.LIVE: "ACTIVATE",
    OfferState.HIDDEN: "SELLER_DEACTIVATED",
    OfferState.REJECTED: "FAILED",
    OfferState.BANNED: "PLATFORM_DEACTIVATED",
    OfferState.DELETED: "DELETED",
}
STATUSES = frozenset({*STATUS.values(), "DRAFT", "FREEZE"})
LOCKED = frozenset({"FREEZE", "DELETED"})
ADOPTED_CATEGORY = "700437"  # tea
FREEZE = "FREEZE"  # a ban for this reason freezes the product


@dataclass
class Version:
    """A product as sent: its own fields, and its SKUs' rows, each with its id."""

    fields: dict[str, Any]
    rows: list[dict[str, Any]]


@dataclass
class Product:
    """`waiting` is a version under review while the one before it stays live. `review` grows with every review begun."""

    product_id: int
    shop: str
    fields: dict[str, Any]
    created_at: datetime
    sku_ids: list[int] = field(default_factory=list)
    is_draft: bool = False
    audit: str = "NONE"
    failed_reasons: list[dict[str, Any]] = field(default_factory=list)
    waiting: Version | None = None
    review: int = 0


@dataclass
class Shelf:
    world: World
    products: dict[int, Product] = field(default_factory=dict)
    _adopted: int = 0

    def all_of(self, shop: str) -> list[Product]:
        """In the order they were created."""
        self._adopt()
        return [product for product in self.products.values() if product.shop == shop]

    def find(self, product_id: int) -> Product | None:
        self._adopt()
        return self.products.get(product_id)

    def of_offer(self, offer: Offer) -> Product:
        self._adopt()
        return self.products[offer.extra["product_id"]]

    def skus(self, product: Product) -> list[Offer]:
        """Its SKUs as they are listed; those of a deleted product too, so that they can be read."""
        offers = [offer for offer in map(self._offer, product.sku_ids) if offer is not None]
        alive = [offer for offer in offers if offer.state is not OfferState.DELETED]
        return alive or offers

    def status(self, product: Product) -> str:
        """A SKU that staff banned bans its product."""
        skus = self.skus(product)
        shown = next((offer for offer in skus if offer.state is OfferState.BANNED), skus[0])
        if shown.state is OfferState.BANNED and shown.extra.get("reason") == FREEZE:
            return "FREEZE"
        return "DRAFT" if product.is_draft and shown.state is OfferState.HIDDEN else STATUS[shown.state]

    def set_state(self, product: Product, state: OfferState) -> None:
        """What staff said of it before is over."""
        for offer in self.skus(product):
            offer.state = state
            offer.extra.pop("reason", None)
            self.world.touch(offer)

    def updated_at(self, product: Product) -> datetime:
        return max(offer.updated_at for offer in self.skus(product))

    def touch(self, product: Product) -> None:
        for offer in self.skus(product):
            self.world.touch(offer)

    def _offer(self, sku_id: int) -> Offer | None:
        return self.world.offer(MARKET, sku_id)

    def _adopt(self) -> None:
        offers = self.world.offers(MARKET)
        for offer in offers[self._adopted :]:
            if "product_id" not in offer.extra:
                self._adopt_one(offer)
        self._adopted = len(offers)

    def _adopt_one(self, offer: Offer) -> None:
        offer.extra |= {"product_id": offer.offer_id, "row": {"seller_sku": offer.sku}}
        fields = {"title": offer.title, "description": offer.description, "category_id": ADOPTED_CATEGORY}
        product = Product(offer.offer_id, offer.shop, fields | {"main_images": []}, offer.created_at, [offer.offer_id])
        product.audit = "APPROVED"
        self.products[product.product_id] = product
