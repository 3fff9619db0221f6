"""Pushed messages over real HTTP: what is believed, what is stored, and the order read because of it."""

import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import uvicorn
from sqlalchemy import select

import scheduler
from jobs.dispatch import Inline
from models import JobRun, Message, SalesOrder
from tests.jobs.office import Office, opened
from tests.jobs.test_login import agree
from web.dashboard import dashboard

SHOP_ID = 770_011_223


class Receiver:
    """The product's web server on loopback, and Shopee's hand on its door."""

    def __init__(self, office: Office, url: str) -> None:
        self.office = office
        self.url = url
        self._key = office.world.credentials("shopee")["partner_key"]

    def push(self, message: dict[str, Any], path: str = "/messages/shopee", **headers: str) -> requests.Response:
        return self.send(json.dumps(message).encode(), path, **headers)

    def send(self, body: bytes, path: str = "/messages/shopee", **headers: str) -> requests.Response:
        url = f"{self.url}{path}"
        signature = hmac.new(self._key.encode(), f"{url}|".encode() + body, hashlib.sha256).hexdigest()
        return requests.post(url, data=body, headers={"Authorization": signature} | headers, timeout=10)

    def rows(self) -> list[Message]:
        with self.office.app.database.session() as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def waiting_runs(self) -> list[str]:
        with self.office.app.database.session() as session:
            return list(session.scalars(select(JobRun.job).where(JobRun.state == "queued")))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path, products=30) as ready:
        yield ready


@pytest.fixture
def receiver(office: Office) -> Iterator[Receiver]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(dashboard(office.app), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Receiver(office, f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True
        thread.join()


def status_push(order: str = "2610017QK4M0AB", status: str = "SHIPPED", at: int = 1_790_000_000) -> dict[str, Any]:
    data = {"ordersn": order, "status": status, "update_time": at}
    return {"data": data, "shop_id": SHOP_ID, "code": 3, "timestamp": at}


def test_a_push_is_answered_empty_and_kept_without_its_body(receiver: Receiver) -> None:
    """2xx and not a byte; only kind, order, times and a digest are stored."""
    answer = receiver.push(status_push())
    assert (answer.status_code, answer.content) == (204, b"")
    (row,) = receiver.rows()
    assert (row.kind, row.order_external_id, row.handled_at) == ("3", "2610017QK4M0AB", None)
    assert len(row.digest) == 64
    assert receiver.waiting_runs() == ["handle_messages"]


def test_sent_again_does_nothing(receiver: Receiver) -> None:
    """Replays, and repeats with a new time on the envelope, are answered alike and stored once; so is one run waiting."""
    for timestamp in (1_790_000_000, 1_790_000_000, 1_790_000_300):
        assert receiver.push(status_push() | {"timestamp": timestamp}).status_code == 204
    assert len(receiver.rows()) == 1
    assert receiver.push(status_push(status="COMPLETED")).status_code == 204
    assert len(receiver.rows()) == 2
    assert receiver.waiting_runs() == ["handle_messages"]


@pytest.mark.parametrize(
    ("body", "path", "headers", "status"),
    [
        (None, "/messages/shopee", {"Authorization": "0" * 64}, 401),
        (None, "/messages/shopee", {"Authorization": ""}, 401),
        (None, "/messages/tiki", {}, 404),  # a queue there, no pushes
        (None, "/messages/ebay", {}, 404),
        (None, "/messages/shopee/unknown", {}, 404),
        (None, "/messages/shopee/tiki-demo", {}, 404),
        (b"x" * 300_000, "/messages/shopee", {}, 413),
    ],
)
def test_what_is_not_for_us_is_not_kept(
    receiver: Receiver, body: bytes | None, path: str, headers: dict[str, str], status: int
) -> None:
    """Forged, unknown, another shop's or too large: refused with an empty body, and nothing is stored."""
    answer = receiver.send(body if body is not None else json.dumps(status_push()).encode(), path, **headers)
    assert (answer.status_code, answer.content) == (status, b"")
    assert receiver.rows() == []


def test_a_shop_may_have_an_address_of_its_own(receiver: Receiver) -> None:
    """The address is part of what is signed."""
    assert receiver.push(status_push(), "/messages/shopee/shopee-demo").status_code == 204
    assert len(receiver.rows()) == 1


def test_another_sellers_message_is_answered_and_forgotten(receiver: Receiver) -> None:
    """An app may serve shops that are not ours; refusing them would end the pushes for all."""
    assert receiver.push(status_push() | {"shop_id": 1}).status_code == 204
    assert receiver.push({"code": 0, "data": {"verify_info": "x"}}).status_code == 204
    assert receiver.rows() == []


def test_a_signed_message_we_cannot_read_is_told_to_a_person(receiver: Receiver) -> None:
    """Answered like any other, or Shopee would switch the pushes off; loud in the queue of problems."""
    assert receiver.push(status_push() | {"data": {}}).status_code == 204
    assert receiver.rows() == []
    page = requests.get(receiver.url, timeout=10).text
    assert "an order&#39;s message without its number" in page


def test_the_named_order_is_read_at_the_next_tick(receiver: Receiver) -> None:
    """The order is there without any pull of orders, and as the marketplace has it, not as the message says."""
    office = receiver.office
    office.push("shopee")
    office.wait(days=2)
    placed = office.world.world.orders("shopee")[0]
    said = office.world.sites["shopee.api"].backstage.push
    said.configured_at, said.switched_on = placed.placed_at - timedelta(days=1), {3}
    envelopes = [json.loads(lost["data"]) for _, lost in said.waiting()]
    for envelope in envelopes:
        assert receiver.push(envelope).status_code == 204
    Inline(office.app).send(scheduler.tick(office.app, office.app.now(), timetable=()))
    with office.app.database.session() as session:
        stored = {order.external_id: order.raw_state for order in session.scalars(select(SalesOrder))}
    assert stored.keys() == {envelope["data"]["ordersn"] for envelope in envelopes}
    assert {row.handled_at is not None for row in receiver.rows()} == {True}
    before = office.calls("shopee")
    office.do("handle_messages", "shopee")
    assert office.calls("shopee") == before


def test_lost_pushes_are_fetched_and_then_confirmed(receiver: Receiver) -> None:
    """What never arrived comes by the pull job, is stored before it is confirmed, and comes no more."""
    office = receiver.office
    office.push("shopee")
    said = office.world.sites["shopee.api"].backstage.push
    said.configured_at, said.switched_on = office.app.now(), {3}
    office.wait(days=9)
    waiting = len(said.waiting())
    assert waiting > 100  # more than one page of them
    assert office.do("pull_messages", "shopee").counts == {"read": waiting}
    assert (len(receiver.rows()), said.waiting()) == (waiting, [])
    assert office.do("pull_messages", "shopee").counts == {"read": 0}


def test_the_consent_may_come_back_to_the_web_server(receiver: Receiver) -> None:
    """`ocop shop login --redirect` with this address: the browser is told that the shop is connected, once."""
    from jobs.login import begin_login  # noqa: PLC0415 - only here

    office = receiver.office
    link = begin_login(office.app, office.app.shop("tiki-demo"), f"{receiver.url}/login/callback")
    back = agree(link)
    answer = requests.get(back, timeout=10)
    assert (answer.status_code, "Đã kết nối gian hàng «tiki-demo»" in answer.text) == (200, True)
    assert answer.headers["Cache-Control"] == "no-store"
    again = requests.get(back, timeout=10)
    assert (again.status_code, "Không có lần đăng nhập nào đang chờ" in again.text) == (400, True)


def _delivered(is_busy: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while is_busy():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_tiktok_shops_own_messages_bring_its_orders(receiver: Receiver) -> None:
    """Sent and signed by the played TikTok Shop itself, believed, stored once each, and their orders read."""
    office = receiver.office
    office.push("tiktok_shop")
    stage = office.world.sites["tiktok_shop.api"].stage
    shop_id = str(office.world.credentials("tiktok_shop")["shop_id"])
    stage.webhooks.put(shop_id, "ORDER_STATUS_CHANGE", f"{receiver.url}/messages/tiktok_shop")
    office.wait(days=3)
    _delivered(lambda: stage.outbox.is_busy)
    told = {row.order_external_id for row in receiver.rows()}
    assert len(told) == len(office.world.world.orders("tiktok_shop"))
    done = office.do("handle_messages", "tiktok_shop")
    assert (done.state, done.counts["orders"]) == ("done", len(told))
    with office.app.database.session() as session:
        assert set(session.scalars(select(SalesOrder.external_id))) == told


def test_lazadas_own_messages_are_acknowledged_in_time_and_kept_once(receiver: Receiver) -> None:
    """Each sent twice by the played Lazada, which waits half a second for a 200; a pull reads the orders they name."""
    office = receiver.office
    office.push("lazada")
    courier = office.world.sites["lazada.api"].courier
    courier.register(f"{receiver.url}/messages/lazada")
    office.wait(days=3)
    office.world.sites["lazada.api"].calls.clear()
    acknowledged = courier.deliver(twice=True)
    assert acknowledged == len(receiver.rows())
    assert courier.deliver() == 0
    told = {row.order_external_id for row in receiver.rows() if row.order_external_id}
    assert len(told) == len(office.world.world.orders("lazada"))
    done = office.do("handle_messages", "lazada")
    assert (done.state, done.counts["orders"]) == ("done", len(told))
    with office.app.database.session() as session:
        assert told <= set(session.scalars(select(SalesOrder.external_id)))
