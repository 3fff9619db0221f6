"""Sold counters, ratings and reviews of our own listings (v2 reference 3.14, 3.15, read 2026-11-23)."""

from collections.abc import Iterator, Sequence

from catalog.reading import Item, RatingsPage
from connectors.errors import NotFoundError
from connectors.facts.listing import ListingRef
from connectors.shopee.endpoints import BASE_INFO, COMMENTS, EXTRA_INFO
from connectors.shopee.mapper.metrics import to_item, to_ratings
from connectors.shopee.payloads.listings import ItemIdsQuery
from connectors.shopee.payloads.metrics import CommentQuery
from connectors.shopee.shop import ShopeeShop

IDS_A_CALL = 50
PAGE = 100


class Figures(ShopeeShop):
    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:
        """Items that are gone are left out."""
        ids = list(dict.fromkeys(ref.external_id for ref in refs))
        for start in range(0, len(ids), IDS_A_CALL):
            yield from self._items(ItemIdsQuery(item_id_list=ids[start : start + IDS_A_CALL]))

    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:
        """`more` stays true past a cap of 500-1000 reviews, so an empty page or an unmoved cursor is the end."""
        cursor = ""
        while True:
            query = CommentQuery(item_id=int(ref.external_id), cursor=cursor, page_size=PAGE)
            page = self._channel.call(COMMENTS, query)
            if not page.item_comment_list:
                return
            yield to_ratings(self.shop_id, ref.external_id, page)
            if not page.more or page.next_cursor in {"", cursor}:
                return
            cursor = page.next_cursor

    def _items(self, query: ItemIdsQuery) -> list[Item]:
        try:
            extras = self._channel.call(EXTRA_INFO, query).item_list
            infos = {info.item_id: info for info in self._channel.call(BASE_INFO, query).item_list}
        except NotFoundError:  # none of this batch is there any more
            return []
        return [to_item(self.shop_id, extra, infos[extra.item_id]) for extra in extras if extra.item_id in infos]
