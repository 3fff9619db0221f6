"""A first push and a change of every price and stock under a marketplace's rate limit: how near to the least it comes, in calls and in time.

The least time is the calls divided by the rate; nothing is raced, for the floor is arithmetic.
"""

import time
from collections.abc import Iterator
from math import ceil
from typing import NamedTuple, Self

from benchmarks.market import Pace, market
from benchmarks.pushing import connected_shop, done, picture
from benchmarks.race import Left, Result, Target, WrongEndError
from benchmarks.register import register_teas
from benchmarks.sizes import Size
from connectors import marketplaces
from jobs.app import App
from jobs.listings import pull_listings
from jobs.push import push_listings

RATES_PER_S = {  # so that two thousand listings take about a minute on each: some change fifty in a call, some one
    "lazada": 35.0,
    "shopee": 100.0,
    "tiki": 100.0,  # where reading back asks for every create by itself
    "tiktok_shop": 100.0,
}
ANSWER_S = 0.03  # five in flight: a hundred and fifty a second, if the limit let them
IN_FLIGHT = 5
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
    kind, rate_per_s = marketplaces()[code], RATES_PER_S[code]
    with (
        market(code, Pace(rate_per_s, ANSWER_S)) as played,
        connected_shop(played.reopen(), code, amount, rate_per_s=rate_per_s, max_in_flight=IN_FLIGHT) as app,
    ):
        created = _pushed(app, "first", {"create": amount})
        _change(app, code, amount)
        changed = _pushed(app, "change", {"stock": amount, "price": amount})
        least = ceil(amount / kind.price_batch) + ceil(amount / kind.stock_batch)
        where = f"{amount} listings on {code}"
        yield _in_time(f"push {where}", created, rate_per_s, UNJUDGED)
        yield _in_time(f"change price and stock of {where}", changed, rate_per_s, UNJUDGED)
        yield _in_time(f"both of {where}", created.and_(changed), rate_per_s, MOST_TIME)
        yield _result(f"calls to change {where}", "calls", changed.calls, "batches", least, LEAST_CALLS)
        yield _result(f"calls refused for pace by {code}", "calls", played.refused(), "none", 1, NONE_REFUSED)


def _pushed(app: App, name: str, leaves: Left) -> Pushed:
    """Raises WrongEndError when anything but that was done."""
    started = time.perf_counter()
    counts = done(app, name, push_listings)
    if counts["done"] != leaves:
        raise WrongEndError(f"{name} push: {counts['done']} was done, not {dict(leaves)}")
    return Pushed(int(str(counts["api_calls"])), time.perf_counter() - started)


def _change(app: App, code: str, amount: int) -> None:
    """The office changes every price and stock, once the listings have been read back."""
    done(app, "read back", pull_listings)
    register_teas(app, amount, picture=picture(code), dearer_vnd=1_000, stock=80_000)


def _in_time(what: str, went: Pushed, rate_per_s: float, target: Target) -> Result:
    ratio, pace = went.seconds * rate_per_s / went.calls, went.calls / went.seconds
    return Result(what, "calls/s", pace, "calls ÷ rate", rate_per_s, ratio, str(target), target.is_met(ratio))


def _result(what: str, unit: str, ours: int, floor_name: str, floor: int, target: Target) -> Result:
    ratio = ours / floor
    return Result(what, unit, ours, floor_name, floor, ratio, str(target), target.is_met(ratio))
