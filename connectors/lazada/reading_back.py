"""What Lazada says our listings are (reference, section 3.10, read 2026-11-24)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.errors import UnexpectedAnswerError
from connectors.facts.listing import ListingState, ReportedListing
from connectors.http import HttpChannel
from connectors.lazada.endpoints import PRODUCTS
from connectors.lazada.mapper.listings import to_reported
from connectors.lazada.payloads.listings import Product, ProductPage, ProductsQuery
from connectors.lazada.shop import LazadaShop
from connectors.lazada.times import to_iso

PAGE = 50
DEEPEST_OFFSET = 10_000
FIRST_DAY = datetime.fromisoformat("2012-01-01T00:00:00+00:00")  # before Lazada had a seller in Vietnam


class ReadingBack(LazadaShop):
    def find(self, sku: str) -> ReportedListing | None:
        """The product that has this SKU of ours, under review too. A deleted one is not a listing any more."""
        found = (one for product in products_with(self._channel, sku) for one in self._reported(product))
        return next((one for one in found if one.sku == sku and one.state is not ListingState.DELETED), None)

    def pull_listings(self) -> Iterator[ReportedListing]:
        """Each SKU once. What moves between two pages while they are read comes with the next pull."""
        seen: set[str] = set()
        for product in self._products(None, None):
            if product.item_id not in seen:
                seen.add(product.item_id)
                yield from self._reported(product)

    def _reported(self, product: Product) -> list[ReportedListing]:
        return [to_reported(product, sku, self._app.storefront_url) for sku in product.skus]

    def _products(self, since: datetime | None, until: datetime | None) -> Iterator[Product]:
        """Deep offsets are refused, so a range too full for them is halved by the day of creation."""
        offset = 0
        while True:
            page = self._page(offset, since, until)
            if page.total_products > DEEPEST_OFFSET:
                yield from self._halved(since or FIRST_DAY, until or self.clock.now())
                return
            yield from page.products
            offset += len(page.products)
            if offset >= page.total_products or not page.products:
                return

    def _page(self, offset: int, since: datetime | None, until: datetime | None) -> ProductPage:
        query = ProductsQuery(
            limit=PAGE,
            offset=offset,
            create_after=None if since is None else to_iso(since),
            create_before=None if until is None else to_iso(until),
        )
        return self._channel.call(PRODUCTS, query)

    def _halved(self, since: datetime, until: datetime) -> Iterator[Product]:
        middle = since + (until - since) / 2
        if middle - since < timedelta(seconds=1):
            raise UnexpectedAnswerError(
                "more products were made in one second than may be listed", marketplace=self.code
            )
        yield from self._products(since, middle)
        yield from self._products(middle, until)


def products_with(channel: HttpChannel, sku: str) -> list[Product]:
    """Products that have this SKU of ours."""
    query = ProductsQuery(limit=PAGE, sku_seller_list=json.dumps([sku], ensure_ascii=False))
    return channel.call(PRODUCTS, query).products
