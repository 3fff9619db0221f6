"""The public JSON: products, reviews, lists, shops (tiki.md section 10 and listing_pages.md section 4, read 2026-11-24)."""

from collections.abc import Callable

from sandbox.server import Request, Response
from sandbox.tiki import cards, public_reviews
from sandbox.tiki.answers import Refusal, whole
from sandbox.tiki.catalogue import Listed, is_under
from sandbox.tiki.showcase import DEFAULT_SORT, Showcase, spid_of

MOST_ROWS = 100

Answer = Callable[[Request, str], Response]


class PublicCalls:
    def __init__(self, case: Showcase) -> None:
        self._case = case

    def paths(self) -> tuple[tuple[str, Answer], ...]:
        """Patterns with one group each, and who answers them: paths of tiki.vn, then those of api.tiki.vn."""
        return (
            (r"/api/v2/products/([0-9]+)", self._product),
            (r"/api/v2/(products)", self._search),
            (r"/api/v2/(reviews)", self._reviews),
            (r"/api/personalish/v1/blocks/(listings)", self._listings),
            (r"/api/v2/seller/stores/([^/]+)", self._store),
            (r"(?:/api)?/v2/seller/stores/([^/]+)/products", self._store_products),
            (r"/product-detail/api/v1/products/([0-9]+)", self._product),
            (r"/seller-store/v2/collections/([0-9]+)/products", self._collection),
            (r"(?:/product-detail|/api/shopping)/v2/widgets/(seller)", self._seller_card),
        )

    def _product(self, request: Request, number: str) -> Response:
        return Response.json(self._case.product(self._case.existing(int(number), spid_of(request))))

    def _reviews(self, request: Request, _: str) -> Response:
        page = self._case.existing(whole("product_id", request.one("product_id"), 0), spid_of(request))
        number = whole("page", request.one("page"), 1)
        limit = whole("limit", request.one("limit"), public_reviews.MOST_PER_PAGE)
        return Response.json(self._case.reviews(page, number, limit, request.one("sort") or DEFAULT_SORT))

    def _listings(self, request: Request, _: str) -> Response:
        """Advertisements only when they are asked for."""
        pages = self._case.catalogue.in_category(whole("category", request.one("category"), 0))
        return self._rows(request, pages, with_ads="advertisement" in request.all("include"))

    def _search(self, request: Request, _: str) -> Response:
        pages = self._case.catalogue.matching(request.one("q") or "")
        category = whole("category", request.one("category"), 0)
        return self._rows(request, [page for page in pages if not category or is_under(page, category)], with_ads=False)

    def _rows(self, request: Request, pages: list[Listed], *, with_ads: bool) -> Response:
        number = whole("page", request.one("page"), 1)
        limit = min(whole("limit", request.one("limit"), cards.PER_PAGE), MOST_ROWS)
        answer = cards.list_json(pages, self._case.seller, number, limit, self._case.site_url)
        rows = answer["data"] if with_ads else [row for row in answer["data"] if "advertisement" not in row]
        return Response.json(answer | {"data": rows})

    def _store(self, _: Request, name: str) -> Response:
        self._case.ensure_shop(name)
        return Response.json(
            {
                "data": {
                    "id": self._case.seller.seller_id,
                    "name": self._case.seller.name,
                    "url_key": self._case.seller.slug,
                }
            }
        )

    def _store_products(self, request: Request, name: str) -> Response:
        self._case.ensure_shop(name)
        pages = self._case.catalogue.everything()
        number = whole("page", request.one("page"), 1)
        limit = whole("limit", request.one("limit"), cards.PER_PAGE)
        rows = [cards.store_row(page, self._case.seller) for page in pages[(number - 1) * limit : number * limit]]
        return Response.json({"data": rows, "paging": cards.paging(len(pages), number, limit, len(rows))})

    def _collection(self, request: Request, _: str) -> Response:
        """`cursor` is an offset. Another seller's id finds nothing."""
        own = request.one("seller_id") == self._case.seller.shop
        pages = self._case.catalogue.everything() if own else []
        start = whole("cursor", request.one("cursor"), 0, least=0)
        limit = whole("limit", request.one("limit"), cards.PER_PAGE)
        rows = [
            cards.card_json(page, self._case.seller, start + n) for n, page in enumerate(pages[start : start + limit])
        ]
        return Response.json({"data": rows, "page": {"total": len(pages), "limit": limit, "cursor": start + len(rows)}})

    def _seller_card(self, request: Request, _: str) -> Response:
        if request.one("seller_id") != self._case.seller.shop:
            raise Refusal(404, "Seller not found")
        pages = self._case.catalogue.everything()
        stars = [sum(column) for column in zip(*(page.stars for page in pages), strict=True)] if pages else [0] * 5
        average = sum(n * count for n, count in enumerate(stars, start=1)) / sum(stars) if sum(stars) else 0
        card = {
            "id": self._case.seller.seller_id,
            "name": self._case.seller.name,
            "store_id": self._case.seller.store_id,
            "store_level": "NONE",
            "avg_rating_point": round(average, 4),
            "review_count": sum(stars),
            "url": f"{self._case.site_url}/cua-hang/{self._case.seller.slug}",
        }
        return Response.json({"data": {"seller": card}})
