"""What the public sees: catalogue pages, each with the offers on sale behind it. Hidden, refused and deleted offers do not exist here."""

from dataclasses import dataclass
from functools import cached_property

from sandbox.tiki.seller import MARKET, Seller
from sandbox.tiki.shelves import CATEGORIES, ROOT_ID, Category, lineage
from sandbox.tiki.slugs import slug
from sandbox.world import Offer, OfferState, Review, World

STOCK_CAP = 1_000  # the pages never say more


@dataclass(frozen=True)
class Listed:
    """One catalogue page. `offer` is the one shown: the one asked for, else the cheapest. Sold counts and ratings belong to the page."""

    page_id: int
    offers: tuple[Offer, ...]  # live ones, oldest first
    all_offers: tuple[Offer, ...]  # with the hidden ones, whose sales still count
    offer: Offer

    @property
    def is_configurable(self) -> bool:
        return bool(self.offer.extra["is_configurable"])

    @property
    def name(self) -> str:
        return str(self.offer.extra["page_name"]) if self.is_configurable else self.offer.title

    @property
    def category(self) -> Category:
        return CATEGORIES[self.offer.extra["category_id"]]

    @property
    def url_key(self) -> str:
        return f"{slug(self.name)}-p{self.page_id}"

    @property
    def url_path(self) -> str:
        return f"{self.url_key}.html?spid={self.offer.offer_id}"

    @property
    def list_price_vnd(self) -> int:
        return max(self.offer.list_price_vnd or 0, self.offer.price_vnd)

    @property
    def discount_vnd(self) -> int:
        return self.list_price_vnd - self.offer.price_vnd

    @property
    def discount_percent(self) -> int:
        return round(self.discount_vnd * 100 / self.list_price_vnd)

    @cached_property
    def sold(self) -> int:
        return sum(offer.sold for offer in self.all_offers)

    @cached_property
    def stars(self) -> tuple[int, ...]:
        """1★ to 5★."""
        return tuple(map(sum, zip(*(offer.stars for offer in self.all_offers), strict=True)))

    @property
    def rating_count(self) -> int:
        return sum(self.stars)

    @property
    def rating_average(self) -> float:
        """One decimal, and 0 where nobody rated: that is how Tiki writes "unknown"."""
        total = sum(stars * count for stars, count in enumerate(self.stars, start=1))
        return round(total / self.rating_count, 1) if self.rating_count else 0


class Catalogue:
    def __init__(self, world: World, seller: Seller) -> None:
        self._world = world
        self._seller = seller

    def page(self, number: int, spid: int | None = None) -> Listed | None:
        """The page of that id, or of the variant whose own catalogue id it is; None when nothing on it is on sale."""
        offers = [o for o in self._own() if number in {o.extra["page_id"], o.extra["master_id"]}]
        return _listed(offers, spid)

    def everything(self) -> list[Listed]:
        """Every page with something on sale, the best sold first."""
        pages: dict[int, list[Offer]] = {}
        for offer in self._own():
            pages.setdefault(offer.extra["page_id"], []).append(offer)
        listed = (_listed(offers, None) for offers in pages.values())
        return sorted((page for page in listed if page), key=lambda page: (-page.sold, page.page_id))

    def in_category(self, category_id: int) -> list[Listed]:
        """What lies in that category or under it; 0 is everywhere."""
        return [page for page in self.everything() if category_id in {0, ROOT_ID} or is_under(page, category_id)]

    def matching(self, words: str) -> list[Listed]:
        """What has every word in its name, diacritics or not."""
        wanted = set(slug(words).split("-")) if words.strip() else set()
        return [page for page in self.everything() if wanted <= set(slug(page.name).split("-"))]

    def reviews(self, page: Listed) -> list[Review]:
        """Newest first."""
        own = {offer.offer_id for offer in page.all_offers}
        found = [review for review in self._world.reviews(MARKET) if review.offer_id in own]
        return sorted(found, key=lambda review: -review.review_id)

    def _own(self) -> list[Offer]:
        return self._world.offers(MARKET, self._seller.shop)


def _listed(offers: list[Offer], spid: int | None) -> Listed | None:
    live = tuple(offer for offer in offers if offer.state is OfferState.LIVE)
    if not live:
        return None
    cheapest = min(live, key=lambda offer: (offer.price_vnd, offer.offer_id))
    shown = next((offer for offer in live if offer.offer_id == spid), cheapest)
    return Listed(shown.extra["page_id"], live, tuple(offers), shown)


def is_under(page: Listed, category_id: int) -> bool:
    return any(category.category_id == category_id for category in lineage(page.category.category_id))
