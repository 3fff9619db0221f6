"""A stranger's client works against the played TikTok Shop without a changed line: PyPI `tiktok-shop-api` 0.1.0, typed and strict.

It signs with the machine's own clock, so the world's clock stands at the present while it runs.
"""

import json
import struct
import subprocess
import sys
import time
import zlib
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from sandbox.clock import VirtualClock
from sandbox.sandbox import Sandbox
from sandbox.tiktok_shop.order_words import order_id
from sandbox.tiktok_shop.site import TikTokShopApi

HERE = Path(__file__).parent
PACKAGE = "tiktok-shop-api==0.1.0"
SAFELY_PAST = timedelta(minutes=2)  # the marketplace takes a clock five minutes behind its own, and half a minute ahead
HEAD = b"IHDR" + struct.pack(">IIBBBBB", 800, 800, 8, 2, 0, 0, 0)
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + HEAD + struct.pack(">I", zlib.crc32(HEAD))
LISTING = {
    "category_version": "v2",
    "title": "Trà đinh Tân Cương OCOP 5 sao hộp thiếc 200g",
    "description": "<p>Trà đinh vùng Tân Cương, một tôm, sao suốt thủ công.</p>",
    "product_attributes": [{"id": "100347", "values": [{"id": "1000056"}]}],
    "package_weight": {"value": "0.35", "unit": "KILOGRAM"},
    "package_dimensions": {"length": "20", "width": "12", "height": "8", "unit": "CENTIMETER"},
    "skus": [
        {
            "seller_sku": "OCOP-TN-0007",
            "price": {"amount": "185000", "currency": "VND"},
            "inventory": [{"warehouse_id": "7068517275539719942", "quantity": 120}],
        }
    ],
}


@pytest.fixture
def python(request: pytest.FixtureRequest) -> Path:
    """The interpreter of an environment that holds the package and nothing of ours, kept in pytest's cache from run to run."""
    assert request.config.cache is not None
    folder = Path(request.config.cache.mkdir("tiktok-sdk-0.1.0"))
    python = folder / "venv/bin/python"
    if not (folder / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True, timeout=120)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PACKAGE]
        done = subprocess.run(pip, capture_output=True, text=True, timeout=180, check=False)
        if done.returncode:
            pytest.skip(f"pip could not install {PACKAGE}: {done.stderr.strip().splitlines()[-1:]}")
        (folder / "installed").touch()
    return python


def drive(python: Path, facts: dict[str, Any]) -> dict[str, Any]:
    command = [python, "-I", HERE / "tiktok_sdk.py"]
    said = json.dumps(facts)
    done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


class Receiver(BaseHTTPRequestHandler):
    """Keeps the raw body and the signature of every webhook."""

    got: list[tuple[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.got.append((body, self.headers["Authorization"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@pytest.fixture
def receiver() -> Any:
    """A loopback address for webhooks, and what came there."""
    kind = type("OwnReceiver", (Receiver,), {"got": []})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", kind.got
        server.shutdown()
        thread.join()


def await_letters(got: list[tuple[str, str]], count: int) -> None:
    """They travel by a thread of their own."""
    deadline = time.monotonic() + 10
    while len(got) < count:
        assert time.monotonic() < deadline, f"only {len(got)} webhooks came"
        time.sleep(0.01)


def test_the_sdk_logs_in_lists_creates_reads_prices_and_reads_orders(python: Path, receiver: Any) -> None:
    """Code, refresh, shops, categories, picture, create, search, price, stock, detail, a refusal, every order, statements, webhooks."""
    address, got = receiver
    now = datetime.now(UTC) + SAFELY_PAST
    options = {"tiktok_shop.api": {"instant": True}}
    with Sandbox(seed=7, clock=VirtualClock(now - timedelta(days=16)), options=options) as running:
        world, site, keys = running.world, running.sites["tiktok_shop.api"], running.credentials("tiktok_shop")
        assert isinstance(site, TikTokShopApi)
        site.stage.outbox.is_open = True
        site.stage.webhooks.put(keys["shop_id"], "ORDER_STATUS_CHANGE", address)
        for number in range(10, 18):
            world.add_offer("tiktok_shop", keys["shop_id"], f"OCOP-TN-{number:04}", "Trà Tân Cương", "", 95_000, 9_999)
        running.advance(to=now)
        code = site.accounts.consent(keys["shop_id"])
        await_letters(got, 3)
        facts = {"base_url": site.base_url, "since": int(now.timestamp()) - 16 * 86_400, "code": code}
        facts |= {"app_key": keys["app_key"], "app_secret": keys["app_secret"], "listing": LISTING}
        seen = drive(python, facts | {"picture": b64encode(PNG).decode(), "events": got[:3]})
        truth = running.truth()["markets"]["tiktok_shop"]
    orders = world.orders("tiktok_shop")
    assert seen == {
        "shop_id": keys["shop_id"],
        "seller_name": "HTX Trà Tân Cương (cửa hàng thử)",
        "found": True,
        "title": LISTING["title"],
        "status": "ACTIVATE",
        "price": "179000",
        "stock": 7,
        "refused": 12052931,
        "orders": sorted(map(order_id, orders)),
        "pieces": sum(line.quantity for order in orders for line in order.lines),
        "details": True,
        "settled_vnd": truth["settled_payout_vnd"],
        "lines_vnd": truth["settled_payout_vnd"],
        "events": ["OrderStatusChangeWebhook"] * 3,
    }
    assert len(seen["orders"]) > 10, "too few orders to page through"
