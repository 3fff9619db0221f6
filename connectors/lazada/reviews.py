"""Reviews of our own products (reference, section 4.5, read 2026-11-24)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from catalog.reading import Item, RatingsPage
from connectors.base import ListingRef
from connectors.lazada.endpoints import REVIEW_IDS, REVIEWS
from connectors.lazada.mapper.reviews import to_ratings
from connectors.lazada.payloads.reviews import HistoryQuery, Review, ReviewsQuery
from connectors.lazada.reading_back import FIRST_DAY, products_with
from connectors.lazada.shop import LazadaShop
from connectors.lazada.times import to_milliseconds, to_utc

WINDOW = timedelta(days=7)
OLDEST = timedelta(days=90) - timedelta(hours=1)  # the start of a window must be younger
OVERLAP = timedelta(days=2)  # a review may be shown late
READ_AGAIN = WINDOW - OVERLAP  # after which one window still joins the last reading
LAST_PAGE = 50
DETAILS_A_CALL = 10
KEPT_S = OLDEST.total_seconds()


class Reviews(LazadaShop):
    """Lazada gives reviews a week and a product a call, and neither sold counts nor ratings of a product at all."""

    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:  # noqa: ARG002 - refused before any request
        raise self.unsupported("pull metrics")

    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:
        """Newest week first, the last 90 days at most; weeks without reviews are left out.

        A product read to its end is not asked about for five days, then with two days' overlap: one call a product and week.
        """
        now = self.clock.now()
        key = f"lazada/{self.shop_id}/reviews/{ref.external_id}"
        kept = self.cache.get(key, KEPT_S)
        read_until = None if kept is None else to_utc(kept)
        if read_until is not None and now - read_until < READ_AGAIN:
            return
        since = self._made_at(ref) if read_until is None else read_until - OVERLAP
        yield from self._pages(ref, max(now - OLDEST, since), now)
        self.cache.put(key, now.isoformat())  # only once every page was taken

    def _made_at(self, ref: ListingRef) -> datetime:
        """Nobody reviews what is not there yet: for a new product one call spares twelve."""
        products = products_with(self._channel, ref.sku)
        return min((one.created_time for one in products if one.item_id == ref.external_id), default=FIRST_DAY)

    def _pages(self, ref: ListingRef, since: datetime, until: datetime) -> Iterator[RatingsPage]:
        while until > since:
            start = max(since, until - WINDOW)
            ids = list(self._ids(ref, start, until))
            for at in range(0, len(ids), DETAILS_A_CALL):
                if reviews := [one for one in self._details(ids[at : at + DETAILS_A_CALL]) if one.ratings]:
                    yield to_ratings(self.shop_id, ref.external_id, reviews, has_next=start > since)
            until = start

    def _ids(self, ref: ListingRef, start: datetime, end: datetime) -> Iterator[str]:
        page, seen = 1, 0
        while page <= LAST_PAGE:
            query = HistoryQuery(
                item_id=int(ref.external_id),
                start_time=to_milliseconds(start),
                end_time=to_milliseconds(end),
                current=page,
            )
            answer = self._channel.call(REVIEW_IDS, query)
            yield from answer.id_list
            page, seen = page + 1, seen + len(answer.id_list)
            if seen >= answer.total or not answer.id_list:
                return

    def _details(self, ids: Sequence[str]) -> list[Review]:
        return self._channel.call(REVIEWS, ReviewsQuery(id_list=f"[{','.join(ids)}]")).review_list
