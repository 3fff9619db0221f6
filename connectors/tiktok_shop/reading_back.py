"""What TikTok Shop says our listings are (Partner reference 3.7, 3.8, read 2026-11-24)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.errors import NotFoundError, RejectedError, UnexpectedAnswerError
from connectors.facts.listing import ListingState, ReportedListing
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.codes import TOO_MANY_HITS
from connectors.tiktok_shop.mapper.listings import to_reason, to_reported, to_review, to_state
from connectors.tiktok_shop.mapper.times import after, to_seconds
from connectors.tiktok_shop.paging import pages
from connectors.tiktok_shop.payloads.listings import DetailQuery, Product, ProductSearch
from connectors.tiktok_shop.shop import TiktokShop

FIRST_DAY = datetime.fromisoformat("2019-01-01T00:00:00+00:00")  # before TikTok Shop had a shop
DELETED_REACH = timedelta(days=30)  # a pull comes every few hours
REFUSED = frozenset({ListingState.REJECTED, ListingState.BANNED})


class ReadingBack(TiktokShop):
    _reviews: dict[str, Product] | None = None  # of one sweep: whoever tracks one product tracks many
    _reviews_at: datetime | None = None

    def find(self, sku: str) -> ReportedListing | None:
        """By seller SKU, exactly. A deleted product is not a listing any more."""
        for product in self._products(ProductSearch(seller_skus=[sku])):
            state = to_state(product.status)
            for one in product.skus:
                if one.seller_sku == sku and state is not ListingState.DELETED:
                    reason = self._reason(product.id) if state in REFUSED else None
                    return to_reported(product, one, self._app.storefront_url, state, reason)
        return None

    def track(self, tracking_id: str) -> ReportedListing:
        """What review made of the words last sent. Raises NotFoundError when the product is gone.

        All products are swept at once and kept for a minute: hundreds may be under review, and a page shows a hundred.
        """
        product = self._swept().get(tracking_id)
        if product is None:
            raise NotFoundError("TikTok Shop không còn sản phẩm này", marketplace=self.code, code=tracking_id)
        return self._reported(product, to_review(product))[0]

    def forget_reviews(self) -> None:
        """Something was sent: what was read before does not speak of it."""
        self._reviews = None

    def pull_listings(self) -> Iterator[ReportedListing]:
        """Each SKU of each product once, with TikTok's reason where the product is refused; then what was deleted lately.

        A deleted product whose SKU has a newer one is not told: the SKU is there.
        """
        seen: set[str] = set()
        skus: set[str] = set()
        for product in self._products(ProductSearch()):
            state = to_state(product.status)
            if product.id not in seen and state is not ListingState.DELETED:
                seen.add(product.id)
                skus.update(sku.seller_sku for sku in product.skus)
                yield from self._reported(product, state)
        for product in self._products(ProductSearch(status="DELETED", update_time_ge=self._lately())):
            reports = self._reported(product, ListingState.DELETED)
            yield from (report for report in reports if report.sku is not None and report.sku not in skus)

    def _reported(self, product: Product, state: ListingState) -> list[ReportedListing]:
        """Ours have one SKU; a product made by hand may have several, or as a draft none."""
        reason = self._reason(product.id) if state in REFUSED else None
        return [to_reported(product, sku, self._app.storefront_url, state, reason) for sku in product.skus or (None,)]

    def _reason(self, product_id: str) -> str | None:
        """A refused edit keeps its reasons on the version under review."""
        query = DetailQuery(return_under_review_version=True)
        return to_reason(self.call(e.PRODUCT, query, product_id=product_id).audit_failed_reasons) or None

    def _lately(self) -> int:
        return to_seconds(self.clock.now() - DELETED_REACH)

    def _swept(self) -> dict[str, Product]:
        now = self.clock.now()
        if self._reviews is None or self._reviews_at is None or not now - self._reviews_at < timedelta(minutes=1):
            self._reviews = {product.id: product for product in self._products(ProductSearch())}
            self._reviews_at = now
        return self._reviews

    def _products(self, filters: ProductSearch) -> Iterator[Product]:
        """Products may repeat. More hits than may be listed are refused, so the range is halved by update time."""
        try:
            for page in pages(lambda token: self.search(e.PRODUCT_SEARCH, filters, token).answer):
                yield from page.products
        except RejectedError as err:
            if err.code != str(TOO_MANY_HITS):
                raise
            yield from self._halved(filters)

    def _halved(self, filters: ProductSearch) -> Iterator[Product]:
        start = to_seconds(FIRST_DAY) if filters.update_time_ge is None else filters.update_time_ge
        end = after(self.clock.now()) if filters.update_time_le is None else filters.update_time_le
        if start >= end:
            raise UnexpectedAnswerError("more products changed in one second than may be listed", marketplace=self.code)
        middle = (start + end) // 2
        for part in (
            {"update_time_ge": start, "update_time_le": middle},
            {"update_time_ge": middle + 1, "update_time_le": end},
        ):
            yield from self._products(filters.model_copy(update=part))
