"""A Lazada of one's own on loopback: it says what a test wrote down, in turn, and keeps what was asked."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr

from catalog.listing import Listing
from catalog.product import PackSize
from connectors.facts.listing import ListingRef
from connectors.facts.shop import Tokens
from connectors.http import Retry
from connectors.lazada.connector import LazadaConnector
from connectors.lazada.settings import LazadaSettings
from connectors.memory import MemoryCache, MemoryTokenStore

SELLER = "200100300"
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # ten in the morning in Vietnam
PNG = b"\x89PNG\r\n\x1a\n"
Asked = dict[str, str]


class StillClock:
    """A moment that stays."""

    moment = NOW

    def now(self) -> datetime:
        return self.moment


class Desk:
    """`say` queues an answer of one path; the last one is said again and again. `asked` has every request by path."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: dict[str, list[Asked]] = defaultdict(list)
        self.bodies: list[bytes] = []
        self._answers: dict[str, list[Any]] = defaultdict(list)
        self._numbers = iter(range(1, 1_000_000))

    def say(self, path: str, *answers: Any) -> None:
        self._answers[path] += answers

    def answer(self, path: str, asked: Asked) -> bytes:
        self.asked[path].append(asked)
        queue = self._answers[path]
        answer = queue.pop(0) if len(queue) > 1 else queue[0]
        body = answer(asked) if callable(answer) else answer
        return json.dumps({"request_id": f"r{next(self._numbers)}", **body}).encode()

    def connector(self, **settings: Any) -> LazadaConnector:
        app = {"app_key": "500001", "app_secret": "sandbox-secret-001", "base_url": f"http://127.0.0.1:{self.port}"}
        return LazadaConnector(
            LazadaSettings(**{**app, "rate_per_s": None, "no_brand_id": "30768", **settings}),
            SELLER,
            MemoryTokenStore(tokens()),
            clock=StillClock(),
            cache=MemoryCache(),
            read_picture=lambda name: PNG + name.encode(),
            retry=Retry(sleep=lambda _: None),
        )


def tokens(**changes: Any) -> Tokens:
    facts: dict[str, Any] = {
        "access_token": SecretStr("50000001abcTOKEN"),
        "refresh_token": SecretStr("50001001defREFRESH"),
        "expires_at": NOW + timedelta(days=7),
    }
    return Tokens(**(facts | changes))


def ok(data: Any, **beside: Any) -> dict[str, Any]:
    return {"code": "0", "data": data, **beside}


def refusal(code: str, message: str = "no", detail: Any = None) -> dict[str, Any]:
    said = {"type": "ISP", "code": code, "message": message}
    return said if detail is None else said | {"detail": detail}


def payload(asked: Asked) -> Any:
    return json.loads(asked["payload"])


def ref(number: int = 1) -> ListingRef:
    return ListingRef(
        sku=f"OCOP-{number:02d}", external_id=str(2_100_000_000 + number), variant_id=str(11_000_000_000 + number)
    )


def tea(**changes: Any) -> Listing:
    facts: dict[str, Any] = {
        "sku": "OCOP-TC-200G",
        "title": "Trà Tân Cương Thái Nguyên OCOP 4 sao",
        "description": "Trà xanh sao suốt.\nNước <xanh>.",
        "sub_group": "food/tea",
        "price_vnd": 185_000,
        "stock": 40,
        "images": ("tra.png",),
        "net_weight_g": 200,
        "shipping_weight_g": 251,
        "shipping_size": PackSize(length_mm=200, width_mm=120, height_mm=85),
    }
    return Listing(**(facts | changes))


@contextmanager
def open_desk() -> Iterator[Desk]:
    """Serves until the test is over."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(lambda: desk))
    desk = Desk(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield desk
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(desk: Callable[[], Desk]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply(b"")

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])))

        def _reply(self, body: bytes) -> None:
            parts = urlsplit(self.path)
            is_form = self.headers.get("Content-Type", "").endswith("form-urlencoded")
            pairs = parse_qs(parts.query) | (parse_qs(body.decode()) if is_form else {})
            desk().bodies.append(body)
            answer = desk().answer(parts.path.removeprefix("/rest"), {name: one[0] for name, one in pairs.items()})
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Silence."""

    return Handler
