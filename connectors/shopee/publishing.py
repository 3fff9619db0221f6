"""Putting listings up and changing them (v2 reference 3.6-3.11, read 2026-11-23). One variant of ours is one item."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import Any

from catalog.listing import Listing
from connectors.endpoint import Part
from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef, PriceChange, Pushed, ReportedListing, RowOutcome, StockChange
from connectors.pictures import Pictures
from connectors.shopee.endpoints import (
    ADD_ITEM,
    UNLIST_ITEM,
    UPDATE_ITEM,
    UPDATE_PRICE,
    UPDATE_STOCK,
    UPLOAD_IMAGE,
)
from connectors.shopee.mapper.products import Placement, to_add_item, to_update_item
from connectors.shopee.payloads.products import (
    BatchResult,
    PriceRow,
    SellerStock,
    StockRow,
    UnlistItems,
    UnlistRow,
    UpdatePrice,
    UpdateStock,
)
from connectors.shopee.payloads.reference import UploadImage
from connectors.shopee.reference import Reference
from connectors.shopee.shop import ShopeeShop

UNLIST_BATCH = 50


class Publishing(ShopeeShop):
    price_batch = 1  # a call carries one item; only its models go together
    stock_batch = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reference = Reference(self._channel, self.cache, self._app, self.shop_id)
        self._pictures = Pictures(self, self._upload)

    def push_new(self, listing: Listing) -> Pushed:
        payload = to_add_item(listing, self._placement(listing))
        return Pushed(external_id=self._channel.call(ADD_ITEM, payload).item_id)

    def update(self, ref: ListingRef, listing: Listing) -> Pushed:
        """Safe to repeat. Shopee validates the whole listing again, so an untouched field can be the one refused."""
        payload = to_update_item(ref.external_id, listing, self._placement(listing))
        return Pushed(external_id=self._channel.call(UPDATE_ITEM, payload).item_id)

    def set_prices(self, changes: Sequence[PriceChange]) -> list[RowOutcome]:
        return [self._row(change.ref, partial(self._set_price, change)) for change in changes]

    def set_stocks(self, changes: Sequence[StockChange]) -> list[RowOutcome]:
        return [self._row(change.ref, partial(self._set_stock, change)) for change in changes]

    def withdraw(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        return self._unlist(refs, unlist=True)

    def restore(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        return self._unlist(refs, unlist=False)

    def track(self, tracking_id: str) -> ReportedListing:
        raise self.unsupported(f"track {tracking_id}: an item exists as soon as it is accepted")

    def _placement(self, listing: Listing) -> Placement:
        return Placement(
            shelf=self._reference.shelf(listing),
            channel_ids=self._reference.channel_ids(listing.shipping_weight_g),
            image_ids=[self._pictures.name_of(picture) for picture in listing.images],
        )

    def _upload(self, file: Part) -> str:
        """The app signs uploads, not the shop (3.5). Shopee takes files only, never addresses."""
        return self._channel.call(UPLOAD_IMAGE, UploadImage(file=file), signing=self._app_signing).image_info.image_id

    def _row(self, ref: ListingRef, send: Callable[[], BatchResult]) -> RowOutcome:
        """A refusal is this row's outcome. A clean envelope may still carry a failure."""
        try:
            failed = send().failure_list
        except RejectedError as err:
            return RowOutcome(sku=ref.sku, ok=False, code=err.code, reason=err.reason)
        return (
            RowOutcome(sku=ref.sku, ok=False, reason=failed[0].failed_reason)
            if failed
            else RowOutcome(sku=ref.sku, ok=True)
        )

    def _set_price(self, change: PriceChange) -> BatchResult:
        row = PriceRow(model_id=_model_id(change.ref), original_price=float(change.price_vnd))
        return self._channel.call(UPDATE_PRICE, UpdatePrice(item_id=int(change.ref.external_id), price_list=[row]))

    def _set_stock(self, change: StockChange) -> BatchResult:
        row = StockRow(model_id=_model_id(change.ref), seller_stock=[SellerStock(stock=change.stock)])
        return self._channel.call(UPDATE_STOCK, UpdateStock(item_id=int(change.ref.external_id), stock_list=[row]))

    def _unlist(self, refs: Sequence[ListingRef], *, unlist: bool) -> list[RowOutcome]:
        left = iter(refs)
        outcomes: list[RowOutcome] = []
        while batch := list(islice(left, UNLIST_BATCH)):
            outcomes += self._unlist_batch(batch, unlist=unlist)
        return outcomes

    def _unlist_batch(self, refs: list[ListingRef], *, unlist: bool) -> list[RowOutcome]:
        rows = [UnlistRow(item_id=int(ref.external_id), unlist=unlist) for ref in refs]
        try:
            failed = self._channel.call(UNLIST_ITEM, UnlistItems(item_list=rows)).failure_list
        except RejectedError as err:  # all of them failed
            return [RowOutcome(sku=ref.sku, ok=False, code=err.code, reason=err.reason) for ref in refs]
        reasons = {row.item_id: row.failed_reason for row in failed} if failed else {}
        return [
            RowOutcome(sku=ref.sku, ok=ref.external_id not in reasons, reason=reasons.get(ref.external_id, ""))
            for ref in refs
        ]


def _model_id(ref: ListingRef) -> int | None:
    return None if ref.variant_id is None else int(ref.variant_id)
