"""A server that costs nothing: prepared answers over loopback, in a process of its own.

The pretend marketplaces think before they answer. Where the product's side of a connection is what is measured, the other
side only copies bytes.
"""

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple


class Answer(NamedTuple):
    body: bytes
    media_type: bytes = b"application/json"
    status: bytes = b"200 OK"


NOT_THERE = Answer(b"", b"text/plain", b"404 Not Found")
Answering = Callable[[str], Answer]


@contextmanager
def served(make: Callable[[], Answering]) -> Iterator[str]:
    """The base URL. `make` is called in the server's process, so it must be a plain function or a partial of one."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(make, theirs), daemon=True)
    process.start()
    theirs.close()  # so that a server that dies is heard of
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()
        process.join()


def _serve(make: Callable[[], Answering], told: Connection) -> None:
    asyncio.run(_serve_while_wanted(make(), told))


async def _serve_while_wanted(answering: Answering, told: Connection) -> None:
    """Until the other end of the pipe is gone, killed or not: a server nobody asks would stay for ever."""
    loop, unwanted = asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(lambda: _Visitor(answering), "127.0.0.1", 0)
    loop.add_reader(told.fileno(), unwanted.set)
    told.send(server.sockets[0].getsockname()[1])
    await unwanted.wait()


class _Visitor(asyncio.Protocol):
    """Requests without a body, one after another on a connection that is kept."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            _, target, _ = head.partition(b"\r\n")[0].split(b" ")
            self._transport.writelines(_written(self._answering(target.decode())))


def _written(answer: Answer) -> tuple[bytes, bytes]:
    lines = (
        b"HTTP/1.1 " + answer.status,
        b"Content-Type: " + answer.media_type,
        b"Content-Length: %d" % len(answer.body),
        b"\r\n",
    )
    return b"\r\n".join(lines), answer.body
