"""What is sent of a listing, and what a marketplace says of it."""

from enum import StrEnum

from catalog.base import Fact


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
