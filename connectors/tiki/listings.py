"""What Tiki says of our products: live ones, one by SKU, and those still under review.

Tiki Open API notes, sections 6.3 and 6.5, read 2026-11-23. Reads only, so everything here is safe to repeat.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.endpoint import NoPayload
from connectors.errors import TransientError
from connectors.facts.listing import ListingState, ReportedListing
from connectors.http import HttpChannel
from connectors.ports import Clock
from connectors.tiki import endpoints as e
from connectors.tiki.fresh import ask_until
from connectors.tiki.mapper import SELLER_OFFER, to_reported
from connectors.tiki.payloads.reading import Product, ProductPage, ProductQuery, SkuQuery, Tracked, TrackOf, TrackQuery
from connectors.tiki.tracking import TRACKS_KEPT, Tracking
from connectors.tiki.words import refusal, request_state, to_vietnam_text

TRACKS_A_CALL = 50  # a list without pages: a full answer may hide more
DRAFTING_S = 60.0  # when to look again for a create that Tiki has not described yet


class Listings:
    def __init__(self, storefront_url: str, channel: HttpChannel, clock: Clock, tracking: Tracking) -> None:
        self._tracking = tracking
        self._storefront_url = storefront_url
        self._channel = channel
        self._clock = clock

    def pull(self) -> Iterator[ReportedListing]:
        page = 1
        while True:
            answer = self._page(page)
            yield from (to_reported(p, self._storefront_url) for p in answer.data if p.entity_type == SELLER_OFFER)
            if page >= answer.paging.last_page:  # 0 for an empty set
                return
            page += 1

    def find(self, sku: str) -> ReportedListing | None:
        """Follows a create through its life: under review, or a product (asked twice, for it may be approved meanwhile).

        Raises TransientError when a create is queued that Tiki does not describe yet: it may be this one.
        """
        return self._product(sku) or self._pending(sku) or self._product(sku)

    def track(self, tracking_id: str) -> ReportedListing:
        """Raises NotFoundError thirty days after the create."""
        tracked = self._channel.call(e.TRACK, NoPayload(), path={"track_id": tracking_id})
        state = request_state(tracked.state)
        if state is ListingState.LIVE:
            return self._approved(tracked)
        code, reason = refusal(tracked.reason or "")
        return ReportedListing(
            sku=None,
            external_id=None,
            state=state,
            raw_state=tracked.state,
            reason=reason or None,
            code=code or None,
            tracking_id=tracking_id,
        )

    def _approved(self, tracked: Tracked) -> ReportedListing:
        """The product an approval made; pending while Tiki does not show it yet."""
        for sku in self._skus(tracked.track_id):
            if product := self._product(sku):
                return product
        return _under_review(None, tracked)

    def _page(self, page: int) -> ProductPage:
        return ask_until(
            lambda answer: answer.paging.current_page == page,
            lambda: self._channel.call(e.PRODUCTS, ProductQuery(page=page)),
        )

    def _product(self, sku: str) -> ReportedListing | None:
        def ours(page: ProductPage) -> list[Product]:
            return [p for p in page.data if p.original_sku == sku]

        answer = ask_until(
            lambda page: bool(ours(page)) or not page.data,
            lambda: self._channel.call(e.PRODUCTS_BY_SKU, SkuQuery(original_sku=sku)),
        )
        offers = [p for p in ours(answer) if p.entity_type == SELLER_OFFER]
        return to_reported(offers[0], self._storefront_url) if offers else None

    def _pending(self, sku: str) -> ReportedListing | None:
        now, is_unclear = self._clock.now(), False
        for tracked in self._tracks(now - TRACKS_KEPT, now):
            if request_state(tracked.state) is ListingState.PENDING:
                skus = self._skus(tracked.track_id)
                if sku in skus:
                    return _under_review(sku, tracked)
                is_unclear = is_unclear or not skus
        if is_unclear:
            raise TransientError("a create is queued that Tiki does not describe yet", retry_after_s=DRAFTING_S)
        return None

    def _skus(self, track_id: str) -> set[str]:
        """What a track is about: as remembered from our own create, or as Tiki tells once it is drafted."""
        if (sku := self._tracking.sku(track_id)) is not None:
            return {sku}
        rows = self._channel.call(e.REQUEST_OF_TRACK, TrackOf(track_id=track_id)).data
        return {row.original_sku for row in rows if row.original_sku is not None}

    def _tracks(self, since: datetime, until: datetime) -> Iterator[Tracked]:
        """Every track of a period. A full answer may be cut short, so its period is asked for again by halves."""
        query = TrackQuery(created_at_min=to_vietnam_text(since), created_at_max=to_vietnam_text(until))
        tracks = self._channel.call(e.TRACKS, query)
        if len(tracks) < TRACKS_A_CALL or until - since <= timedelta(seconds=1):
            yield from tracks
            return
        middle = since + (until - since) / 2
        yield from self._tracks(middle, until)
        yield from self._tracks(since, middle)


def _under_review(sku: str | None, tracked: Tracked) -> ReportedListing:
    return ReportedListing(
        sku=sku,
        external_id=None,
        state=ListingState.PENDING,
        raw_state=tracked.state,
        tracking_id=tracked.track_id,
    )
