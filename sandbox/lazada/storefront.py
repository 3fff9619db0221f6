"""lazada.vn on loopback: search and shop lists, product pages, reviews, robots.txt (listing pages, read 2026-11-24).

Options: `language` ("vi" or "en"), `priceless` (product pages without prices, as of late), `older` (the tree in app.run), `empty_lists`
(lists that hold nothing, as a silent block does).
"""

import re
from typing import ClassVar

from sandbox.lazada import addresses, cards, product_page, public_reviews
from sandbox.lazada.product_tree import Carried
from sandbox.lazada.rules import MARKET
from sandbox.lazada.showcase import Good, Showcase
from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.world import World

ROBOTS = "User-agent: *\nDisallow: /cart\nDisallow: /customer/\nDisallow: /checkout/\nDisallow: /wow/\n"
PRODUCT = re.compile(r"/(?:.*-)?(?:products/)?i(\d+)(?:-s(\d+))?\.html")
SHOP = re.compile(r"/(?:shop/)?([a-z0-9-]+)/?")
GONE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không tìm thấy trang</title>'
    '<i class="lazada-icon lazada-ic-404"></i><p>item not found</p></html>'
)
PUNISH = (
    '<!doctype html><html><head><meta charset="utf-8"><title>Xác minh</title></head><body>'
    '<script>window._config_={"action":"captcha","url":"/_____tmd_____/punish?x5secdata=ab12&x5step=1"};</script>'
    '<div id="nocaptcha" class="punish-component"></div><script src="//g.alicdn.com/sd/baxia-entry/index.js"></script></body></html>'
)


class LazadaStorefront(Site):
    market: ClassVar[str] = MARKET
    role: ClassVar[str] = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self._case = Showcase.of(world)
        addresses.open_storefront(world, self)
        self._language = str(settings.options.get("language", "vi"))
        self._flags = {name: bool(settings.options.get(name, False)) for name in ("priceless", "older", "empty_lists")}

    def handle(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response.empty(405)
        if request.path == "/robots.txt":
            return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        if request.path == "/pdp/review/getReviewList":
            return self._reviews(request)
        if found := PRODUCT.fullmatch(request.path):
            return self._product(int(found[1][:18]), found[2])
        return self._lists(request)

    def call_name(self, request: Request) -> str:
        """Product pages are counted together."""
        path = "/products/{name}" if PRODUCT.fullmatch(request.path) else request.path
        return f"{request.method} {path}"

    def challenge(self) -> Response:
        """The guard's page, with status 200."""
        return Response.html(PUNISH)

    def _lists(self, request: Request) -> Response:
        if request.path == "/catalog/":
            text = request.one("q") or ""
            return self._list(request, self._case.matching(text), text)
        shop = SHOP.fullmatch(request.path)
        if shop and self._case.has_shop(shop[1]):
            return self._list(request, list(self._case.goods(shop[1])), shop[1])
        return Response.html(GONE, 404)

    def _list(self, request: Request, goods: list[Good], title: str) -> Response:
        page = request.one("page") or "1"
        number = int(page) if re.fullmatch(r"[1-9][0-9]{0,4}", page) else 1
        listed = cards.listing([] if self._flags["empty_lists"] else goods, number, self._language)
        return Response.json(listed) if request.one("ajax") == "true" else Response.html(cards.page_html(title, listed))

    def _product(self, item_id: int, sku_id: str | None) -> Response:
        good = self._case.good(item_id)
        if good is None:
            return Response.html(GONE, 404)
        chosen = next((offer for offer in good.offers if str(offer.offer_id) == sku_id), good.cheapest)
        now, reviews = self.world.clock.now(), self._case.reviews(good)
        page = Carried(good, chosen, reviews, now, self._language, self._flags["priceless"])
        return Response.html(product_page.html_of(page, older=self._flags["older"]))

    def _reviews(self, request: Request) -> Response:
        asked = {name: request.one(name) or standard for name, standard in DEFAULTS.items()}
        if not all(re.fullmatch(r"[0-9]{1,18}", value) for value in asked.values()):
            return Response.json({"success": False, "model": None})
        good, size = self._case.good(int(asked["itemId"])), int(asked["pageSize"])
        if good is None or size not in public_reviews.SIZES:
            return Response.json({"success": False, "model": None})
        kept = public_reviews.chosen(self._case.reviews(good), int(asked["filter"]), int(asked["sort"]))
        page = public_reviews.page(good, kept, max(1, int(asked["pageNo"])), size, self.world.clock.now())
        return Response.json(page)


DEFAULTS = {"itemId": "0", "pageSize": "5", "pageNo": "1", "filter": "0", "sort": "0"}
