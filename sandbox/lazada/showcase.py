"""What the public sees of the marketplace: every seller's products that are on sale, with what buyers made of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from sandbox.lazada.accounts import Seller
from sandbox.lazada.categories import plain
from sandbox.lazada.neighbouring import neighbour_good
from sandbox.lazada.rules import MARKET
from sandbox.lazada.sellers import SELLERS
from sandbox.lazada.shelf import Item, Shelf
from sandbox.neighbours import Neighbour, neighbours
from sandbox.world import Offer, OfferState, Review, World


@dataclass(frozen=True)
class Good:
    """One product with its SKUs on sale; there is at least one."""

    item: Item
    seller: Seller
    offers: list[Offer]

    @property
    def cheapest(self) -> Offer:
        return min(self.offers, key=lambda offer: (offer.price_vnd, offer.offer_id))

    @property
    def name(self) -> str:
        return self.offers[0].title

    @property
    def sold(self) -> int:
        return sum(offer.sold for offer in self.offers)

    @property
    def stars(self) -> list[int]:
        """Counts from 1★ to 5★."""
        return [sum(counts) for counts in zip(*(offer.stars for offer in self.offers), strict=True)]

    @property
    def ratings(self) -> int:
        return sum(self.stars)

    @property
    def average(self) -> float:
        """0 where nobody rated."""
        return sum(star * count for star, count in enumerate(self.stars, 1)) / (self.ratings or 1)

    @property
    def slug(self) -> str:
        return plain(self.name).replace(" ", "-")

    def path(self, offer: Offer) -> str:
        return f"/products/{self.slug}-i{self.item.item_id}-s{offer.offer_id}.html"


@dataclass(frozen=True)
class Showcase:
    world: World
    shelves: tuple[tuple[Seller, Shelf], ...]
    others: tuple[Neighbour, ...]

    @classmethod
    def of(cls, world: World) -> "Showcase":
        shelves = tuple((seller, Shelf(world, seller.world_name)) for seller in SELLERS)
        return cls(world, shelves, tuple(neighbours(world, MARKET)))

    def goods(self, shop_key: str | None = None) -> Iterator[Good]:
        """Of one shop, or of all."""
        for seller, shelf in self.shelves:
            if shop_key in {None, seller.shop_key}:
                for item in shelf.items():
                    good = self._good(seller, shelf, item)
                    if good is not None:
                        yield good

    def matching(self, text: str) -> list[Good]:
        """Those whose title has every word, accents aside; other sellers' too."""
        words = set(plain(text).split())
        now = self.world.clock.now()
        others = (Good(*neighbour_good(one, now)) for one in self.others)
        everybody = chain(self.goods(), others)
        return [good for good in everybody if words and words.issubset(plain(good.name).split())]

    def good(self, item_id: int) -> Good | None:
        for seller, shelf in self.shelves:
            item = shelf.item(item_id)
            if item is not None:
                return self._good(seller, shelf, item)
        return None

    def reviews(self, good: Good) -> list[Review]:
        """Newest first."""
        own = set(good.item.sku_ids)
        return [one for one in reversed(self.world.reviews(MARKET)) if one.offer_id in own]

    def has_shop(self, shop_key: str) -> bool:
        return any(seller.shop_key == shop_key for seller, _ in self.shelves)

    @staticmethod
    def _good(seller: Seller, shelf: Shelf, item: Item) -> Good | None:
        offers = [offer for offer in shelf.offers(item) if offer.state is OfferState.LIVE]
        return Good(item, seller, offers) if offers else None
