"""The public pages: a product, a category, a search, a shop (listing_pages.md section 4, read 2026-11-24)."""

from collections.abc import Callable
from typing import Any

from sandbox.server import Request, Response
from sandbox.tiki import cards, html_pages
from sandbox.tiki.answers import whole
from sandbox.tiki.catalogue import Listed
from sandbox.tiki.shelves import CATEGORIES, Category, lineage
from sandbox.tiki.showcase import DEFAULT_SORT, Showcase, spid_of

REVIEWS_ON_PAGE = 5

Answer = Callable[[Request, str], Response]


class PublicPages:
    def __init__(self, case: Showcase) -> None:
        self._case = case

    def paths(self) -> tuple[tuple[str, Answer], ...]:
        """Patterns with one group each, and who answers them."""
        return (
            (r"/.*-p([0-9]+)\.html", self._product_page),
            (r"/[^/]+/c([0-9]+)", self._category_page),
            (r"/(search)", self._search_page),
            (r"/cua-hang/([^/]+)", self._shop_page),
        )

    def _product_page(self, request: Request, number: str) -> Response:
        page = self._case.catalogue.page(int(number), spid_of(request))
        if page is None:
            return Response.html(html_pages.gone_html(), 404)
        now = self._case.now
        reviews = self._case.reviews(page, 1, REVIEWS_ON_PAGE, DEFAULT_SORT)
        return Response.html(html_pages.product_html(page, self._case.product(page), reviews, self._case.site_url, now))

    def _category_page(self, request: Request, number: str) -> Response:
        category = CATEGORIES.get(int(number))
        if category is None:
            return Response.html(html_pages.gone_html(), 404)
        pages = self._case.catalogue.in_category(category.category_id)
        extra = {
            "categoryData": _category_json(category, len(pages)),
            "query": {"urlKey": category.url_key, "categoryId": number},
        }
        return self._list_page(request, pages, category.name, "/Catalog/Category", extra)

    def _search_page(self, request: Request, _: str) -> Response:
        words = request.one("q") or ""
        return self._list_page(
            request,
            self._case.catalogue.matching(words),
            f"Tìm kiếm: {words}",
            "/Catalog/Search",
            {"query": {"q": words}},
        )

    def _shop_page(self, request: Request, name: str) -> Response:
        self._case.ensure_shop(name)
        return self._list_page(
            request,
            self._case.catalogue.everything(),
            self._case.seller.name,
            "/SellerStore",
            {"query": {"urlKey": name}},
        )

    def _list_page(
        self, request: Request, pages: list[Listed], title: str, page_name: str, extra: dict[str, Any]
    ) -> Response:
        number = whole("page", request.one("page"), 1)
        catalog = cards.list_json(pages, self._case.seller, number, cards.PER_PAGE, self._case.site_url) | extra
        return Response.html(html_pages.list_html(title, request.path, catalog, self._case.site_url, page_name))


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
