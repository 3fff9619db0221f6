"""tiki.vn on loopback, and the public paths of api.tiki.vn beside it: pages, product, review and list JSON, robots.txt.

Paths as tiki.md section 10 and listing_pages.md section 4 have them (read 2026-11-24). Nothing here needs or keeps a login.
Option `browsers_only` (false): 403 for a User-Agent that looks like no browser, as the CDN was once seen to answer.
"""

import re
from collections.abc import Callable
from typing import Any

from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.tiki import cards, html_pages, public_product, public_reviews
from sandbox.tiki.answers import Refusal, whole
from sandbox.tiki.catalogue import Catalogue, Listed
from sandbox.tiki.public_reviews import reviews_json
from sandbox.tiki.seller import MARKET, Seller
from sandbox.tiki.shelves import CATEGORIES, ROOT_ID, Category, lineage
from sandbox.tiki.slugs import slug
from sandbox.world import World

ROBOTS = """User-agent: *
Disallow: /api/v2/me/
Disallow: /v1/private/
Disallow: /api/v2/reviews/writable
Disallow: /order/tracking
Disallow: /customer/
"""
REVIEWS_ON_PAGE = 5
MOST_SEARCHED = 100
DEFAULT_SORT = "score|desc,id|desc,stars|all"

Answer = Callable[[Request, str], Response]


class TikiStorefront(Site):
    market = MARKET
    role = "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self.seller = Seller()
        self._catalogue = Catalogue(world, self.seller)
        self._browsers_only = bool(settings.options.get("browsers_only", False))
        self._paths: tuple[tuple[re.Pattern[str], Answer], ...] = tuple(
            (re.compile(pattern), answer)
            for pattern, answer in (
                (r"/(robots)\.txt", self._robots),
                (r"/.*-p([0-9]+)\.html", self._product_page),
                (r"/[^/]+/c([0-9]+)", self._category_page),
                (r"/(search)", self._search_page),
                (r"/cua-hang/([^/]+)", self._shop_page),
                (r"/api/v2/products/([0-9]+)", self._product),
                (r"/product-detail/api/v1/products/([0-9]+)", self._product),
                (r"/api/v2/(products)", self._search),
                (r"/api/v2/(reviews)", self._reviews),
                (r"/api/personalish/v1/blocks/(listings)", self._listings),
                (r"/api/v2/seller/stores/([^/]+)", self._store),
                (r"(?:/api)?/v2/seller/stores/([^/]+)/products", self._store_products),
                (r"/seller-store/v2/collections/([0-9]+)/products", self._collection),
                (r"(?:/product-detail|/api/shopping)/v2/widgets/(seller)", self._seller_card),
            )
        )

    def handle(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return _failed(405, "Method not allowed")
        if self._browsers_only and "mozilla" not in request.headers.get("user-agent", "").lower():
            return Response.html("<!doctype html><title>403 Forbidden</title><h1>403 Forbidden</h1>", status=403)
        try:
            return self._answer(request)
        except Refusal as refusal:
            return _failed(refusal.status, refusal.errors[0])

    def too_many(self, retry_after_s: float | None) -> Response:
        headers = {} if retry_after_s is None else {"Retry_After": f"{retry_after_s:g}"}
        return Response.json({"status": 429, "message": "Too many requests"}, 429, **headers)

    def _answer(self, request: Request) -> Response:
        for pattern, answer in self._paths:
            if found := pattern.fullmatch(request.path):
                return answer(request, found.group(1))
        return (
            _failed(404, "Not found")
            if request.path.startswith("/api/")
            else Response.html(html_pages.gone_html(), 404)
        )

    def _robots(self, _: Request, __: str) -> Response:
        return Response(200, ROBOTS.encode(), {"Content-Type": "text/plain; charset=utf-8"})

    # ---- pages --------------------------------------------------------------------------------------------------------

    def _product_page(self, request: Request, number: str) -> Response:
        page = self._catalogue.page(int(number), _spid(request))
        if page is None:
            return Response.html(html_pages.gone_html(), 404)
        now = self.world.clock.now()
        reviews = self._reviews_of(page, 1, REVIEWS_ON_PAGE, DEFAULT_SORT)
        return Response.html(html_pages.product_html(page, self._product_json(page), reviews, self.base_url, now))

    def _category_page(self, request: Request, number: str) -> Response:
        category = CATEGORIES.get(int(number))
        if category is None:
            return Response.html(html_pages.gone_html(), 404)
        pages = self._in_category(category.category_id)
        extra = {
            "categoryData": _category_json(category, len(pages)),
            "query": {"urlKey": category.url_key, "categoryId": number},
        }
        return self._list_page(request, pages, category.name, "/Catalog/Category", extra)

    def _search_page(self, request: Request, _: str) -> Response:
        words = request.one("q") or ""
        return self._list_page(
            request, self._matching(words), f"Tìm kiếm: {words}", "/Catalog/Search", {"query": {"q": words}}
        )

    def _shop_page(self, request: Request, name: str) -> Response:
        self._ensure_shop(name)
        return self._list_page(
            request, self._catalogue.everything(), self.seller.name, "/SellerStore", {"query": {"urlKey": name}}
        )

    def _list_page(
        self, request: Request, pages: list[Listed], title: str, page_name: str, extra: dict[str, Any]
    ) -> Response:
        number = whole("page", request.one("page"), 1)
        catalog = cards.list_json(pages, self.seller, number, cards.PER_PAGE, self.base_url) | extra
        return Response.html(html_pages.list_html(title, request.path, catalog, self.base_url, page_name))

    # ---- JSON ---------------------------------------------------------------------------------------------------------

    def _product(self, request: Request, number: str) -> Response:
        return Response.json(self._product_json(self._existing(int(number), _spid(request))))

    def _reviews(self, request: Request, _: str) -> Response:
        page = self._existing(whole("product_id", request.one("product_id"), 0), _spid(request))
        number = whole("page", request.one("page"), 1)
        limit = whole("limit", request.one("limit"), public_reviews.MOST_PER_PAGE)
        return Response.json(self._reviews_of(page, number, limit, request.one("sort") or DEFAULT_SORT))

    def _listings(self, request: Request, _: str) -> Response:
        """Advertisements only when they are asked for."""
        pages = self._in_category(whole("category", request.one("category"), 0))
        return self._rows(request, pages, with_ads="advertisement" in request.all("include"))

    def _search(self, request: Request, _: str) -> Response:
        pages = self._matching(request.one("q") or "")
        category = whole("category", request.one("category"), 0)
        return self._rows(
            request, [page for page in pages if not category or _is_under(page, category)], with_ads=False
        )

    def _rows(self, request: Request, pages: list[Listed], *, with_ads: bool) -> Response:
        number = whole("page", request.one("page"), 1)
        limit = min(whole("limit", request.one("limit"), cards.PER_PAGE), MOST_SEARCHED)
        answer = cards.list_json(pages, self.seller, number, limit, self.base_url)
        rows = answer["data"] if with_ads else [row for row in answer["data"] if "advertisement" not in row]
        return Response.json(answer | {"data": rows})

    def _store(self, _: Request, name: str) -> Response:
        self._ensure_shop(name)
        return Response.json(
            {"data": {"id": self.seller.seller_id, "name": self.seller.name, "url_key": self.seller.slug}}
        )

    def _store_products(self, request: Request, name: str) -> Response:
        self._ensure_shop(name)
        pages = self._catalogue.everything()
        number = whole("page", request.one("page"), 1)
        limit = whole("limit", request.one("limit"), cards.PER_PAGE)
        rows = [cards.store_row(page, self.seller) for page in pages[(number - 1) * limit : number * limit]]
        return Response.json({"data": rows, "paging": cards.paging(len(pages), number, limit, len(rows))})

    def _collection(self, request: Request, _: str) -> Response:
        """`cursor` is an offset. Another seller's id finds nothing."""
        own = request.one("seller_id") == self.seller.shop
        pages = self._catalogue.everything() if own else []
        start = whole("cursor", request.one("cursor"), 0, least=0)
        limit = whole("limit", request.one("limit"), cards.PER_PAGE)
        rows = [cards.card_json(page, self.seller, start + n) for n, page in enumerate(pages[start : start + limit])]
        return Response.json({"data": rows, "page": {"total": len(pages), "limit": limit, "cursor": start + len(rows)}})

    def _seller_card(self, request: Request, _: str) -> Response:
        if request.one("seller_id") != self.seller.shop:
            raise Refusal(404, "Seller not found")
        pages = self._catalogue.everything()
        stars = [sum(column) for column in zip(*(page.stars for page in pages), strict=True)] if pages else [0] * 5
        average = sum(n * count for n, count in enumerate(stars, start=1)) / sum(stars) if sum(stars) else 0
        card = {
            "id": self.seller.seller_id,
            "name": self.seller.name,
            "store_id": self.seller.store_id,
            "store_level": "NONE",
            "avg_rating_point": round(average, 4),
            "review_count": sum(stars),
            "url": f"{self.base_url}/cua-hang/{self.seller.slug}",
        }
        return Response.json({"data": {"seller": card}})

    # ---- what they share ----------------------------------------------------------------------------------------------

    def _existing(self, number: int, spid: int | None) -> Listed:
        page = self._catalogue.page(number, spid)
        if page is None:
            raise Refusal(404, "Product not found")
        return page

    def _product_json(self, page: Listed) -> dict[str, Any]:
        return public_product.product_json(page, self.seller, self.base_url, self.world.clock.now())

    def _reviews_of(self, page: Listed, number: int, limit: int, sort: str) -> dict[str, Any]:
        shop = (self.seller, lambda order_id: self.world.order(MARKET, order_id))
        return reviews_json(page, self._catalogue.reviews(page), (number, limit, sort), shop, self.world.clock.now())

    def _in_category(self, category_id: int) -> list[Listed]:
        return [
            page for page in self._catalogue.everything() if category_id in {0, ROOT_ID} or _is_under(page, category_id)
        ]

    def _matching(self, words: str) -> list[Listed]:
        wanted = slug(words).split("-") if words.strip() else []
        return [page for page in self._catalogue.everything() if set(wanted) <= set(slug(page.name).split("-"))]

    def _ensure_shop(self, name: str) -> None:
        if name != self.seller.slug:
            raise Refusal(404, "Store not found")


def _failed(status: int, message: str) -> Response:
    return Response.json({"status": status, "message": message}, status)


def _spid(request: Request) -> int | None:
    return whole("spid", request.one("spid"), 0, least=0) or None


def _is_under(page: Listed, category_id: int) -> bool:
    return any(category.category_id == category_id for category in lineage(page.category.category_id))


def _category_json(category: Category, count: int) -> dict[str, Any]:
    return {
        "id": category.category_id,
        "parent_id": category.parent_id,
        "name": category.name,
        "type": None,
        "url_key": category.url_key,
        "url_path": f"{category.url_key}/c{category.category_id}",
        "level": len(lineage(category.category_id)) + 1,
        "status": "active",
        "product_count": count,
        "is_leaf": category.is_primary,
    }
