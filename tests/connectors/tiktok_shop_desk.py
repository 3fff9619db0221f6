"""A desk that hands out the TikTok Shop reference's own examples over real HTTP, one answer after another, and a shop connected to it."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pydantic import SecretStr

from catalog.listing import Listing
from connectors.facts.listing import ListingRef
from connectors.facts.shop import Tokens
from connectors.memory import MemoryCache, MemoryTokenStore
from connectors.tiktok_shop.connector import TiktokShopConnector
from connectors.tiktok_shop.settings import TiktokShopSettings

SHOP_ID = "7495000000000000001"
PRODUCT, SKU = "1729592969712207008", "1729592969712207012"
NOW = datetime.fromtimestamp(1795420800, UTC)
REF = ListingRef(sku="TRA-TANCUONG-200G", external_id=PRODUCT, variant_id=SKU)
SHOPS = {"id": SHOP_ID, "name": "OCOP Thai Nguyen", "region": "VN", "seller_type": "LOCAL", "code": "VNLCABCDEF"}
PNG = b"\x89PNG\r\n\x1a\n"


class Frozen:
    now_at = NOW

    def now(self) -> datetime:
        return self.now_at


@dataclass(frozen=True)
class Refusal:
    code: int
    message: str = "no"
    status: int = 200


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    call: str
    query: dict[str, str]
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Desk:
    """Answers `METHOD path` with what was laid out for it; the last answer stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = defaultdict(list)
        self.asked: list[Asked] = []
        desk = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                desk.serve(self)

            do_GET = do_POST = do_PUT = _serve  # noqa: N815 - the library's names

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.base_url = f"http://127.0.0.1:{self.server.server_port}"

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        call = f"{handler.command} {parts.path}"
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        self.asked.append(Asked(call, dict(parse_qsl(parts.query, True)), body, dict(handler.headers)))
        laid_out = self.answers[call]
        answer = laid_out.pop(0) if len(laid_out) > 1 else laid_out[0] if laid_out else Refusal(36009009, call, 404)
        status, envelope = 200, {"code": 0, "message": "Success", "data": answer}
        if isinstance(answer, Refusal):
            status, envelope = answer.status, {"code": answer.code, "message": answer.message, "data": None}
        text = json.dumps({**envelope, "request_id": f"2026112309000{len(self.asked):020X}"}).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    def calls(self) -> list[str]:
        return [one.call for one in self.asked]

    def last(self, call: str) -> Asked:
        return next(one for one in reversed(self.asked) if one.call == call)


class Counter(Desk):
    """A desk with one shop connected to it."""

    def __init__(self) -> None:
        super().__init__()
        self.answers["GET /authorization/202309/shops"] = [{"shops": [SHOPS | {"cipher": "ROW_cipher01"}]}]
        self.store = MemoryTokenStore(
            Tokens(
                access_token=SecretStr("ROW_access01"),
                refresh_token=SecretStr("ROW_refresh01"),
                expires_at=NOW + timedelta(days=7),
            )
        )
        self.clock = Frozen()
        self.api = TiktokShopConnector(
            TiktokShopSettings(app_key="key1", app_secret=SecretStr("s3cret"), base_url=self.base_url, rate_per_s=None),
            SHOP_ID,
            self.store,
            clock=self.clock,
            cache=MemoryCache(),
            read_picture=lambda name: PNG + name.encode(),
        )


def tea(**changes: Any) -> Listing:
    facts: dict[str, Any] = {
        "sku": "TRA-TANCUONG-200G",
        "title": "Trà Tân Cương Thái Nguyên hộp 200g",
        "description": "Chè nõn tôm vùng Tân Cương.\nKhối lượng 200g & thơm <lâu>",
        "sub_group": "food/tea",
        "price_vnd": 185_000,
        "stock": 120,
        "images": ("tra.png",),
        "brand": "HTX Trà Tân Cương",
        "net_weight_g": 200,
        "shipping_weight_g": 350,
    }
    return Listing(**(facts | changes))


@contextmanager
def opened() -> Iterator[Counter]:
    counter = Counter()
    yield counter
    counter.api.close()
    counter.server.shutdown()
    counter.server.server_close()
