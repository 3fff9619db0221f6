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
from sandbox.sandbox import Sandbox, site_classes

REVIEW = {"shopee": timedelta(0), "tiki": timedelta(days=10)}  # how long until what was pushed can be seen on sale


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


@contextmanager
def market(code: str) -> Iterator[Market]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_play, args=(code, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Market(ours)
    finally:
        process.kill()
        process.join()


def _play(code: str, pipe: Connection) -> None:
    asked = pipe.recv()
    while asked == "reopen":
        sites = [site for site in site_classes() if (site.market, site.role) == (code, "api")]
        with Sandbox(seed=7, clock=VirtualClock(NOW), sites=sites) as world:
            pipe.send(Opened(world.base_url(code), world.credentials(code)))
            while (asked := pipe.recv()) == "left":
                world.advance(NOW + REVIEW[code])
                offers = world.world.offers(code)
                pipe.send({"offers": len(offers), "price_vnd": sum(offer.price_vnd for offer in offers)})
