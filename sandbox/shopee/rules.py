"""Limits this Shopee holds listings to, and the switches of the played marketplace.

The numbers of the Vietnamese market are not published; these are the ones chosen when the reference was read (2026-11-23). They
live here once: `get_item_limit` prints them and the checks of `add_item` obey them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    low: int
    high: int

    def as_json(self) -> dict[str, int]:
        return {"min_limit": self.low, "max_limit": self.high}


@dataclass
class Rules:
    """A test may change any of them on the running site."""

    price_vnd: Range = Range(1_000, 120_000_000)
    stock: Range = Range(0, 999_999)
    name_length: Range = Range(10, 120)
    description_length: Range = Range(100, 3_000)
    images: Range = Range(1, 9)
    tier_name_length: Range = Range(1, 14)
    tier_option_length: Range = Range(1, 20)
    days_to_ship: Range = Range(7, 15)
    items_per_shop: int = 1_000
    hashtags: int = 18
    sku_length: int = 100
    models_per_item: int = 50
    dearest_to_cheapest: int = 5
    list_offset: int = 10_000  # beyond it get_item_list refuses; the true threshold is unpublished
    comments: int = 1_000  # get_comment never shows more, and its `more` stays true there
    dimension_with_size_input: bool = True  # a channel that prices by size needs the parcel's size
    review_delay_s: int = 0  # how long a new listing stays REVIEWING
    gateway_status: int = (
        403  # HTTP status of the gateway's refusals; Shopee documents none, so clients must not rely on it
    )
    statement_errors: bool = False  # the accounts make one error of each kind (sandbox.shopee.statement_errors)
    calls_per_day: int | None = None  # the app's daily quota, counted from 00:00 UTC+8


NORMAL_DAYS_TO_SHIP = 2
