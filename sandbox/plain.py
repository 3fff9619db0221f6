"""A plain web shop: no API, only pages that carry their facts the way small shops do, and the host of everybody's pictures.

Most pages hold a JSON-LD Product inside an `@graph`; some only microdata, some only OpenGraph. Every page also shows other
products with other prices, as real shops do. Nobody tells us what it sells; the truth knows.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from sandbox import plain_pages
from sandbox.http import Request, Response
from sandbox.laid_out import LaidOut
from sandbox.layouts import LAYOUTS
from sandbox.pictures import picture
from sandbox.site import Site, SiteSettings
from sandbox.world import Offer, OfferState, World

SHOP = "cho-que"
SHELF_STOCK = 5000
ROBOTS = "User-agent: *\nDisallow: /gio-hang\nDisallow: /tai-khoan\nSitemap: {base_url}/sitemap.xml\n"


class Good(NamedTuple):
    """One thing the shop sells; prices in đồng."""

    sku: str
    title: str
    price_vnd: int
    list_price_vnd: int | None = None
    stock: int = SHELF_STOCK


INVENTED_GOODS = (
    Good("CHOQUE-01", "Trà xanh Đồi Mây túi 100 g", 85_000),
    Good("CHOQUE-02", "Mật ong hoa rừng chai 500 g", 165_000),
    Good("CHOQUE-03", "Miến dong Bản Gió gói 500 g", 62_000),
    Good("CHOQUE-04", "Gạo nếp Suối Trong túi 2 kg", 98_000),
    Good("CHOQUE-05", "Trà đinh Đồi Mây hộp 200 g", 640_000),
    Good("CHOQUE-06", "Măng khô Khe Lim gói 300 g", 120_000),
)


class PlainShop(Site):
    """`options["goods"]`: rows of (sku, title, price_vnd[, list_price_vnd, stock]) it sells from the first day on; without it, invented ones.

    `options["layout"]`: the shop system all its pages are made by (sandbox/layouts); without it, pages of three kinds of data.
    """

    market = "plain"
    role = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self._by_slug: dict[str, Offer] = {}
        layout = settings.options.get("layout")
        self._pages = LaidOut(LAYOUTS[layout], self._shown) if layout else None
        for row in settings.options.get("goods", INVENTED_GOODS):
            self._put_on_shelf(Good(*row))

    def handle(self, request: Request) -> Response:
        return self._page(request.path) if request.method in {"GET", "HEAD"} else Response.empty(405)

    def call_name(self, request: Request) -> str:
        """Products and pictures are counted together."""
        first, _, rest = request.path[1:].partition("/")
        return f"{request.method} /{first}/{{name}}" if rest else f"{request.method} {request.path}"

    def _page(self, path: str) -> Response:
        match path.split("/")[1:]:
            case ["robots.txt"]:
                return _text(ROBOTS.format(base_url=self.base_url), "text/plain")
            case ["sitemap.xml"]:
                return _text(plain_pages.sitemap(map(self._address, self._shown())), "application/xml")
            case ["img", name] if name.endswith(".png"):
                return Response(200, picture(name.removesuffix(".png")), {"Content-Type": "image/png"})
        found = self._pages.answer(path) if self._pages else self._mixed(path)
        return found or Response.html(plain_pages.NOT_FOUND, 404)

    def _mixed(self, path: str) -> Response | None:
        """Pages of no system: each keeps its facts in its own way."""
        match path.split("/")[1:]:
            case [""]:
                return Response.html(plain_pages.home(self._shown(), self.base_url))
            case ["san-pham", slug]:
                return self._product(slug)
        return None

    def _product(self, slug: str) -> Response:
        offer = self._by_slug.get(slug)
        if offer is None or offer.state is not OfferState.LIVE:
            return Response.html(plain_pages.NOT_FOUND, 404)
        return Response.html(plain_pages.product(offer, self._neighbours(offer), self.base_url))

    def _address(self, offer: Offer) -> str:
        path = self._pages.layout.path_of(offer) if self._pages else f"/san-pham/{offer.extra['slug']}"
        return f"{self.base_url}{path}"

    def _shown(self) -> Sequence[Offer]:
        return [offer for offer in self._by_slug.values() if offer.state is OfferState.LIVE]

    def _neighbours(self, offer: Offer) -> Sequence[Offer]:
        return [other for other in self._shown() if other is not offer][:4]

    def _put_on_shelf(self, good: Good) -> None:
        number = len(self._by_slug)
        extra: dict[str, Any] = {"slug": slug_of(good), "style": plain_pages.STYLES[number % len(plain_pages.STYLES)]}
        offer = self.world.add_offer(
            self.market,
            SHOP,
            good.sku,
            good.title,
            f"{good.title}. Hàng có sẵn tại cửa hàng.",
            good.price_vnd,
            good.stock,
            list_price_vnd=good.list_price_vnd,
            extra=extra,
        )
        self._by_slug[extra["slug"]] = offer


def slug_of(good: Good) -> str:
    """The title in plain letters, and the SKU to keep it apart from its namesakes."""
    plain = unicodedata.normalize("NFD", f"{good.title} {good.sku}".lower().replace("đ", "d"))
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "-".join(letters.split())


def _text(text: str, kind: str) -> Response:
    return Response(200, text.encode(), {"Content-Type": f"{kind}; charset=utf-8"})


SITES = (PlainShop,)
