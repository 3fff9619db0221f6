"""Eight of the sandbox's plain shops, each a world and a host of its own, in a process of their own; their doors measure the guest.

A request is in flight from its arrival at the door until it is answered; pauses are counted from one arrival to the next, by the
door's own clock.
"""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection

from sandbox.http import Request
from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
from sandbox.server import Answering, Delivery, Door
from tests.jobs.measuring_shops import LATENCY_S, Measured

OPTIONS = "plain.storefront"


class Meter:
    """Stands between a door and whoever answers there."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer
        self._lock = threading.Lock()
        self._in_flight = self.most_in_flight = self.requests = 0
        self._last_at: float | None = None
        self.shortest_s = float("inf")
        self.paths: set[str] = set()

    def __call__(self, request: Request) -> Delivery:
        self._arrived(request)
        time.sleep(LATENCY_S)
        delivery = self._answer(request)
        with self._lock:
            self._in_flight -= 1
        return delivery

    def _arrived(self, request: Request) -> None:
        with self._lock:
            now = time.monotonic()
            if self._last_at is not None:
                self.shortest_s = min(self.shortest_s, now - self._last_at)
            self._last_at = now
            self.requests += 1
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
            self.paths.update({request.path} - {"/robots.txt"})

    def measured(self) -> Measured:
        return Measured(self.requests, self.most_in_flight, self.shortest_s, len(self.paths))


class MeteredSandbox(Sandbox):
    """One plain shop with so many goods."""

    def __init__(self, goods: int) -> None:
        rows = [(f"TRA-{number}", f"Trà búp số {number}", 100_000 + number) for number in range(goods)]
        super().__init__(sites=[PlainShop], options={OPTIONS: {"goods": rows}})
        self.meters: dict[str, Meter] = {}

    def _open_door(self, key: str, port: int) -> Door:
        door = super()._open_door(key, port)
        door.answer = self.meters[key] = Meter(door.answer)
        return door

    def addresses(self) -> list[str]:
        """Of every product's page."""
        front = self.storefront_url("plain")
        return [f"{front}/san-pham/{offer.extra['slug']}" for offer in self.world.offers("plain")]


class SandboxStreet:
    """The shops' pages, shop by shop; `measured` asks them what they saw."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.pages: list[list[str]] = pipe.recv()

    def measured(self) -> list[Measured]:
        self._pipe.send("measured")
        return list(self._pipe.recv())


@contextmanager
def sandbox_street(shops: int, goods: int) -> Iterator[SandboxStreet]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(shops, goods, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield SandboxStreet(ours)
    finally:
        process.kill()
        process.join()


def _serve(shops: int, goods: int, pipe: Connection) -> None:
    with ExitStack() as street:
        played = [street.enter_context(MeteredSandbox(goods)) for _ in range(shops)]
        pipe.send([world.addresses() for world in played])
        while pipe.recv():
            pipe.send([world.meters[OPTIONS].measured() for world in played])
