"""Pieces sold since the shop's first day, from TikTok Shop's analytics (Partner reference 6, read 2026-11-24).

These are attributed figures that may count goods sent back: orders and statements are the source of money. Figures are of a range
of days; no longest range is named, so none of ours is over a year, and the years are added. Stars are told a product at a time, at
less than a call a second, and no review's text at all: those are left to the public page.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from catalog.reading import Item, RatingsPage, Sold
from connectors.facts.listing import ListingRef
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.paging import pages
from connectors.tiktok_shop.payloads.figures import FiguresPage, PerformanceQuery
from connectors.tiktok_shop.shop import TiktokShop

SHOP_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")  # days are the shop's own
FIRST_DAY = date(2022, 4, 1)  # TikTok Shop opened in Vietnam in that month
LONGEST = timedelta(days=365)
SURELY_THERE = timedelta(days=14)  # how old figures are that no delay holds back
DAY = timedelta(days=1)
PAGE = 100


class Figures(TiktokShop):
    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:
        """A page shows a hundred products, so all are read. Of a product that is never among them nothing is known."""
        sold: Counter[str] = Counter()
        for start, end in _years(self._last_day() + DAY):
            for page in pages(partial(self._page, start, end, PAGE)):
                sold.update({one.id: one.total_performance.items_sold for one in page.products})
        return (_to_item(self.shop_id, ref, sold[ref.external_id]) for ref in refs if ref.external_id in sold)

    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:
        raise self.unsupported(f"read reviews of {ref.external_id}: only the public page has them")

    def _last_day(self) -> date:
        """The last day the figures speak of: a range must not reach beyond it. Any answer names it."""
        day = self.clock.now().astimezone(SHOP_ZONE).date() - SURELY_THERE
        return self._page(day, day + DAY, 1, None).latest_available_date

    def _page(self, start: date, end: date, size: int, token: str | None) -> FiguresPage:
        query = PerformanceQuery(
            start_date_ge=start.isoformat(), end_date_lt=end.isoformat(), page_size=size, page_token=token
        )
        return self.call(e.PERFORMANCE, query)


def _years(end: date) -> Iterator[tuple[date, date]]:
    start = FIRST_DAY
    while start < end:
        yield start, min(start + LONGEST, end)
        start += LONGEST


def _to_item(shop_id: str, ref: ListingRef, sold: int) -> Item:
    return Item(
        site="tiktok_shop",
        page="product",
        external_id=ref.external_id,
        variant_id=ref.variant_id,
        shop_id=shop_id,
        sold_total=Sold(raw=str(sold), lo=sold, hi=sold),
    )
