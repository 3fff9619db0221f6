"""What Shopee says our listings are (v2 reference 3.12, 3.13, 3.16, read 2026-11-23)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from connectors.errors import NotFoundError, RejectedError, UnexpectedAnswerError
from connectors.facts.listing import ReportedListing
from connectors.shopee.endpoints import BASE_INFO, ITEM_LIST, SEARCH_ITEM, VIOLATIONS
from connectors.shopee.mapper.products import STATES, to_reported
from connectors.shopee.mapper.times import to_seconds
from connectors.shopee.payloads.listings import BaseInfo, ItemIdsQuery, ItemListPage, ItemListQuery, SearchQuery
from connectors.shopee.shop import ShopeeShop

PAGE = 100
IDS_A_CALL = 50
FIRST_DAY = datetime.fromisoformat("2015-01-01T00:00:00+00:00")  # before Shopee had a shop
JUST_PUSHED = timedelta(days=1)  # the search index may lag behind a push


class ReadingBack(ShopeeShop):
    def find(self, sku: str) -> ReportedListing | None:
        """Search by SKU, then look through what changed in the last day. A deleted item is not a listing any more."""
        query = SearchQuery(item_sku=sku, offset="", page_size=PAGE)
        found = self._exact(sku, iter(self._channel.call(SEARCH_ITEM, query).item_id_list))
        now = self.clock.now()
        return found or self._exact(sku, self._item_ids(now - JUST_PUSHED, now))

    def pull_listings(self) -> Iterator[ReportedListing]:
        """Each item once. Deleted ones are named while Shopee still names them (90 days)."""
        for batch in self._base_infos(iter(dict.fromkeys(self._item_ids()))):
            reasons = self._reasons_of(batch)
            yield from (to_reported(info, self.storefront, reasons.get(info.item_id)) for info in batch)

    def _exact(self, sku: str, item_ids: Iterator[str]) -> ReportedListing | None:
        for batch in self._base_infos(item_ids):
            for info in batch:
                if info.item_sku == sku and not info.item_status.endswith("_DELETE"):
                    return to_reported(info, self.storefront, self._reasons_of([info]).get(info.item_id))
        return None

    def _base_infos(self, item_ids: Iterator[str]) -> Iterator[list[BaseInfo]]:
        while batch := list(islice(item_ids, IDS_A_CALL)):
            try:
                yield self._channel.call(BASE_INFO, ItemIdsQuery(item_id_list=batch)).item_list
            except NotFoundError:  # none of this batch is there any more
                continue

    def _item_ids(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[str]:
        """Ids may repeat. Deep offsets are refused, so a range too full for them is halved by update time."""
        offset: int | None = 0
        while offset is not None:
            try:
                page = self._channel.call(ITEM_LIST, _list_query(offset, since, until))
            except RejectedError as err:
                if "offset over limit" not in err.reason:
                    raise
                yield from self._halved(since or FIRST_DAY, until or self.clock.now())
                return
            yield from (ref.item_id for ref in page.item)
            offset = _next_offset(page, offset)

    def _halved(self, since: datetime, until: datetime) -> Iterator[str]:
        middle = since + (until - since) / 2
        if middle - since < timedelta(seconds=1):
            raise UnexpectedAnswerError("more items changed in one second than may be listed", marketplace="shopee")
        yield from self._item_ids(since, middle)
        yield from self._item_ids(middle, until)

    def _reasons_of(self, batch: list[BaseInfo]) -> dict[str, str]:
        """Why those of the batch that are banned are, in Shopee's words. No request when none is."""
        banned = [info.item_id for info in batch if info.item_status == "BANNED"]
        if not banned:
            return {}
        rows = self._channel.call(VIOLATIONS, ItemIdsQuery(item_id_list=banned)).item_list
        return {
            row.item_id: "; ".join(
                " - ".join(text for text in (one.violation_reason, one.suggestion) if text)
                for one in row.item_status_details
            )
            for row in rows
        }


def _list_query(offset: int, since: datetime | None, until: datetime | None) -> ItemListQuery:
    return ItemListQuery(
        offset=offset,
        page_size=PAGE,
        item_status=list(STATES),
        update_time_from=None if since is None else to_seconds(since),
        update_time_to=None if until is None else to_seconds(until),
    )


def _next_offset(page: ItemListPage, offset: int) -> int | None:
    if not page.has_next_page:
        return None
    if page.next_offset <= offset:
        raise UnexpectedAnswerError("the item list does not advance", marketplace="shopee")
    return page.next_offset
