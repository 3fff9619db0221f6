"""A seller's products as offers of the world: one offer a SKU, and what belongs to the whole product in an `Item` they share.

Who puts an offer into the world without an item gets a plain one, so that a test may fill a shop without the API.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.lazada.rules import MARKET
from sandbox.world import Offer, OfferState, World

UNKNOWN_CATEGORY = 10_100_123
NO_BRAND_ID = 30768


@dataclass
class Item:
    """One product. `fields` are the attributes as last sent; `reasons` why quality control refused it, `verdicts` all it ever said."""

    item_id: int
    category_id: int
    fields: dict[str, str]
    images: list[str]
    sku_ids: list[int] = field(default_factory=list)
    reasons: list[dict[str, str]] = field(default_factory=list)
    verdicts: list[tuple[datetime, str, str]] = field(default_factory=list)  # when, what, why


@dataclass
class Shelf:
    """The products of one seller; `read` brings it up to what the world holds."""

    world: World
    shop: str
    _items: dict[int, Item] = field(default_factory=dict)
    _seen: int = 0

    def items(self) -> list[Item]:
        """In the order they were created, deleted ones too."""
        self._read()
        return list(self._items.values())

    def item(self, item_id: int) -> Item | None:
        self._read()
        return self._items.get(item_id)

    def offers(self, item: Item) -> list[Offer]:
        """Its SKUs in the order they were added, deleted ones too."""
        found = (self.world.offer(MARKET, sku_id) for sku_id in item.sku_ids)
        return [offer for offer in found if offer is not None]

    def sku(self, sku_id: int) -> Offer | None:
        """One SKU of this seller."""
        offer = self.world.offer(MARKET, sku_id)
        return offer if offer is not None and offer.shop == self.shop else None

    def live(self) -> Iterator[Offer]:
        self._read()
        return (offer for offer in self.world.shop_offers(MARKET, self.shop) if offer.state is OfferState.LIVE)

    def _read(self) -> None:
        offers = self.world.shop_offers(MARKET, self.shop)
        for offer in offers[self._seen :]:
            item = item_of(offer)
            self._items.setdefault(item.item_id, item)
        self._seen = len(offers)


def item_of(offer: Offer) -> Item:
    """The product a SKU belongs to."""
    if "item" not in offer.extra:
        fields = {
            "name": offer.title,
            "description": offer.description,
            "brand": "No Brand",
            "brand_id": str(NO_BRAND_ID),
        }
        offer.extra["item"] = Item(offer.offer_id, UNKNOWN_CATEGORY, fields, list(offer.images), [offer.offer_id])
    item: Item = offer.extra["item"]
    return item


def shop_sku(offer: Offer) -> str:
    return f"{item_of(offer).item_id}_VNAMZ-{offer.offer_id}"


SUSPENDED = {OfferState.BANNED: "Live Reject", OfferState.REJECTED: "Reject"}


def status_of(offers: list[Offer]) -> tuple[str, str | None]:
    """A product's `status` and `subStatus` from the states of its SKUs."""
    states = {offer.state for offer in offers if offer.state is not OfferState.DELETED}
    if not states:
        return "Deleted", None
    if OfferState.LIVE in states:
        return "Active", None
    for state, sub_status in SUSPENDED.items():
        if state in states:
            return "Suspended", sub_status
    return ("Pending QC", None) if OfferState.PENDING in states else ("InActive", None)
