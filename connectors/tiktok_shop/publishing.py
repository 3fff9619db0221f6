"""Putting listings up and changing them (Partner reference 3.5, 3.6, read 2026-11-24). TikTok Shop reviews creates and edits."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from catalog.listing import Listing
from connectors.endpoint import Endpoint, In, Part
from connectors.errors import RejectedError, TransientError, UnexpectedAnswerError
from connectors.facts.listing import ListingRef, ListingState, PriceChange, Pushed, RowOutcome, StockChange
from connectors.pictures import Pictures
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.attributes import naming_what_is_missing
from connectors.tiktok_shop.codes import WRONG_STATUS
from connectors.tiktok_shop.mapper.listings import to_state
from connectors.tiktok_shop.mapper.outcomes import product_id_of, refused, to_outcome
from connectors.tiktok_shop.mapper.products import (
    Placement,
    to_full_edit,
    to_new_product,
    to_partial_edit,
    to_price,
)
from connectors.tiktok_shop.payloads.listings import DetailQuery
from connectors.tiktok_shop.payloads.products import (
    BatchResult,
    PriceUpdate,
    ProductIds,
    SavedProduct,
    SkuPrice,
    SkuStock,
    Stock,
    StockUpdate,
)
from connectors.tiktok_shop.payloads.reference import UploadImage
from connectors.tiktok_shop.reading_back import ReadingBack
from connectors.tiktok_shop.reference import Reference

ON_OFF_BATCH = 20
HIDDEN = frozenset({ListingState.HIDDEN, ListingState.BANNED, ListingState.REJECTED, ListingState.DELETED})
SHOWN = frozenset({ListingState.LIVE, ListingState.PENDING})


class Publishing(ReadingBack):
    price_batch = 1  # a call carries the SKUs of one product, and a product of ours has one
    stock_batch = 1

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reference = Reference(self)
        self._pictures = Pictures(self, self._upload)

    def push_new(self, listing: Listing) -> Pushed:
        """The product exists at once and is reviewed; its id is what to ask about.

        A new product needs a piece to sell (3.5): without one it is not refused but waits, for stock is no part of its words.
        """
        if listing.stock == 0:
            raise TransientError("TikTok Shop chỉ nhận sản phẩm mới khi còn hàng", marketplace=self.code, code="stock")
        placement = self._placement(listing)
        payload = to_new_product(listing, placement, self._reference.warehouse_id())
        with naming_what_is_missing(placement.shelf.attributes):
            return self._pushed(self.call(e.CREATE, payload))

    def update(self, ref: ListingRef, listing: Listing) -> Pushed:
        """Reviewed like a create; the old words stay on sale meanwhile. Another category needs the edit that overwrites everything."""
        placement = self._placement(listing)
        if listing.category_id is not None and self._leaf_of(ref) != listing.category_id:
            return self._edit(e.FULL_EDIT, to_full_edit(_sku_id(ref), listing, placement), ref, placement)
        return self._edit(e.PARTIAL_EDIT, to_partial_edit(listing, placement), ref, placement)

    def set_prices(self, changes: Sequence[PriceChange]) -> list[RowOutcome]:
        """Only of products on sale and in no promotion. Not reviewed."""
        return [self._set_price(change) for change in changes]

    def set_stocks(self, changes: Sequence[StockChange]) -> list[RowOutcome]:
        return [self._set_stock(change) for change in changes]

    def withdraw(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        """Whole products: what shares one with other SKUs takes them along."""
        return self._switch(e.DEACTIVATE, refs, HIDDEN)

    def restore(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        """Reviewed again before shoppers see them."""
        return self._switch(e.ACTIVATE, refs, SHOWN)

    def _placement(self, listing: Listing) -> Placement:
        return Placement(
            shelf=self._reference.shelf(listing),
            brand_id=self._reference.brand_id(listing.brand),
            picture_uris=[self._pictures.name_of(picture) for picture in listing.images],
        )

    def _upload(self, file: Part) -> str:
        """TikTok Shop never takes an outside address (3.4). Its name of a picture is a URI of its own."""
        return self.call_as_seller(e.UPLOAD_IMAGE, UploadImage(file=file)).answer.uri

    def _edit(self, endpoint: Endpoint[In, SavedProduct], payload: In, ref: ListingRef, placement: Placement) -> Pushed:
        with naming_what_is_missing(placement.shelf.attributes):
            return self._pushed(self.call(endpoint, payload, product_id=ref.external_id))

    def _pushed(self, saved: SavedProduct) -> Pushed:
        self.forget_reviews()
        variant_id = saved.skus[0].id if saved.skus else None
        return Pushed(external_id=saved.product_id, variant_id=variant_id, tracking_id=saved.product_id)

    def _leaf_of(self, ref: ListingRef) -> str | None:
        chain = self.call(e.PRODUCT, DetailQuery(), product_id=ref.external_id).category_chains
        return next((link.id for link in chain if link.is_leaf), None)

    def _set_price(self, change: PriceChange) -> RowOutcome:
        payload = PriceUpdate(skus=[SkuPrice(id=_sku_id(change.ref), price=to_price(change.price_vnd))])
        return self._row(e.PRICES, payload, change.ref)

    def _set_stock(self, change: StockChange) -> RowOutcome:
        """The warehouse is left out: a SKU of ours has one, and may have been moved to another since."""
        payload = StockUpdate(skus=[SkuStock(id=_sku_id(change.ref), inventory=[Stock(quantity=change.stock)])])
        return self._row(e.STOCKS, payload, change.ref)

    def _row(self, endpoint: Endpoint[Any, BatchResult], payload: Any, ref: ListingRef) -> RowOutcome:
        """A refusal is this row's outcome. A clean envelope may still carry a failure."""
        try:
            failed = self.call(endpoint, payload, product_id=ref.external_id).errors
        except RejectedError as err:
            return refused(ref, err.code, err.reason)
        return to_outcome(ref, failed[0] if failed else None)

    def _switch(
        self, endpoint: Endpoint[ProductIds, BatchResult], refs: Sequence[ListingRef], wanted: frozenset[ListingState]
    ) -> list[RowOutcome]:
        """A product that is already as wanted is refused for its status: that is no failure."""
        left = iter(refs)
        outcomes: list[RowOutcome] = []
        while batch := list(islice(left, ON_OFF_BATCH)):
            outcomes += self._switch_batch(endpoint, batch)
        return [self._forgiven(ref, outcome, wanted) for ref, outcome in zip(refs, outcomes, strict=True)]

    def _forgiven(self, ref: ListingRef, outcome: RowOutcome, wanted: frozenset[ListingState]) -> RowOutcome:
        if outcome.code not in WRONG_STATUS:
            return outcome
        status = self.call(e.PRODUCT, DetailQuery(), product_id=ref.external_id).status
        return RowOutcome(sku=ref.sku, ok=True) if to_state(status) in wanted else outcome

    def _switch_batch(self, endpoint: Endpoint[ProductIds, BatchResult], refs: list[ListingRef]) -> list[RowOutcome]:
        """A failed row names its product. A refusal of the whole call is every row's."""
        ids = list(dict.fromkeys(ref.external_id for ref in refs))
        try:
            failed = self.call(endpoint, ProductIds(product_ids=ids)).errors
        except RejectedError as err:
            return [refused(ref, err.code, err.reason) for ref in refs]
        by_product = {product_id_of(row): row for row in failed}
        if strangers := by_product.keys() - set(ids):
            raise UnexpectedAnswerError(
                f"{len(strangers)} failed rows name no product of the call", marketplace=self.code
            )
        return [to_outcome(ref, by_product.get(ref.external_id)) for ref in refs]


def _sku_id(ref: ListingRef) -> str:
    """Raises RejectedError without the SKU's own id, which every listing that was found or created has."""
    if ref.variant_id is None:
        raise RejectedError("chưa biết mã SKU của TikTok Shop", marketplace="tiktok_shop", code="sku_id")
    return ref.variant_id
