"""Pieces sold since the shop's first day, from TikTok Shop's analytics (Partner reference 6, read 2026-11-24).

These are attributed figures that may count goods sent back: orders and statements are the source of money. Figures are of a range
of days, and no longest range is named, so one range holds them all. Stars are told a product at a time, at less than a call a
second, and no review's text at all: those are left to the public page.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from catalog.reading import Item, RatingsPage, Sold
from connectors.base import ListingRef
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.paging import pages
from connectors.tiktok_shop.payloads.figures import FiguresPage, PerformanceQuery
from connectors.tiktok_shop.shop import TiktokShop

SHOP_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # days are the shop's own
FIRST_DAY = date(2022, 4, 1)  # TikTok Shop opened in Vietnam in that month
DAY = timedelta(days=1)
PAGE = 100


class Figures(TiktokShop):
    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:
        """A page shows a hundred products, so all are read. Of a product that is not among them nothing is known."""
        wanted = {ref.external_id: ref for ref in refs}
        for page in self._pages(self._last_day() + DAY):
            for one in page.products:
                if ref := wanted.get(one.id):
                    yield _to_item(self.shop_id, ref, one.total_performance.items_sold)

    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:
        raise self.unsupported(f"read reviews of {ref.external_id}: only the public page has them")

    def _last_day(self) -> date:
        """The last day the figures speak of: a range must not reach beyond it."""
        today = self.clock.now().astimezone(SHOP_ZONE).date()
        return date.fromisoformat(self._page(today, 1, None).latest_available_date)

    def _pages(self, end: date) -> Iterator[FiguresPage]:
        return pages(lambda token: self._page(end, PAGE, token))

    def _page(self, end: date, size: int, token: str | None) -> FiguresPage:
        query = PerformanceQuery(
            start_date_ge=FIRST_DAY.isoformat(), end_date_lt=end.isoformat(), page_size=size, page_token=token
        )
        return self.call(e.PERFORMANCE, query)


def _to_item(shop_id: str, ref: ListingRef, sold: int) -> Item:
    return Item(
        site="tiktok_shop",
        page="product",
        external_id=ref.external_id,
        variant_id=ref.variant_id,
        shop_id=shop_id,
        sold_total=Sold(raw=str(sold), lo=sold, hi=sold),
    )
