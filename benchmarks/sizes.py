"""How much work a lap is: enough that start-up is small beside it, little enough that all of them end in minutes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    rounds: int
    readings: int  # of one page, by each reader
    crawled_pages: int
    new_listings: int
    observations: int
    order_pages: int  # of 50 orders each
    growth_pages: int  # and ten times as many
    planned_listings: int
    paced_listings: int
    filed_rows: int  # of one order file
    reported_days: int  # of 600 products in four shops


FULL = Size(
    rounds=5,
    readings=300,
    crawled_pages=1_000,
    new_listings=200,
    observations=20_000,
    order_pages=100,
    growth_pages=40,
    planned_listings=10_000,
    paced_listings=2_000,
    filed_rows=20_000,
    reported_days=1_826,
)
QUICK = Size(
    rounds=3,
    readings=10,
    crawled_pages=60,
    new_listings=20,
    observations=500,
    order_pages=4,
    growth_pages=4,
    planned_listings=300,
    paced_listings=20,
    filed_rows=300,
    reported_days=100,
)
