"""One HTTP server on loopback for each site of the world: a marketplace's API, its public pages, a plain shop.

A thread for each connection, kept alive, TCP_NODELAY. Handlers run one at a time under the world's lock.
"""

import math
import socket
import socketserver
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from io import BufferedReader
from typing import Any, ClassVar

from sandbox.http import BadRequestError, Request, Response, head_of, read_body, read_request
from sandbox.world import World

__all__ = ["BadRequestError", "Door", "Request", "Response", "Site", "SiteSettings"]

IDLE_S = 60.0
CHALLENGE = "<!doctype html><html><head><title>Xác minh</title></head><body><div id='captcha'>Kéo mảnh ghép để tiếp tục</div></body></html>"


@dataclass(frozen=True)
class SiteSettings:
    """`rate_per_s` None: no limit. `options` are the emulator's own switches."""

    rate_per_s: float | None = None
    options: dict[str, Any] = field(default_factory=dict)


class Site(ABC):
    """What one server answers. A subclass reads time from the world's clock and ids from the world, or it is not replayable."""

    market: ClassVar[str]
    role: ClassVar[str]  # "api" or "storefront"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        self.world = world
        self.settings = settings
        self.base_url = ""  # known after start
        self.clock_skew_s = 0.0
        self.calls: Counter[str] = Counter()

    @property
    def key(self) -> str:
        return f"{self.market}.{self.role}"

    @abstractmethod
    def handle(self, request: Request) -> Response:
        """Answer one request, under the world's lock."""

    def credentials(self) -> dict[str, Any]:
        """App keys, shop and tokens, named as the product's settings name them."""
        return {}

    def changes(self, request: Request, response: Response) -> bool:
        """Did it change the world? Then it is journalled and replayed."""
        return request.method not in {"GET", "HEAD"} and response.status < 400

    def call_name(self, request: Request) -> str:
        """How `calls` counts it; a subclass may put a template in the path's place."""
        return f"{request.method} {request.path}"

    def too_many(self, retry_after_s: float | None) -> Response:
        """How this marketplace says 429."""
        headers = {} if retry_after_s is None else {"Retry_After": str(math.ceil(retry_after_s))}
        return Response.json({"error": "too many requests"}, 429, **headers)

    def challenge(self) -> Response:
        """The page it shows to whom it takes for a robot."""
        return Response.html(CHALLENGE)

    def skewed_now(self) -> datetime:
        """The time by this marketplace's own clock: what signatures are checked against."""
        return self.world.clock.now() + timedelta(seconds=self.clock_skew_s)

    def expire_tokens(self) -> None:
        """Every access token handed out so far is expired from now on."""
        raise LookupError(f"{self.key} has no tokens")

    def revoke_tokens(self) -> None:
        """Access and refresh tokens handed out so far are refused from now on."""
        raise LookupError(f"{self.key} has no tokens")


@dataclass(frozen=True)
class Delivery:
    """What goes over the wire. `response` None: the connection is reset instead. `length` is a lie about the body's."""

    response: Response | None
    length: int | None = None


Answering = Callable[[Request], Delivery]


class Door(socketserver.ThreadingTCPServer):
    """A listening socket in front of something that answers."""

    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, answer: Answering, date: Callable[[], datetime]) -> None:
        super().__init__(("127.0.0.1", port), _Visitor)
        self.answer = answer
        self.date = date
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Close the door and every connection. Nothing is answered after this returns, except what is being handled."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()
        for connection in self._open.copy():
            _hang_up(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's signature
        """A bug in a handler is loud: the thread dies of it."""
        raise  # noqa: PLE0704 - called from the library's own except block


class _Visitor(socketserver.BaseRequestHandler):
    """One connection: requests are read and answered until one side hangs up."""

    server: Door
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(IDLE_S)
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.request.makefile("rb") as stream:
            try:
                while self._serve_one(stream):
                    pass
            except BadRequestError as err:
                self._send(Delivery(Response(err.status, str(err).encode(), {"Connection": "close"})), head_only=False)
            except (ConnectionError, TimeoutError):
                return  # the client left, or said nothing for a minute

    def _serve_one(self, stream: BufferedReader) -> bool:
        """False when the connection is done with."""
        opening = read_request(stream)
        if opening is None:
            return False
        method, target, headers = opening
        if headers.get("expect", "").lower() == "100-continue":
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        request = Request.of(method, target, headers, read_body(stream, headers))
        keep = self._send(self.server.answer(request), head_only=method == "HEAD")
        return keep and headers.get("connection", "").lower() != "close"

    def _send(self, delivery: Delivery, *, head_only: bool) -> bool:
        response = delivery.response
        if response is None:
            _reset(self.request)
            return False
        head = head_of(response, format_datetime(self.server.date(), usegmt=True), delivery.length)
        self.request.sendall(head if head_only else head + response.body)
        return delivery.length is None and response.headers.get("Connection") != "close"


def _reset(connection: socket.socket) -> None:
    """Close so that the client sees a reset, not an orderly end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    connection.close()


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # already gone
