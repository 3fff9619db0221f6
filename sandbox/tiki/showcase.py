"""What pages and public JSON share: the catalogue seen from one site's address."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.server import Request
from sandbox.tiki import public_product
from sandbox.tiki.answers import Refusal, whole
from sandbox.tiki.catalogue import Catalogue, Listed
from sandbox.tiki.public_reviews import reviews_json
from sandbox.tiki.seller import MARKET, Seller
from sandbox.world import World

DEFAULT_SORT = "score|desc,id|desc,stars|all"


class Showcase:
    """`address` gives the site's own address, which is known only once it is open."""

    def __init__(self, world: World, seller: Seller, address: Callable[[], str]) -> None:
        self._world = world
        self._address = address
        self.seller = seller
        self.catalogue = Catalogue(world, seller)

    @property
    def site_url(self) -> str:
        return self._address()

    @property
    def now(self) -> datetime:
        return self._world.clock.now()

    def existing(self, number: int, spid: int | None) -> Listed:
        """Refusal 404 for a page on which nothing is on sale."""
        page = self.catalogue.page(number, spid)
        if page is None:
            raise Refusal(404, "Product not found")
        return page

    def product(self, page: Listed) -> dict[str, Any]:
        return public_product.product_json(page, self.seller, self.site_url, self.now)

    def reviews(self, page: Listed, number: int, limit: int, sort: str) -> dict[str, Any]:
        shop = (self.seller, lambda order_id: self._world.order(MARKET, order_id))
        return reviews_json(page, self.catalogue.reviews(page), (number, limit, sort), shop, self.now)

    def ensure_shop(self, name: str) -> None:
        """Refusal 404 for any shop but the one there is."""
        if name != self.seller.slug:
            raise Refusal(404, "Store not found")


def spid_of(request: Request) -> int | None:
    return whole("spid", request.one("spid"), 0, least=0) or None
