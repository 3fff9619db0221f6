"""shopee.vn's public side as programs meet it: every page the same shell, every data endpoint a refusal (listing_pages.md section 2, read 2026-11-24).

It is not among the sites that are opened by themselves: whoever wants it names it. Option `open` (false): the data endpoints answer, as
for a browser that somebody sits at.
"""

import re
from collections.abc import Sequence

from sandbox.http import Request, Response
from sandbox.shopee import public_bodies
from sandbox.site import Site, SiteSettings
from sandbox.world import Offer, OfferState, World

ROBOTS = "User-agent: *\nDisallow: /cart/\nDisallow: /checkout/\nDisallow: /buyer/\n"
SHELL = "<!doctype html><html><head><title>Shopee Việt Nam</title><script src='/pcmall/main.js'></script></head><body><div id='main'></div></body></html>"
REFUSED = {"is_customized": False, "is_login": False, "action_type": 2, "error": 90309999, "tracking_id": "0" * 32}
_ITEM = re.compile(r"/api/v[24]/item/get")


class ShopeeStorefront(Site):
    market = "shopee"
    role = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self._open = bool(settings.options.get("open", False))

    def handle(self, request: Request) -> Response:
        if request.path == "/robots.txt":
            return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        if not request.path.startswith("/api/"):
            return Response.html(SHELL)
        return self._data(request) if self._open else Response.json(REFUSED, 403)

    def challenge(self) -> Response:
        return Response(302, b"", {"Location": "/verify/traffic/error?type=2"})

    def _data(self, request: Request) -> Response:
        if request.path == "/api/v4/search/search_items":
            words = (request.one("keyword") or "").casefold()
            found = [offer for offer in self._shown() if words in offer.title.casefold()]
            return Response.json(public_bodies.cards(found))
        offer = self._asked(request)
        if offer is None:
            return Response.json(public_bodies.NO_SUCH_ITEM)
        if request.path == "/api/v4/pdp/get_pc":
            return Response.json(public_bodies.page(offer))
        if request.path == "/api/v2/item/get_ratings":
            return Response.json(public_bodies.ratings(offer, self.world.reviews(self.market, offer.offer_id), request))
        return (
            Response.json(public_bodies.item(offer)) if _ITEM.fullmatch(request.path) else Response.json(REFUSED, 403)
        )

    def _asked(self, request: Request) -> Offer | None:
        number = request.one("itemid") or request.one("item_id") or ""
        offer = self.world.offer(self.market, int(number)) if number.isdigit() else None
        return offer if offer is not None and offer.state is OfferState.LIVE else None

    def _shown(self) -> Sequence[Offer]:
        return [offer for offer in self.world.offers(self.market) if offer.state is OfferState.LIVE]
