"""What every marketplace is to the rest of the product: verbs, the facts they give, and the ports they need.

A connector never sees the database. It is given its app settings, one shop's id, and four small ports (`TokenStore`,
`Cache`, `Clock`, `PictureReader`); `jobs/` implements them over tables, tests over memory.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Protocol, Self

import msgspec
from pydantic import BaseModel, SecretStr

from catalog.base import Fact
from catalog.claims import TextRule
from catalog.listing import Listing
from catalog.reading import Item, RatingsPage
from connectors.errors import UnsupportedError


class Can(StrEnum):
    """What a marketplace's connector does. The README's feature table is printed from these."""

    LOGIN = "login"
    PUSH = "push"
    UPDATE = "update"
    SET_PRICE = "set_price"
    SET_STOCK = "set_stock"
    WITHDRAW = "withdraw"
    READ_BACK = "read_back"
    PULL_ORDERS = "pull_orders"
    PULL_INCOME = "pull_income"
    PULL_STATEMENTS = "pull_statements"
    PULL_METRICS = "pull_metrics"
    PULL_REVIEWS = "pull_reviews"
    READ_MESSAGES = "read_messages"


# ---- the facts verbs take and give -------------------------------------------------------------------------------


class Tokens(Fact):
    """One shop's pair. Expiries are aware UTC; None where the marketplace names none."""

    access_token: SecretStr
    refresh_token: SecretStr | None = None
    expires_at: datetime
    refresh_expires_at: datetime | None = None
    authorised_until: datetime | None = None


class ListingRef(Fact):
    """How the marketplace and we both name one listing. `variant_id` is the marketplace's model/offer id, if it has one."""

    sku: str
    external_id: str
    variant_id: str | None = None


class Pushed(Fact):
    """What a create gave: ids at once, or a `tracking_id` to ask about later (the listing stays pending)."""

    external_id: str | None = None
    variant_id: str | None = None
    tracking_id: str | None = None


class ListingState(StrEnum):
    """What the marketplace says of a listing, in our words."""

    PENDING = "pending"
    LIVE = "live"
    HIDDEN = "hidden"
    REJECTED = "rejected"
    BANNED = "banned"
    DELETED = "deleted"


class ReportedListing(Fact):
    """A listing as the marketplace reports it. None: the answer does not say."""

    sku: str | None
    external_id: str | None
    variant_id: str | None = None
    state: ListingState
    raw_state: str
    title: str | None = None
    price_vnd: int | None = None
    stock: int | None = None
    url: str | None = None
    reason: str | None = None  # the marketplace's own words when it refused
    code: str | None = None
    tracking_id: str | None = None  # of an asynchronous create or edit still under review


class PriceChange(Fact):
    ref: ListingRef
    price_vnd: int


class StockChange(Fact):
    ref: ListingRef
    stock: int


class RowOutcome(Fact):
    """What became of one row of a batch. `ok` False keeps the marketplace's code and words.

    `retry_after_s` says "not now": nothing is wrong with the row, and the same may go out again after so many seconds.
    """

    sku: str
    ok: bool
    code: str = ""
    reason: str = ""
    retry_after_s: float | None = None


class OrderState(StrEnum):
    """Where an order is, in our words; the marketplace's own word is kept beside it."""

    UNPAID = "unpaid"
    PLACED = "placed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class MoneyStage(StrEnum):
    """Amounts of different stages are never added together silently."""

    PLACED = "placed"
    PROCESSING = "processing"
    SETTLED = "settled"


class Traded(msgspec.Struct, frozen=True, kw_only=True, gc=False, forbid_unknown_fields=True):
    """What a year's orders are hundreds of thousands of: plain records, made of what was checked at the door; the type checker holds types.

    None of them can hold itself, so the garbage collector need not look inside.
    """


class MoneyLine(Traded, frozen=True, kw_only=True, gc=False):
    """One signed amount in whole đồng: plus is money towards the seller, minus is money taken."""

    code: str  # the marketplace's own name of the amount, e.g. "commission_fee"
    amount_vnd: int
    stage: MoneyStage
    line_external_id: str = ""  # "" for an amount of the whole order
    statement: str = ""  # "" while no statement or payout names it


class OrderLine(Traded, frozen=True, kw_only=True, gc=False):
    """One line. Quantities are pieces; `unit_price_vnd` is what the buyer pays a piece after the seller's own price discount, before vouchers."""

    external_id: str
    sku: str
    item_external_id: str
    variant_external_id: str | None = None
    name: str
    quantity: int
    cancelled_quantity: int = 0
    returned_quantity: int = 0
    unit_price_vnd: int
    list_price_vnd: int | None = None


class Order(Traded, frozen=True, kw_only=True, gc=False):
    """One order without any buyer's name, phone or street. `raw` is the marketplace's JSON with personal fields removed."""

    external_id: str
    state: OrderState
    raw_state: str
    placed_at: datetime
    updated_at: datetime
    paid_at: datetime | None = None
    delivered_at: datetime | None = None  # None: not yet, or the source does not say
    province: str | None = None
    lines: tuple[OrderLine, ...]
    money: tuple[MoneyLine, ...] = ()
    raw: str


class OrderPage(Traded, frozen=True, kw_only=True, gc=False):
    """One page of orders. After it is stored, `cursor` may be kept: everything updated before it has been seen."""

    orders: tuple[Order, ...]
    cursor: datetime


class Income(Traded, frozen=True, kw_only=True, gc=False):
    """What one order earned. `payout_vnd` is the marketplace's own total; the lines are compared with it, a difference is shown."""

    order_external_id: str
    lines: tuple[MoneyLine, ...]
    payout_vnd: int | None = None
    settled_at: datetime | None = None

    def as_json(self) -> str:
        """For keeping it until its order is there."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, kept: str) -> Self:
        """Raises msgspec.ValidationError for what `as_json` did not write."""
        return msgspec.json.decode(kept, type=cls)


class StatementLine(Fact):
    """One amount as the statement itself states it. `order_external_id` "" is an amount of the shop as a whole.

    The code "opening_balance" is kept for what was carried over from the statement before.
    """

    order_external_id: str = ""
    code: str
    amount_vnd: int


class Statement(Fact):
    """One statement or payout as the marketplace states it. It is held against its lines; a difference is shown.

    `external_id` equals `MoneyLine.statement` of the amounts it covers. `lines` are what the statement says by order
    (its sum an order, not every fee) and every amount that belongs to no order; empty where it says only its total.
    """

    external_id: str
    total_vnd: int  # what the statement comes to, in its own words
    payout_vnd: int | None = None  # what was or will be paid out for it; None: it does not say
    period_start: datetime | None = None
    period_end: datetime  # the moment it was cut; an order settled before it and named by none is missing
    paid_at: datetime | None = None
    raw_state: str = ""
    lines: tuple[StatementLine, ...] = ()


class Message(Fact):
    """One pushed or queued message, without anything personal. `identity` is the same whenever it is sent again."""

    kind: str  # the marketplace's own name or number of it
    identity: str
    order_external_id: str | None = None  # None: it names no order
    shop_external_id: str | None = None  # None: it does not say whose it is
    sent_at: datetime | None = None


class ShopFacts(Fact):
    """A read-only proof that the credentials work."""

    external_id: str
    name: str
    is_active: bool
    can_push: bool
    authorised_until: datetime | None = None
    server_time: datetime | None = None  # from the answer's Date header: how far our clock is off


# ---- the ports a connector needs ---------------------------------------------------------------------------------


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...


class TokenStore(Protocol):
    """One shop's tokens. `renew` is the only way to refresh: it serialises refreshes of a shop across processes."""

    def load(self) -> Tokens:
        """The pair now in force. Raises LoginRequiredError when there is none."""
        ...

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        """Give the pair that replaced `stale`, calling `refresh` at most once a shop however many ask.

        The start is recorded before the call and the new pair is stored before it is used. A lost answer is recorded too:
        single-use refresh tokens make it an OutcomeUnknownError once, then a LoginRequiredError, never silence.
        """
        ...


class Cache(Protocol):
    """Small reference answers (categories, attributes, uploaded picture ids), kept at most `max_age_s` seconds."""

    def get(self, key: str, max_age_s: float) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


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
