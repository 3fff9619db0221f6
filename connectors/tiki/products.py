"""What we send about products: create, content, price, stock, on and off.

Tiki Open API notes, sections 6.2 to 6.4, read 2026-11-23.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from catalog.listing import Listing
from connectors.errors import RejectedError
from connectors.facts.listing import ListingRef, PriceChange, Pushed, RowOutcome, StockChange
from connectors.http import HttpChannel
from connectors.tiki import attributes, mapper
from connectors.tiki import endpoints as e
from connectors.tiki.payloads.common import Words
from connectors.tiki.payloads.writing import SkuUpdate, SkuUpdates
from connectors.tiki.reference import Reference
from connectors.tiki.settings import TikiSettings
from connectors.tiki.tracking import Tracking

BATCH = 50  # the largest batch is undocumented; 50 is what other lists of Tiki bear
Rows = Sequence[tuple[str, SkuUpdate]]  # our SKU beside what is sent for it


class RowAnswer(BaseModel):
    """One row of an undocumented answer, as far as it is like the one guessed at; else the row counts as accepted."""

    product_id: int | None = None
    original_sku: str | None = None
    errors: list[Any] = []


class RowAnswers(BaseModel):
    data: list[RowAnswer]


class Products:
    """Writes of one shop. Create is the only call that must not be repeated blindly."""

    def __init__(self, settings: TikiSettings, channel: HttpChannel, reference: Reference, tracking: Tracking) -> None:
        self._tracking = tracking
        self._settings = settings
        self._channel = channel
        self._reference = reference

    def push_new(self, listing: Listing) -> Pushed:
        self._reference.require_writable()
        category_id, filled = self._content(listing)
        product = mapper.to_new_product(
            listing,
            category_id=category_id,
            attributes=filled,
            inventory_type=self._settings.inventory_type,
            warehouse_id=self._reference.warehouse_id(),
        )
        tracked = self._channel.call(e.CREATE, product)
        self._tracking.remember(tracked.track_id, listing.sku)
        return Pushed(tracking_id=tracked.track_id)

    def update(self, ref: ListingRef, listing: Listing) -> Pushed:
        """Reviewed by Tiki like a create. Raises RejectedError without the offer's id, which only a live listing has."""
        if ref.variant_id is None:
            raise RejectedError("Tiki has not given this listing an id yet", marketplace="tiki", code="product_id")
        _, filled = self._content(listing)
        tracked = self._channel.call(e.CHANGE_INFO, mapper.to_product_info(ref.variant_id, listing, filled))
        self._tracking.remember(tracked.track_id, listing.sku)
        return Pushed(external_id=ref.external_id, variant_id=ref.variant_id, tracking_id=tracked.track_id)

    def set_prices(self, changes: Sequence[PriceChange]) -> list[RowOutcome]:
        return self._send([(c.ref.sku, mapper.to_price(c)) for c in changes])

    def set_stocks(self, changes: Sequence[StockChange]) -> list[RowOutcome]:
        warehouse_id = self._reference.warehouse_id()
        return self._send([(c.ref.sku, mapper.to_stock(c, warehouse_id)) for c in changes])

    def switch(self, refs: Sequence[ListingRef], status: int) -> list[RowOutcome]:
        rows = [(ref.sku, mapper.to_switch(ref, status)) for ref in refs]
        batches = (rows[at : at + BATCH] for at in range(0, len(rows), BATCH))
        return [outcome for batch in batches for outcome in self._send(batch)]

    def _content(self, listing: Listing) -> tuple[int, dict[str, Words]]:
        category_id = self._reference.category_id(listing)
        known = self._reference.attributes(category_id)
        facts = attributes.known_facts(listing, self._settings.unbranded)
        return category_id, attributes.fill(known, facts, self._reference.value)

    def _send(self, rows: Rows) -> list[RowOutcome]:
        """Absolute values, so safe to repeat. A refused batch is halved until the row that was meant stands alone."""
        if not rows:
            return []
        try:
            answer = self._channel.call(e.CHANGE_SKUS, SkuUpdates(data=[update for _, update in rows]))
        except RejectedError as err:
            if len(rows) == 1:
                return [RowOutcome(sku=rows[0][0], ok=False, code=err.code, reason=err.reason)]
            middle = len(rows) // 2
            return self._send(rows[:middle]) + self._send(rows[middle:])
        refused = _refusals(answer)
        return [_outcome(sku, update, refused) for sku, update in rows]


def _refusals(answer: object) -> dict[int | str, str]:
    """Words of refusal by offer id and by SKU."""
    try:
        rows = RowAnswers.model_validate(answer).data
    except ValidationError:
        return {}
    words = ((row, "; ".join(map(str, row.errors))) for row in rows if row.errors)
    return {key: text for row, text in words for key in (row.product_id, row.original_sku) if key is not None}


def _outcome(sku: str, sent: SkuUpdate, refused: Mapping[int | str, str]) -> RowOutcome:
    reason = refused.get(sku) if sent.product_id is None else refused.get(sent.product_id, refused.get(sku))
    if reason is None:
        return RowOutcome(sku=sku, ok=True)
    return RowOutcome(sku=sku, ok=False, code="errors", reason=reason)
