"""Eight shops on loopback in a process of their own, which measure their guest: requests in flight and the pauses between them.

A request is in flight from its head until the last byte of its answer was handed to the kernel; pauses are counted from one
request's arrival to the next one's, by the shop's own clock.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from tests.spiders.pages import tiki_product, tiki_product_page

NUMBER = 279000121
LATENCY_S = 0.002
ROBOTS = b"User-agent: *\nDisallow: /cam/\n"


class Measured(NamedTuple):
    """Of one shop, all its life."""

    requests: int
    most_in_flight: int
    shortest_pause_s: float
    pages: int  # different ones


class _Shop:
    def __init__(self, body: bytes) -> None:
        self.body = body
        self.in_flight = self.most_in_flight = self.requests = 0
        self.last_at: float | None = None
        self.shortest_s = float("inf")
        self.paths: set[str] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await _head(reader):
                await self._answer(head.split(b" ")[1].decode(), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, path: str, writer: asyncio.StreamWriter) -> None:
        now = time.monotonic()
        if self.last_at is not None:
            self.shortest_s = min(self.shortest_s, now - self.last_at)
        self.last_at = now
        self.requests += 1
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        await asyncio.sleep(LATENCY_S)
        writer.write(self._written(path))
        await writer.drain()
        self.in_flight -= 1

    def _written(self, path: str) -> bytes:
        body = ROBOTS
        if path != "/robots.txt":
            self.paths.add(path)
            number = path.rpartition("-p")[2].removesuffix(".html").encode()
            body = self.body.replace(str(NUMBER).encode(), number)
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    def measured(self) -> Measured:
        return Measured(self.requests, self.most_in_flight, self.shortest_s, len(self.paths))


class Street:
    """The shops' base URLs; `measured` asks them what they saw."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.urls: list[str] = [f"http://127.0.0.1:{port}" for port in pipe.recv()]

    def measured(self) -> list[Measured]:
        self._pipe.send("measured")
        return list(self._pipe.recv())


@contextmanager
def street(shops: int) -> Iterator[Street]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(shops, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Street(ours)
    finally:
        process.kill()
        process.join()


def _serve(count: int, pipe: Connection) -> None:
    asyncio.run(_serve_all(count, pipe))


async def _serve_all(count: int, pipe: Connection) -> None:
    body = tiki_product_page(tiki_product(NUMBER, review_count=0)).encode()
    shops = [_Shop(body) for _ in range(count)]
    servers = [await asyncio.start_server(shop.serve, "127.0.0.1", 0) for shop in shops]
    pipe.send([server.sockets[0].getsockname()[1] for server in servers])
    loop, gone = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        try:
            pipe.recv()
            pipe.send([shop.measured() for shop in shops])
        except EOFError:
            gone.set()

    loop.add_reader(pipe.fileno(), tell)
    await gone.wait()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
