"""Tiki Open API, Vietnam. Written from notes of its documents as read on 2026-11-23, checked against no live shop yet."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel

from catalog.listing import Listing
from catalog.reading import Item, RatingsPage
from connectors.base import Connector
from connectors.capability import Can
from connectors.endpoint import NoPayload
from connectors.facts.listing import ListingRef, PriceChange, Pushed, ReportedListing, RowOutcome, StockChange
from connectors.facts.order import Income, Order, OrderPage
from connectors.facts.shop import Message, ShopFacts, Tokens
from connectors.http import HttpChannel, Retry
from connectors.limiter import limiter_for
from connectors.ports import Cache, Clock, TokenStore
from connectors.signing import ShopSigning
from connectors.tiki import endpoints as e
from connectors.tiki.auth import BearerAuth, Login
from connectors.tiki.dialect import TikiDialect
from connectors.tiki.listings import Listings
from connectors.tiki.mapper import OFF, ON
from connectors.tiki.orders import Orders
from connectors.tiki.products import BATCH, Products
from connectors.tiki.queue import EventQueue
from connectors.tiki.reference import Reference
from connectors.tiki.settings import TikiSettings
from connectors.tiki.tracking import Tracking
from connectors.transport import Transport


class TikiConnector(Connector):
    """Creates are asynchronous. Sold counts, ratings and reviews are not in the API: the public page has them."""

    code = "tiki"
    title = "Tiki"
    capabilities = frozenset(Can) - {Can.PULL_STATEMENTS, Can.PULL_METRICS, Can.PULL_REVIEWS, Can.READ_MESSAGES}
    settings_model = TikiSettings
    order_overlap = timedelta(minutes=10)  # an update may become visible a little late
    price_batch = BATCH
    stock_batch = BATCH

    def __init__(
        self,
        settings: BaseModel,
        shop_id: str,
        tokens: TokenStore,
        *,
        clock: Clock,
        cache: Cache,
        read_picture: Callable[[str], bytes],
        retry: Retry | None = None,
    ) -> None:
        app = TikiSettings.model_validate(settings)
        super().__init__(app, shop_id, tokens, clock=clock, cache=cache, read_picture=read_picture)
        self._app = app
        limiter = limiter_for(
            self.code, app.base_url, app.client_id, rate_per_s=app.rate_per_s, max_in_flight=app.max_in_flight
        )
        signing = ShopSigning(tokens, clock, BearerAuth, self._refresh, (app.client_secret.get_secret_value(),))
        self._channel = HttpChannel(TikiDialect(), Transport(app.base_url), signing, limiter, retry)
        self._login = Login(app, self._channel, clock)
        tracking = Tracking()
        reference = Reference(app, shop_id, self._channel, cache)
        self._products = Products(app, self._channel, reference, tracking)
        self._listings = Listings(app.storefront_url, self._channel, clock, tracking)
        self._orders = Orders(self._channel)
        self._queue = EventQueue(self._channel, shop_id, self._login.own)

    @property
    def at_once(self) -> int:
        return self._app.max_in_flight

    @property
    def api_calls(self) -> int:
        return self._channel.calls

    def close(self) -> None:
        self._channel.close()

    def login_url(self, redirect: str, state: str) -> str:
        """For a public app. An in-house app has no consent page: call `exchange_code` with an empty code."""
        return self._login.url(redirect, state)

    def exchange_code(self, code: str, redirect: str) -> Tokens:
        return self._login.from_code(code, redirect)

    def check(self) -> ShopFacts:
        reply = self._channel.exchange(e.SELLER, NoPayload())
        seller = reply.answer
        return ShopFacts(
            external_id=str(seller.id),
            name=seller.name,
            is_active=bool(seller.active),
            can_push=bool(seller.active and seller.can_update_product),
            server_time=reply.server_time,
        )

    def push_new(self, listing: Listing) -> Pushed:
        return self._products.push_new(listing)

    def update(self, ref: ListingRef, listing: Listing) -> Pushed:
        """Sends description, attributes and pictures. The API has no field for a new title: `pull_listings` shows the old one."""
        return self._products.update(ref, listing)

    def set_prices(self, changes: Sequence[PriceChange]) -> list[RowOutcome]:
        return self._products.set_prices(changes)

    def set_stocks(self, changes: Sequence[StockChange]) -> list[RowOutcome]:
        """Tiki takes away what it holds for orders not yet sent: until then it offers less than this, never more."""
        return self._products.set_stocks(changes)

    def withdraw(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        return self._products.switch(refs, OFF)

    def restore(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        return self._products.switch(refs, ON)

    def find(self, sku: str) -> ReportedListing | None:
        return self._listings.find(sku)

    def track(self, tracking_id: str) -> ReportedListing:
        return self._listings.track(tracking_id)

    def pull_listings(self) -> Iterator[ReportedListing]:
        return self._listings.pull()

    def pull_orders(self, since: datetime, until: datetime) -> Iterator[OrderPage]:
        return self._orders.pull(since, until)

    def read_orders(self, order_ids: Sequence[str]) -> Iterator[Order]:
        return self._orders.read(order_ids)

    def pull_messages(self) -> Iterator[Sequence[Message]]:
        return self._queue.pull()

    def pull_income(self, order_ids: Sequence[str]) -> Iterator[Income]:
        return self._orders.pull_income(order_ids)

    def pull_settled(self, since: datetime, until: datetime) -> Iterator[str]:  # noqa: ARG002 - Tiki has no statement
        return iter(())

    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:  # noqa: ARG002 - refused before any request
        raise self.unsupported("pull metrics")

    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:  # noqa: ARG002 - refused before any request
        raise self.unsupported("pull reviews")

    def _refresh(self, stale: Tokens) -> Tokens:
        return self._login.refresh(stale)
