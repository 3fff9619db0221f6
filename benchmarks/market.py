"""A pretend marketplace in a process of its own: opened anew for every lap, the same each time."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, cast

from benchmarks.places import NOW
from benchmarks.race import Left
from sandbox.clock import VirtualClock
from sandbox.http import Response
from sandbox.sandbox import Sandbox, site_classes
from sandbox.site import Site

REVIEW = {  # how long until what was pushed can be seen on sale
    "shopee": timedelta(0),
    "tiki": timedelta(days=10),
    "lazada": timedelta(days=2),
    "tiktok_shop": timedelta(days=2),
}
UNREVIEWED: dict[str, dict[str, Any]] = {  # options of a marketplace that shows at once what was pushed, however much
    "shopee": {"items_per_shop": 10_000},
    "tiki": {"review_pace": 0},
    "lazada": {"instant": True},
    "tiktok_shop": {"instant": True},
}


class Pace(NamedTuple):
    """How many requests a second the marketplace lets in, and how long it takes over each answer. Nothing waits for a review there."""

    rate_per_s: float
    answer_s: float


class Opened(NamedTuple):
    base_url: str
    credentials: dict[str, Any]


class Market:
    """The other end of the pipe. The same seed each time, so the same keys, tokens and ids."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def reopen(self) -> Opened:
        """An empty marketplace."""
        self._pipe.send("reopen")
        return cast("Opened", self._pipe.recv())

    def left(self) -> Left:
        """What is on offer once everything has been reviewed, and what one piece of each costs together."""
        self._pipe.send("left")
        return cast("Left", self._pipe.recv())

    def refused(self) -> int:
        """Requests turned away for their pace, since it was opened."""
        self._pipe.send("refused")
        return cast("int", self._pipe.recv())


@contextmanager
def market(code: str, pace: Pace | None = None) -> Iterator[Market]:
    """Without `pace`, as fast as it can."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_play, args=(code, pace, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Market(ours)
    finally:
        process.kill()
        process.join()


def _play(code: str, pace: Pace | None, pipe: Connection) -> None:
    asked = pipe.recv()
    while asked == "reopen":
        sites = [site for site in site_classes() if (site.market, site.role) == (code, "api")]
        limits = {f"{code}.api": pace.rate_per_s} if pace else {}
        options = {f"{code}.api": UNREVIEWED[code]} if pace else {}
        with Sandbox(seed=7, clock=VirtualClock(NOW), sites=sites, rate_per_s=limits, options=options) as world:
            turned_away = _counted(world.sites[f"{code}.api"])
            if pace:
                world.faults.add(f"{code}.api", "hang_after", times=None, seconds=pace.answer_s)
            pipe.send(Opened(world.base_url(code), world.credentials(code)))
            while (asked := pipe.recv()) != "reopen":
                pipe.send(_left(world, code) if asked == "left" else len(turned_away))


def _left(world: Sandbox, code: str) -> Left:
    world.advance(NOW + REVIEW[code])
    offers = world.world.offers(code)
    return {"offers": len(offers), "price_vnd": sum(offer.price_vnd for offer in offers)}


def _counted(site: Site) -> list[float | None]:
    """The pauses it will tell those it turns away, in a list that grows."""
    told: list[float | None] = []
    answer = site.too_many

    def too_many(retry_after_s: float | None) -> Response:
        told.append(retry_after_s)
        return answer(retry_after_s)

    site.too_many = too_many  # type: ignore[method-assign] # this one, in this process
    return told
