"""Messages to the app's callback, over real HTTP: signed, once unless they must come again."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.sandbox.test_lazada.conftest import Client


class Receiver:
    """A callback on loopback that keeps what it gets and answers as it is told."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[str, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((self.headers["Authorization"], body))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/messages/lazada"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def messages(self, kind: int | None = None) -> list[dict[str, Any]]:
        read = [json.loads(body) for _, body in self.got]
        return [one for one in read if kind in {None, one["message_type"]}]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.close()


def lived(shop: Client, receiver: Receiver, days: float = 10) -> Client:
    shop.site.courier.register(receiver.url)
    for number in range(1, 9):
        shop.on_sale(number, quantity="9999")
    shop.pass_time(days=days)
    return shop


def test_messages_are_signed(shop: Client, receiver: Receiver) -> None:
    """Lower-case hex over app key and raw body, in `Authorization`."""
    lived(shop, receiver, 3)
    shop.site.courier.deliver()
    secret = shop.credentials["app_secret"].encode()
    expected = [hmac.new(secret, b"500001" + body, hashlib.sha256).hexdigest() for _, body in receiver.got]
    assert [authorization for authorization, _ in receiver.got] == expected


def test_every_step_of_every_piece(shop: Client, receiver: Receiver) -> None:
    """One message a piece and step; a second delivery has nothing to say."""
    lived(shop, receiver)
    sent = shop.site.courier.deliver()
    assert (len(receiver.got), shop.site.courier.deliver()) == (sent, 0)
    steps = 0
    for order in shop.sandbox.world.orders("lazada"):
        moments = (order.paid_at, order.shipped_at, order.delivered_at, order.cancelled_at, order.returned_at)
        steps += sum(line.quantity for line in order.lines) * (
            sum(one is not None for one in moments) + (not order.cod)
        )
    assert len(receiver.messages(0)) == steps
    one = receiver.messages(0)[0]
    assert (one["seller_id"], one["site"], one["timestamp"] % 1000) == ("200100300", "lazada_vn", 0)
    assert one["timestamp"] // 1000 == one["data"]["status_update_time"]


def test_quality_control_and_reviews_are_told(shop: Client, receiver: Receiver) -> None:
    """Type 1 an item, type 21 a review, with ids only."""
    lived(shop, receiver, 20)
    shop.site.courier.deliver()
    assert [one["data"]["status"] for one in receiver.messages(1)] == ["APPROVED"] * 8
    reviews = shop.sandbox.world.reviews("lazada")
    assert [one["data"]["id"] for one in receiver.messages(21)] == [one.review_id for one in reviews]
    assert [one.buyer_name for one in reviews if one.buyer_name in str(receiver.got)] == []


def test_unacknowledged_messages_come_again(shop: Client, receiver: Receiver) -> None:
    """Half an hour later, with the status of then; twelve times, and no more."""
    lived(shop, receiver, 3)
    receiver.status = 500
    assert shop.site.courier.deliver() == 0
    first = len(receiver.got)
    assert (shop.site.courier.deliver(), len(receiver.got)) == (0, first)
    for _ in range(13):
        shop.pass_time(minutes=30)
        shop.site.courier.deliver()
    tries: dict[str, int] = {}
    for message in receiver.messages(1):
        item_id = message["data"]["itemId"]
        tries[item_id] = tries.get(item_id, 0) + 1
    assert set(tries.values()) == {13}


def test_a_repeat_reads_the_status_anew(shop: Client, receiver: Receiver) -> None:
    """What was `pending` when nobody listened is told as what it has become."""
    lived(shop, receiver, 1)
    receiver.status = 500
    shop.site.courier.deliver()
    pending = [
        one["data"]["trade_order_line_id"] for one in receiver.messages(0) if one["data"]["order_status"] == "pending"
    ]
    receiver.got.clear()
    receiver.status = 200
    shop.pass_time(days=10)
    shop.site.courier.deliver()
    told = {
        one["data"]["order_status"] for one in receiver.messages(0) if one["data"]["trade_order_line_id"] in pending
    }
    assert "pending" not in told


def test_the_same_message_twice(shop: Client, receiver: Receiver) -> None:
    """At least once means that it may be twice, byte for byte."""
    lived(shop, receiver, 1)
    shop.site.courier.deliver(twice=True)
    assert receiver.got[::2] == receiver.got[1::2]


def test_nobody_there(shop: Client, receiver: Receiver) -> None:
    """A dead callback costs nothing but the message."""
    lived(shop, receiver, 1)
    shop.site.courier.register("http://127.0.0.1:9/dead")
    shop.pass_time(days=1)
    assert shop.site.courier.deliver() == 0


def test_no_messages_of_a_seller_without_token(shop: Client, receiver: Receiver) -> None:
    """Push stops with the token."""
    lived(shop, receiver, 3)
    shop.site.expire_tokens()
    assert shop.site.courier.deliver() == 0
    assert receiver.got == []
