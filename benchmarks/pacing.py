"""A push under a marketplace's rate limit, each answer a tenth of a second away: how near to the least it comes, in calls and in time.

The least time is the calls divided by the rate; nothing is raced, for the floor is arithmetic.
"""

import time
from collections.abc import Iterator
from math import ceil

from benchmarks.market import Market, Pace, market
from benchmarks.places import claimed
from benchmarks.pushing import SHOP, connected_shop, picture
from benchmarks.race import Result, Target
from benchmarks.register import register_teas
from benchmarks.sizes import Size
from connectors import marketplaces
from jobs.app import App
from jobs.listings import pull_listings
from jobs.push import push_listings
from jobs.run import Run

PACE = Pace(rate_per_s=25.0, answer_s=0.1)
ENOUGH_CALLS = 100  # below, the way of a single answer is all there is to see
IN_FLIGHT = 5  # a tenth of a second each: fifty a second, if the limit let them
ALWAYS_REVIEWED = {"tiki"}  # nothing that was pushed is on sale at once there, so its figures are not measured here
MOST_TIME, MOST_CALLS, NONE_REFUSED = Target(1.10, "time"), Target(1.10, "time"), Target(0.0, "time")


def races(size: Size) -> Iterator[Result]:
    for code in marketplaces():
        with market(code, PACE) as played:
            yield from _measured(played, code, size.paced_listings)


def _measured(played: Market, code: str, amount: int) -> Iterator[Result]:
    kind, opened = marketplaces()[code], played.reopen()
    with connected_shop(opened, code, amount, rate_per_s=PACE.rate_per_s, max_in_flight=IN_FLIGHT) as app:
        calls, seconds = _pushed(app, claimed(app, "push_listings", SHOP))
        yield _in_time(f"push {amount} new listings to {code}, {PACE.rate_per_s:g} calls/s", calls, seconds)
        if code in ALWAYS_REVIEWED:
            return
        pull_listings(claimed(app, "pull_listings", SHOP))
        register_teas(app, amount, picture=picture(code), dearer_vnd=1_000, stock=80_000)
        calls, seconds = _pushed(app, claimed(app, "push_figures", SHOP))
        yield _in_time(f"change {amount} prices and stocks on {code}", calls, seconds)
        least = ceil(amount / kind.price_batch) + ceil(amount / kind.stock_batch)
        yield _result(f"calls for {amount} prices and stocks on {code}", "calls", calls, "batches", least, MOST_CALLS)
        yield _result(f"calls refused for pace by {code}", "calls", played.refused(), "none", 1, NONE_REFUSED)


def _pushed(app: App, run: Run) -> tuple[int, float]:
    """Calls and seconds."""
    connector = app.connector(app.shop(SHOP))
    before, started = connector.api_calls, time.perf_counter()
    push_listings(run)
    return connector.api_calls - before, time.perf_counter() - started


def _in_time(what: str, calls: int, seconds: float) -> Result:
    least_s = calls / PACE.rate_per_s
    ratio = seconds / least_s
    target = MOST_TIME if calls >= ENOUGH_CALLS else Target(None)
    return Result(
        what, "calls/s", calls / seconds, "calls ÷ rate", PACE.rate_per_s, ratio, str(target), target.is_met(ratio)
    )


def _result(what: str, unit: str, ours: int, floor_name: str, floor: int, target: Target) -> Result:
    ratio = ours / floor
    return Result(what, unit, ours, floor_name, floor, ratio, str(target), target.is_met(ratio))
