"""A first push and a change of every price and stock under a marketplace's rate limit: how near to the least it comes, in calls and in time.

The least time is the calls divided by the rate; nothing is raced, for the floor is arithmetic.
"""

import time
from collections.abc import Iterator
from math import ceil
from typing import NamedTuple, Self

from benchmarks.market import Pace, market
from benchmarks.places import claimed
from benchmarks.pushing import SHOP, connected_shop, picture
from benchmarks.race import Result, Target
from benchmarks.register import register_teas
from benchmarks.sizes import Size
from connectors import marketplaces
from jobs.app import App
from jobs.listings import pull_listings
from jobs.push import push_listings

PACE = Pace(
    rate_per_s=100.0, answer_s=0.03
)  # twenty times what a marketplace allows, so that thousands end in a minute
IN_FLIGHT = 5  # a thirtieth of a second each: a hundred and fifty a second, if the limit let them
MOST_TIME, LEAST_CALLS, NONE_REFUSED = Target(1.10, "time"), Target(1.00, "time"), Target(0.0, "time")
UNJUDGED = Target(None)


class Pushed(NamedTuple):
    """What went out and how long it took."""

    calls: int
    seconds: float

    def and_(self, other: Self) -> Self:
        return self._replace(calls=self.calls + other.calls, seconds=self.seconds + other.seconds)


def races(size: Size) -> Iterator[Result]:
    for code in marketplaces():
        yield from paced(code, size.paced_listings)


def paced(code: str, amount: int) -> Iterator[Result]:
    """One marketplace. Nothing waits for a review there, or there would be no listing yet whose price could change."""
    kind = marketplaces()[code]
    with (
        market(code, PACE) as played,
        connected_shop(played.reopen(), code, amount, rate_per_s=PACE.rate_per_s, max_in_flight=IN_FLIGHT) as app,
    ):
        created = pushed(app)
        changed = changed_everywhere(app, code, amount)
        least = ceil(amount / kind.price_batch) + ceil(amount / kind.stock_batch)
        where = f"{amount} listings on {code}"
        yield _in_time(f"push {where}, {PACE.rate_per_s:g} calls/s", created, UNJUDGED)
        yield _in_time(f"change price and stock of {where}", changed, UNJUDGED)
        yield _in_time(f"both of {where}", created.and_(changed), MOST_TIME)
        yield _result(f"calls to change {where}", "calls", changed.calls, "batches", least, LEAST_CALLS)
        yield _result(f"calls refused for pace by {code}", "calls", played.refused(), "none", 1, NONE_REFUSED)


def pushed(app: App, job: str = "push_listings") -> Pushed:
    """One push of whatever is to be pushed."""
    connector = app.connector(app.shop(SHOP))
    before, started = connector.api_calls, time.perf_counter()
    push_listings(claimed(app, job, SHOP))
    return Pushed(connector.api_calls - before, time.perf_counter() - started)


def changed_everywhere(app: App, code: str, amount: int) -> Pushed:
    """The office changes every price and stock, once the listings have been read back."""
    pull_listings(claimed(app, "pull_listings", SHOP))
    register_teas(app, amount, picture=picture(code), dearer_vnd=1_000, stock=80_000)
    return pushed(app, "push_figures")


def _in_time(what: str, went: Pushed, target: Target) -> Result:
    ratio = went.seconds * PACE.rate_per_s / went.calls
    pace = went.calls / went.seconds
    return Result(what, "calls/s", pace, "calls ÷ rate", PACE.rate_per_s, ratio, str(target), target.is_met(ratio))


def _result(what: str, unit: str, ours: int, floor_name: str, floor: int, target: Target) -> Result:
    ratio = ours / floor
    return Result(what, unit, ours, floor_name, floor, ratio, str(target), target.is_met(ratio))
