"""What every marketplace is to the rest of the product: verbs.

A connector never sees the database. It is given its app settings, one shop's id, and a few small ports
(`connectors/ports.py` and a reader of pictures); what verbs take and give is in `connectors/facts/`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import BaseModel

from catalog.claims import TextRule
from catalog.listing import Listing
from catalog.reading import Item, RatingsPage
from connectors.capability import Can
from connectors.errors import UnsupportedError
from connectors.facts.listing import ListingRef, PriceChange, Pushed, ReportedListing, RowOutcome, StockChange
from connectors.facts.order import Income, Order, OrderPage
from connectors.facts.shop import Message, ShopFacts, Tokens
from connectors.facts.statement import Statement
from connectors.ports import Cache, Clock, TokenStore


class Connector(ABC):
    """One shop on one marketplace. Every verb is safe to repeat and may raise any MarketplaceError."""

    code: ClassVar[str]  # "shopee"
    title: ClassVar[str]  # "Shopee"
    capabilities: ClassVar[frozenset[Can]]
    settings_model: ClassVar[type[BaseModel]]  # app keys and base URLs: OCOP_<CODE>__<FIELD>
    price_batch: ClassVar[int] = 1  # rows one price or stock call carries at most
    stock_batch: ClassVar[int] = 1
    order_overlap: ClassVar[timedelta] = timedelta(hours=2)  # how long an order's update may stay unseen in their lists
    reviews_reach: ClassVar[timedelta | None] = None  # `pull_reviews` shows no older ones, deleted or not; None: all
    forbids_in_text: ClassVar[frozenset[TextRule]] = frozenset()  # a text with one of these is not even sent
    message_status: ClassVar[int] = 200  # what its pushes want for an answer; its body is empty

    def __init__(
        self,
        settings: BaseModel,
        shop_id: str,
        tokens: TokenStore,
        *,
        clock: Clock,
        cache: Cache,
        read_picture: Callable[[str], bytes],
    ) -> None:
        self.settings = settings
        self.shop_id = shop_id
        self.tokens = tokens
        self.clock = clock
        self.cache = cache
        self.read_picture = read_picture

    @property
    def at_once(self) -> int:
        """How many creates may be on their way together: more than one only where `push_new` is thread-safe."""
        return 1

    @property
    @abstractmethod
    def api_calls(self) -> int:
        """Requests sent so far, retries counted."""

    @abstractmethod
    def login_url(self, redirect: str, state: str) -> str:
        """The consent page to open in the owner's browser."""

    @abstractmethod
    def exchange_code(self, code: str, redirect: str) -> Tokens:
        """Turn the code that came back on `redirect` into the first pair."""

    @abstractmethod
    def check(self) -> ShopFacts:
        """A read-only call that proves the shop is connected."""

    @abstractmethod
    def push_new(self, listing: Listing) -> Pushed:
        """Create a listing. Not safe to repeat blindly: after OutcomeUnknownError call `find` first."""

    @abstractmethod
    def update(self, ref: ListingRef, listing: Listing) -> Pushed:
        """Send the content (not price, not stock) of a listing that exists."""

    @abstractmethod
    def set_prices(self, changes: Sequence[PriceChange]) -> list[RowOutcome]:
        """At most `price_batch` rows. Setting an absolute price: safe to repeat."""

    @abstractmethod
    def set_stocks(self, changes: Sequence[StockChange]) -> list[RowOutcome]:
        """At most `stock_batch` rows. Setting an absolute stock: safe to repeat."""

    @abstractmethod
    def withdraw(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        """Take listings off sale without deleting them. Safe to repeat."""

    @abstractmethod
    def restore(self, refs: Sequence[ListingRef]) -> list[RowOutcome]:
        """Put withdrawn listings back on sale. Safe to repeat."""

    @abstractmethod
    def find(self, sku: str) -> ReportedListing | None:
        """The listing this SKU has, in whatever state (pending too), or None. How a lost push is found again."""

    @abstractmethod
    def track(self, tracking_id: str) -> ReportedListing:
        """What became of an asynchronous create. UnsupportedError where creates answer at once."""

    @abstractmethod
    def pull_listings(self) -> Iterator[ReportedListing]:
        """Every listing of the shop as the marketplace reports it."""

    @abstractmethod
    def pull_orders(self, since: datetime, until: datetime) -> Iterator[OrderPage]:
        """Orders updated in [since, until], oldest window first, repeats possible."""

    def read_orders(self, order_ids: Sequence[str]) -> Iterator[Order]:  # noqa: ARG002 - refused before any request
        """These orders as they stand now; one the marketplace does not know is left out.

        UnsupportedError where orders are only listed by time: then a pull brings them.
        """
        raise self.unsupported("read orders by their ids")

    @abstractmethod
    def pull_income(self, order_ids: Sequence[str]) -> Iterator[Income]:
        """What these orders earned so far; an order without settlement comes back with processing lines."""

    @abstractmethod
    def pull_settled(self, since: datetime, until: datetime) -> Iterator[str]:
        """Ids of orders whose money was released in [since, until]. Empty where the marketplace has no statement."""

    @abstractmethod
    def pull_metrics(self, refs: Sequence[ListingRef]) -> Iterator[Item]:
        """Sold, rating, views of our own listings, as items. UnsupportedError where only the public page has them."""

    @abstractmethod
    def pull_reviews(self, ref: ListingRef) -> Iterator[RatingsPage]:
        """Reviews of one listing, newest first where the marketplace can. UnsupportedError likewise."""

    def pull_statements(self, since: datetime, until: datetime) -> Iterator[Statement]:  # noqa: ARG002 - refused before any request
        """Statements or payouts cut or changed in [since, until]. `Can.PULL_STATEMENTS` where the marketplace has them."""
        raise self.unsupported("pull statements")

    def pull_messages(self) -> Iterator[Sequence[Message]]:
        """Messages that wait in a queue or were lost as pushes, batch by batch. None where the marketplace keeps none.

        Asking for the next batch says that the one before is stored, so what was not stored comes again.
        """
        return iter(())

    @classmethod
    def read_message(cls, settings: BaseModel, headers: Mapping[str, str], body: bytes, url: str) -> Message:  # noqa: ARG003 - refused before any request
        """A pushed message, its signature verified over the raw body. `Can.READ_MESSAGES` where the marketplace pushes.

        `headers` have lower-case names; `url` is the callback's address as it was given to the marketplace. One address
        serves an app's shops, so only the app's settings are needed. Raises ForgedMessageError when the signature is
        missing or wrong, UnexpectedAnswerError when a signed body is not what the documents say.
        """
        raise UnsupportedError(f"{cls.title} pushes no messages", marketplace=cls.code, endpoint="read_message")

    def close(self) -> None:  # noqa: B027 - a connector without a session has nothing to give back
        """Give the HTTP session back."""

    def unsupported(self, verb: str) -> UnsupportedError:
        return UnsupportedError(f"{self.title} has no way to {verb}", marketplace=self.code, endpoint=verb)
