"""Putting listings up and changing them (reference, sections 3.5-3.9, read 2026-11-24). One variant of ours is one product."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from catalog.listing import Listing
from connectors.endpoint import Part
from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef, PriceChange, Pushed, ReportedListing, RowOutcome, StockChange
from connectors.lazada.attributes import fill
from connectors.lazada.batch import Batch, refused, send_batch
from connectors.lazada.codes import ALREADY_OFFLINE, bare
from connectors.lazada.endpoints import CREATE, DEACTIVATE, SET_PRICES, SET_STOCKS, UPDATE, UPLOAD_IMAGE
from connectors.lazada.mapper import products as mapper
from connectors.lazada.payloads.products import (
    PricedProduct,
    PriceRequest,
    PriceRow,
    PriceRows,
    SetPrices,
    SetStocks,
    StockRow,
)
from connectors.lazada.payloads.reference import UploadImage
from connectors.lazada.reference import Reference
from connectors.lazada.shop import LazadaShop
from connectors.pictures import Pictures

BRAND_ANSWERS = ("brand_id", "brand")  # by which the office may name a brand; the first is the one that will stay
Change = TypeVar("Change", PriceChange, StockChange)
Row = TypeVar("Row", PriceRow, StockRow)


class Publishing(LazadaShop):
    price_batch = 50  # more are refused; twenty are advised, and sent when Lazada finds fifty too many
    stock_batch = 50

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reference = Reference(self._channel, self._limiter, self.cache, self._app)
        self._pictures = Pictures(self, self._upload)

    def push_new(self, listing: Listing) -> Pushed:
        created = self._channel.call(CREATE, mapper.to_new_product(listing, self._placement(listing)))
        return Pushed(external_id=created.item_id, variant_id=created.sku_list[0].sku_id)

    def update(self, ref: ListingRef, listing: Listing) -> Pushed:
        """Safe to repeat. Lazada reviews the product again; edits of one product must not cross (4147)."""
        self._channel.call(UPDATE, mapper.to_update(ref, listing, self._placement(listing)))
        return Pushed(external_id=ref.external_id, variant_id=ref.variant_id)

    def set_prices(self, changes: Sequence[PriceChange]) -> list[RowOutcome]:
        def send(rows: Sequence[PriceRow]) -> None:
            product = PricedProduct(skus=PriceRows(sku=list(rows)))
            self._channel.call(SET_PRICES, SetPrices(request=PriceRequest(product=product)))

        return _in_batch(changes, mapper.to_price, send)

    def set_stocks(self, changes: Sequence[StockChange]) -> list[RowOutcome]:
        """What may still be sold, so 0 stops a sale at once: a *total* below what is held for orders would be refused."""

        def send(rows: Sequence[StockRow]) -> None:
            self._channel.call(SET_STOCKS, SetStocks(rows=list(rows)))

        return _in_batch(changes, mapper.to_stock, send)

    def withdraw(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        return [_outcome(ref, self._switch_off) for ref in refs]

    def restore(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        return [_outcome(ref, self._switch_on) for ref in refs]

    def track(self, tracking_id: str) -> ReportedListing:
        raise self.unsupported(f"track {tracking_id}: a product has its id as soon as it is accepted")

    def _placement(self, listing: Listing) -> mapper.Placement:
        category_id = self._reference.category_id(listing)
        filled = fill(self._reference.attributes(category_id), listing)
        image_urls = [self._pictures.name_of(picture) for picture in listing.images]
        return mapper.Placement(category_id, filled, self._brand(listing), image_urls)

    def _upload(self, file: Part) -> str:
        """Products may show only what Lazada hosts (3.4); a picture is named by its address there."""
        return self._channel.call(UPLOAD_IMAGE, UploadImage(file=file)).image.url

    def _brand(self, listing: Listing) -> dict[str, str]:
        """The office's answer, else none: a register's brand is no brand of Lazada's until it is registered there."""
        answered = {name: value for name, value in listing.attributes if name in BRAND_ANSWERS}
        return answered or {"brand_id": self._reference.no_brand_id()}

    def _switch_off(self, ref: ListingRef) -> None:
        try:
            self._channel.call(DEACTIVATE, mapper.to_switched_off(ref))
        except RejectedError as err:
            if bare(err.code) != ALREADY_OFFLINE:
                raise

    def _switch_on(self, ref: ListingRef) -> None:
        self._channel.call(UPDATE, mapper.to_switched_on(ref))


def _outcome(ref: ListingRef, send: Callable[[ListingRef], None]) -> RowOutcome:
    try:
        send(ref)
    except RejectedError as err:
        return refused(ref, err.code, err.reason)
    return RowOutcome(sku=ref.sku, ok=True)


def _in_batch(
    changes: Sequence[Change], to_row: Callable[[Change], Row], send: Callable[[Sequence[Row]], None]
) -> list[RowOutcome]:
    """One outcome a change, in their order. A listing whose ids are unknown is refused before any request."""
    outcomes: dict[int, RowOutcome] = {}
    batch: Batch[Row] = []
    for place, change in enumerate(changes):
        try:
            batch.append((place, change.ref, to_row(change)))
        except RejectedError as err:
            outcomes[place] = refused(change.ref, err.code, err.reason)
    outcomes |= send_batch(batch, send)
    return [outcomes[place] for place in range(len(changes))]
