"""A shop of the test's own on loopback."""

import http.server
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

ROBOTS = "User-agent: *\nDisallow: /cam/\n"


@dataclass
class Answer:
    """What a path answers. `close` drops the connection before a word, `cut` in the middle of the body."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    close: bool = False
    cut: bool = False


class Shop:
    """`pages` by path with its query; every request is counted, and its headers are kept."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[], Answer]] = {"/robots.txt": Answer(ROBOTS)}
        self.calls: Counter[str] = Counter()
        self.headers: list[dict[str, str]] = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> Answer:
        found = self.pages.get(path, Answer("<h1>404</h1>", 404))
        return found() if callable(found) else found

    def _handler(shop) -> type[http.server.BaseHTTPRequestHandler]:  # noqa: N805 - `self` is the handler's below
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 64 * 1024  # head and body in one packet, or every answer waits 40 ms for an acknowledgement

            def do_GET(self) -> None:
                shop.calls[self.path] += 1
                shop.headers.append(dict(self.headers))
                answer = shop.answer(self.path)
                if answer.close:
                    self.close_connection = True
                    return
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                self.close_connection = answer.cut

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        return Handler


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    yield shop
    shop.server.shutdown()
    shop.server.server_close()
