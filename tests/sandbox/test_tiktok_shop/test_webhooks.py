"""Webhooks: registered for one shop, signed over the raw body, told once and to this machine only."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from sandbox.tiktok_shop.order_words import changes, order_id

HOOKS = "/event/202309/webhooks"


class Receiver(BaseHTTPRequestHandler):
    """Keeps the raw body and the signature of every message."""

    got: list[tuple[bytes, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((body, self.headers["Authorization"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@pytest.fixture
def inbox() -> Iterator[Any]:
    """An address on loopback, and what came there."""
    kind = type("OwnReceiver", (Receiver,), {"got": []})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hook?shop=1", kind.got
        server.shutdown()
        thread.join()


def register(shop: Any, address: str, *event_types: str) -> None:
    for event_type in event_types:
        assert shop.ok("PUT", HOOKS, {"address": address, "event_type": event_type}) == {}


def settled(shop: Any, got: list[Any]) -> list[dict[str, Any]]:
    """Every message, once nothing more is on its way."""
    deadline = time.monotonic() + 20
    while shop.site.stage.outbox.is_busy:
        assert time.monotonic() < deadline, "messages never end"
        time.sleep(0.01)
    return [json.loads(body) for body, _ in got]


def test_hooks_are_kept_by_shop_and_event(shop: Any) -> None:
    """Times in milliseconds; taking one away succeeds also where none was."""
    register(shop, "https://ocop.example/a", "ORDER_STATUS_CHANGE")
    register(shop, "https://ocop.example/b", "ORDER_STATUS_CHANGE", "PRODUCT_CREATION")
    told = shop.ok("GET", HOOKS)
    at = shop.now() * 1000
    assert told["webhooks"] == [
        {"event_type": name, "address": "https://ocop.example/b", "create_time": at, "update_time": at}
        for name in ("ORDER_STATUS_CHANGE", "PRODUCT_CREATION")
    ]
    for _ in range(2):
        assert shop.ok("DELETE", HOOKS, {"event_type": "ORDER_STATUS_CHANGE"}) == {}
    assert shop.ok("GET", HOOKS)["total_count"] == 1
    assert (
        shop.answer("PUT", HOOKS, {"address": "ftp://x", "event_type": "PRODUCT_CREATION"}).json()["code"] == 98001004
    )
    assert shop.answer("PUT", HOOKS, {"address": "http://x", "event_type": "STOCK"}).json()["code"] == 98001004


def test_every_change_of_an_order_is_told_once_and_signed(instant: Any, inbox: Any) -> None:
    """One message a status, numbered apart; the signature is over the app's key and the raw body."""
    shop, (address, got) = instant, inbox
    register(shop, address, "ORDER_STATUS_CHANGE", "RETURN_STATUS_CHANGE", "CANCELLATION_STATUS_CHANGE")
    for number in range(8):
        shop.add(skus=[shop.sku(seller_sku=f"S{number}")])
    shop.pass_time(days=14, minutes=2)
    told = settled(shop, got)
    orders = shop.sandbox.world.orders("tiktok_shop")
    wanted = [
        (order_id(order), "CANCEL" if word == "CANCELLED" else word, int(moment.timestamp()))
        for order in orders
        for word, moment in changes(order)
        if (shop.sandbox.world.clock.now() - moment).total_seconds() >= 120
    ]
    by_type = {kind: [m["data"] for m in told if m["type"] == kind] for kind in (1, 11, 12)}
    seen = [(d["order_id"], d["order_status"], d["update_time"]) for d in by_type[1]]
    assert sorted(set(wanted) - set(seen)) == []
    assert len(seen) == len(set(seen))
    assert {d["order_id"] for d in by_type[11]} == {order_id(o) for o in orders if o.cancelled_at}
    assert {d["order_id"] for d in by_type[12]} == {order_id(o) for o in orders if o.returned_at}
    assert len({message["tts_notification_id"] for message in told}) == len(told)
    keys = shop.credentials
    for body, signature in got:
        expected = hmac.new(keys["app_secret"].encode(), keys["app_key"].encode() + body, hashlib.sha256).hexdigest()
        assert signature == expected


def test_what_happens_to_a_product_is_told(shop: Any, inbox: Any) -> None:
    """Created, then the end of its review, with an integer for its id."""
    address, got = inbox
    register(shop, address, "PRODUCT_CREATION", "PRODUCT_STATUS_CHANGE", "PRODUCT_AUDIT_STATUS_CHANGE")
    product_id = int(shop.add()["product_id"])
    shop.pass_time(hours=6)
    told = settled(shop, got)
    assert [message["type"] for message in told] == [16, 5, 37]
    assert {message["data"]["product_id"] for message in told} == {product_id}
    assert told[1]["data"]["status"] == "PRODUCT_FIRST_PASS_REVIEW"
    assert told[2]["data"]["audit"] == {"status": "APPROVED", "pre_approved_reasons": []}


def test_a_message_can_come_twice(shop: Any, inbox: Any) -> None:
    """The same number, the same bytes: a receiver has to notice."""
    address, got = inbox
    shop.site.rules.webhook_copies = 2
    register(shop, address, "PRODUCT_CREATION")
    shop.add()
    first, second = (settled(shop, got), got)[1]
    assert first == second


def test_a_withdrawn_consent_and_a_consent_that_ends_are_told(shop: Any, sandbox: Any, inbox: Any) -> None:
    """Type 7 from thirty days before the end, daily; type 6 at once."""
    address, got = inbox
    register(shop, address, "SELLER_DEAUTHORIZATION", "UPCOMING_AUTHORIZATION_EXPIRATION")
    shop.pass_time(days=337)
    told = settled(shop, got)
    assert [message["type"] for message in told] == [7, 7, 7]
    assert told[0]["timestamp"] == told[0]["data"]["expiration_time"] - 30 * 86_400
    sandbox.faults.add("tiktok_shop.api", "revoked_token")
    shop.get("/authorization/202309/shops", cipher=False)
    assert settled(shop, got)[-1]["type"] == 6


def test_nothing_leaves_this_machine_and_nobody_listening_is_no_harm(shop: Any) -> None:
    """A message to a stranger's address, or to a closed port, is lost quietly."""
    register(shop, "http://ocop.example/hook", "PRODUCT_CREATION")
    register(shop, "http://127.0.0.1:9/hook", "PRODUCT_STATUS_CHANGE")
    shop.add()
    shop.pass_time(hours=6)
    settled(shop, [])
    assert shop.get("/authorization/202309/shops", cipher=False)["code"] == 0
