"""www.sendo.vn and its helpers' hosts on one address: search, a shop's list, product JSON, ratings, and pages that are a shell without scripts."""

import re
from collections.abc import Sequence

from sandbox.http import Request, Response
from sandbox.plain import Good, slug_of
from sandbox.sendo import bodies
from sandbox.site import Site, SiteSettings
from sandbox.world import Offer, OfferState, World

ROBOTS = "User-agent: *\nDisallow: /thanh-toan\nDisallow: /gio-hang\n"
SHELL = "<!doctype html><html><head><title>Sendo.vn</title><script src='/main.js'></script></head><body><div id='main'></div></body></html>"
PER_PAGE, MOST_RATINGS = 30, 50
_PRODUCT = re.compile(r"/full/(?:[^/]*-)?(\d+)(?:\.html)?")
_PAGE = re.compile(r"/[^/]*-(\d+)\.html/?")
_RATINGS = re.compile(r"/product/(\d+)/rating")


class SendoStorefront(Site):
    """`options["goods"]`: rows of (sku, title, price_vnd[, list_price_vnd, stock]); nothing is sold without it."""

    market = "sendo"
    role = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        for row in settings.options.get("goods", ()):
            good = Good(*row)
            world.add_offer(
                self.market, bodies.SHOP_NAME, good.sku, good.title, good.title, good.price_vnd, good.stock,
                list_price_vnd=good.list_price_vnd, extra={"slug": slug_of(good)},
            )  # fmt: skip

    def handle(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response.empty(405)
        match request.path:
            case "/robots.txt":
                return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain; charset=utf-8"})
            case "/m/wap_v2/search":
                words = (request.one("q") or "").casefold()
                found = [offer for offer in self._shown() if words in offer.title.casefold()]
                return Response.json(bodies.search(_cut(found, request), len(found)))
            case "/api/v1/product/filter":
                return Response.json(bodies.shop_list(_cut(self._shown(), request), len(self._shown())))
        return self._of_one(request)

    def _of_one(self, request: Request) -> Response:
        for pattern, answer in ((_PRODUCT, self._product), (_RATINGS, self._ratings), (_PAGE, self._shell)):
            found = pattern.fullmatch(request.path)
            offer = self.world.offer(self.market, int(found[1])) if found else None
            if offer is not None and offer.state is OfferState.LIVE:
                return answer(offer, request)
        return Response.json({"status": {"code": 404, "message": "Not found"}}, 404)

    def _product(self, offer: Offer, _: Request) -> Response:
        return Response.json(bodies.product(offer))

    def _ratings(self, offer: Offer, request: Request) -> Response:
        newest_first = sorted(self.world.reviews(self.market, offer.offer_id), key=lambda r: r.review_id, reverse=True)
        limit = min(_number(request, "limit", 10), MOST_RATINGS)
        return Response.json(bodies.ratings(offer, newest_first, _number(request, "page", 1), limit))

    def _shell(self, *_: object) -> Response:
        return Response.html(SHELL)

    def _shown(self) -> Sequence[Offer]:
        return [offer for offer in self.world.offers(self.market) if offer.state is OfferState.LIVE]


def _cut(offers: Sequence[Offer], request: Request) -> Sequence[Offer]:
    start = (_number(request, "page", 1) - 1) * PER_PAGE
    return offers[start : start + PER_PAGE]


def _number(request: Request, name: str, default: int) -> int:
    said = request.one(name) or ""
    return max(1, int(said)) if said.isdigit() else default
