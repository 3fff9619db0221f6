"""Reviews of our own products (reference, section 4.5, read 2026-11-24)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from catalog.reading import Item, RatingsPage
from connectors.facts.listing import ListingRef
from connectors.lazada.endpoints import REVIEW_IDS, REVIEWS
from connectors.lazada.mapper.reviews import to_ratings
from connectors.lazada.payloads.reviews import HistoryQuery, Review, ReviewsQuery
from connectors.lazada.reading_back import FIRST_DAY, products_with
from connectors.lazada.shop import LazadaShop
from connectors.lazada.times import to_milliseconds, to_utc

WINDOW = timedelta(days=7)
OLDEST = timedelta(days=90) - timedelta(hours=1)  # the start of a window must be younger
LAST_PAGE = 50
DETAILS_A_CALL = 10
NEVER_CHANGES_S = 366 * 86_400.0


class Reviews(LazadaShop):
    """Lazada gives reviews a week and a product a call, and neither sold counts nor ratings of a product at all."""

    reviews_reach = OLDEST

    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:  # noqa: ARG002 - refused before any request
        raise self.unsupported("pull metrics")

    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:
        """Newest week first, the last 90 days at most: older reviews are not shown any more, which does not make them deleted.

        A week without reviews is an empty page, so whoever stops where nothing is new pays one call a product and day.
        """
        until = self.clock.now()
        since = oldest = until - OLDEST
        while until > since:
            start = max(since, until - WINDOW)
            yield from self._week(ref, start, until)
            if since == oldest:  # nobody reviews what is not there yet: one call spares a new product twelve
                since = max(oldest, self._made_at(ref))
            until = start

    def _week(self, ref: ListingRef, start: datetime, end: datetime) -> Iterator[RatingsPage]:
        ids = list(self._ids(ref, start, end))
        for at in range(0, len(ids) or 1, DETAILS_A_CALL):
            batch = ids[at : at + DETAILS_A_CALL]
            yield to_ratings(self.shop_id, ref.external_id, self._details(batch) if batch else [])

    def _made_at(self, ref: ListingRef) -> datetime:
        key = f"lazada/{self.shop_id}/made/{ref.external_id}"
        if (kept := self.cache.get(key, NEVER_CHANGES_S)) is not None:
            return to_utc(kept)
        products = products_with(self._channel, ref.sku)
        made_at = min((one.created_time for one in products if one.item_id == ref.external_id), default=FIRST_DAY)
        self.cache.put(key, made_at.isoformat())
        return made_at

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
