"""One HTTP server on loopback for each site of the world.

A thread for each connection, kept alive, TCP_NODELAY. Handlers run one at a time under the world's lock.
"""

import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from io import BufferedReader
from typing import Any

from sandbox.http import BadRequestError, Request, Response, head_of, read_body, read_request
from sandbox.site import Site, SiteSettings

__all__ = ["Delivery", "Door", "Request", "Response", "Site", "SiteSettings"]

IDLE_S = 60.0


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
