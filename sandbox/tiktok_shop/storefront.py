"""TikTok Shop's public web on loopback: the product page in its three layouts, keyword pages, robots.txt (listing_pages, read 2026-11-24).

Option `layout`: "A1" (the default), "A2" or "B" (what Vietnamese readers saw in 2025); "region" answers as to a caller from outside.
"""

import re
from typing import ClassVar

from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.tiktok_shop import page_html
from sandbox.tiktok_shop.call import MARKET
from sandbox.tiktok_shop.page_data import PageData
from sandbox.world import World

PRODUCT_PATH = re.compile(r"/(?:(?:vn|shop)/pdp/(?:[^/]+/)?|view/product/)(\d{15,20})/?")
KEYWORD_PATH = re.compile(r"/vn/k/([^/]+)/?")
ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /inapp/
Disallow: /*/store/
"""
CHALLENGE = "<!doctype html><html><head><title>Security Check</title></head><body><div id='captcha-verify-container'></div></body></html>"
MOST_ON_PAGE = 100


class TikTokStorefront(Site):
    market: ClassVar[str] = MARKET
    role: ClassVar[str] = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self._data = PageData(world)

    def handle(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response.json({"code": 405, "message": "method not allowed"}, 405)
        if request.path == "/robots.txt":
            return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        if found := PRODUCT_PATH.fullmatch(request.path):
            return self._product(int(found[1]))
        if found := KEYWORD_PATH.fullmatch(request.path):
            return self._keyword(found[1].replace("-", " "))
        return Response.html(page_html.gone(), 404)

    def call_name(self, request: Request) -> str:
        return f"{request.method} /pdp" if PRODUCT_PATH.fullmatch(request.path) else super().call_name(request)

    def challenge(self) -> Response:
        return Response.html(CHALLENGE)

    def _product(self, product_id: int) -> Response:
        goods = self._data.find(product_id)
        if goods is None:
            return Response.html(page_html.gone(), 404)
        layout = str(self.settings.options.get("layout", "A1"))
        return Response.html(page_html.product(goods[0].title, self._data.router(product_id, goods, layout)))

    def _keyword(self, words: str) -> Response:
        """Cards of what is on sale and says the words; there is no second page."""
        found = self._data.on_sale(words)[:MOST_ON_PAGE]
        links = [(f"{self.base_url}/view/product/{product_id}", title) for product_id, title in found]
        return Response.html(page_html.keyword(words, links))
