"""The one page of a login that this machine catches itself: the redirect to a loopback port (RFC 8252, section 7.3)."""

import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>ocop</title>
<p>Đã nhận câu trả lời của sàn. Có thể đóng trang này và xem tiếp trong cửa sổ lệnh.</p></html>"""


def is_loopback(redirect: str) -> bool:
    address = urlsplit(redirect)
    return address.scheme == "http" and address.hostname in {"127.0.0.1", "localhost"}


class Callback:
    """A context manager that listens at `redirect`, a loopback address; port 0 takes a free one. Logs nothing: codes are secrets."""

    def __init__(self, redirect: str) -> None:
        asked = urlsplit(redirect)
        self._path = asked.path or "/"
        self._answer: dict[str, str] | None = None
        self._server = HTTPServer(("127.0.0.1", asked.port if asked.port is not None else 80), self._handler())
        self.redirect = asked._replace(netloc=f"{asked.hostname}:{self._server.server_port}").geturl()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.server_close()

    def wait(self, timeout_s: float) -> dict[str, str] | None:
        """The parameters of the redirect, or None when nobody came in time."""
        end = time.monotonic() + timeout_s
        while self._answer is None and (left := end - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
        return self._answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5.0  # of one connection: a browser that opens one and says nothing must not hold the answer back

            def do_GET(self) -> None:
                address = urlsplit(self.path)
                is_ours = address.path == outer._path and address.query
                if is_ours:
                    outer._answer = dict(parse_qsl(address.query))
                body = PAGE.encode() if is_ours else b""
                self.send_response(200 if is_ours else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Cache-Control", "no-store")
                self.send_header("Referrer-Policy", "no-referrer")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Nothing: the address carries the code."""

        return Handler
