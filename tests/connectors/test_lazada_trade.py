"""Lazada's orders, money, reviews and messages against the played Lazada, in every way it may write them."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from connectors.facts.order import MoneyStage
from connectors.lazada.connector import LazadaConnector
from connectors.lazada.settings import LazadaSettings
from sandbox.lazada.sellers import HOUSEHOLD
from sandbox.sandbox import START, Sandbox
from tests.contract.shops import Shop, tea

WRITTEN = {"as documented": {}, "loosely": {"loose_types": True, "iso_dates": True}}


def opened(sandbox: Sandbox, days: float = 35) -> Shop:
    """Twelve listings and five weeks of trade."""
    shop = Shop("lazada", sandbox)
    for number in range(1, 13):
        shop.api.push_new(tea(number))
    shop.days_pass(days)
    return shop


@pytest.fixture(params=WRITTEN)
def traded(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with Sandbox(seed=3, options={"lazada.api": WRITTEN[request.param]}) as sandbox:
        shop = opened(sandbox)
        yield shop
        shop.api.close()


def test_orders_are_the_worlds(traded: Shop) -> None:
    """Every order, its pieces and its goods, whichever way numbers and times are written."""
    pulled = [order for page in traded.api.pull_orders(START, traded.now()) for order in page.orders]
    placed = traded.sandbox.world.orders("lazada")
    assert len({order.external_id for order in pulled}) == len(placed)
    assert sum(line.quantity for order in pulled for line in order.lines) == sum(
        line.quantity for order in placed for line in order.lines
    )
    assert sum(line.quantity * line.unit_price_vnd for order in pulled for line in order.lines) == sum(
        order.goods_vnd for order in placed
    )
    assert {order.placed_at for order in pulled} == {order.placed_at.replace(microsecond=0) for order in placed}


def test_paid_statements_come_to_what_the_world_paid(traded: Shop) -> None:
    """Every statement equals its lines to the đồng, and each settled order what the world says it earned."""
    statements = list(traded.api.pull_statements(START, traded.now()))
    assert len(statements) == 4
    settled = list(traded.api.pull_settled(START, traded.now()))
    earned: dict[str, int] = defaultdict(int)
    by_statement: dict[str, int] = defaultdict(int)
    for income in traded.api.pull_income(settled):
        for line in income.lines:
            if line.stage is MoneyStage.SETTLED:
                earned[income.order_external_id] += line.amount_vnd
                by_statement[line.statement] += line.amount_vnd
    assert by_statement == {one.external_id: one.total_vnd for one in statements}
    assert [one.total_vnd - sum(line.amount_vnd for line in one.lines) for one in statements] == [0, 0, 0, 0]
    assert sum(earned.values()) == sum(one.payout_vnd or 0 for one in statements)


def test_reviews_are_the_worlds(traded: Shop) -> None:
    """Every review of the last ninety days, stars and words, nobody's name."""
    world = traded.sandbox.world
    seen = {}
    for number in range(1, 13):
        for page in traded.api.pull_reviews(traded.found(tea(number).sku)):
            seen |= {review.external_id: (review.stars, review.text) for review in page.reviews}
    assert seen == {str(one.review_id): (one.stars, one.text or None) for one in world.reviews("lazada")}


def test_errors_in_statements_show_as_differences() -> None:
    """A payout short by one order is off by exactly that order; a fee charged twice stands there twice at its piece."""
    with Sandbox(seed=3, options={"lazada.api": {"statement_errors": True}}) as sandbox:
        shop = Shop("lazada", sandbox)
        for number in range(1, 13):
            shop.api.push_new(tea(number))
        shop.days_pass(35)
        errors = {one["kind"]: one for one in sandbox.sites["lazada.api"].seeded_errors()}  # type: ignore[attr-defined] # only players of statements have them
        statements = {one.external_id: one for one in shop.api.pull_statements(START, shop.now())}
        short = {
            name: one.total_vnd - sum(line.amount_vnd for line in one.lines)
            for name, one in statements.items()
            if one.total_vnd != sum(line.amount_vnd for line in one.lines)
        }
        assert short == {errors["order_not_paid"]["statement"]: errors["order_not_paid"]["amount_vnd"]}
        list(shop.api.pull_settled(START, shop.now()))
        twice = errors["fee_charged_twice"]
        (income,) = shop.api.pull_income([twice["order"]])
        fees = Counter((line.line_external_id, line.amount_vnd) for line in income.lines if "Commission" in line.code)
        shop.api.close()
    (_, amount_vnd), times = fees.most_common(1)[0]
    assert (amount_vnd, times) == (twice["amount_vnd"], 2)


def test_taxes_withheld_from_a_household_are_lines_of_their_own() -> None:
    """Value added tax and income tax by the names they have there, as shares of the goods; statements still add up."""
    with Sandbox(seed=3) as sandbox:
        shop = Shop("lazada", sandbox)
        shop.api.close()
        shop.credentials = sandbox.sites["lazada.api"].credentials_of(HOUSEHOLD.seller_id)  # type: ignore[attr-defined] # this player has two sellers
        shop.store.save(shop._tokens())
        shop.api = shop.connector()
        for number in range(1, 13):
            shop.api.push_new(tea(number))
        shop.days_pass(35)
        (first, *_) = statements = list(shop.api.pull_statements(START, shop.now()))
        sums = Counter[str]()
        for income in shop.api.pull_income(list(shop.api.pull_settled(START, shop.now()))):
            for line in income.lines:
                if line.statement == first.external_id:
                    sums[line.code.partition(" ")[2]] += line.amount_vnd
        shop.api.close()
    assert [one.total_vnd - sum(line.amount_vnd for line in one.lines) for one in statements] == [0] * len(statements)
    assert sums["VAT Withholding"] == 2 * sums["PIT Withholding"] < 0
    assert sum(sums.values()) == first.total_vnd


@contextmanager
def receiver() -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A callback on loopback, and what it got."""
    got: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            got.append((headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/messages/lazada", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_pushed_messages_name_the_worlds_orders() -> None:
    """Each is signed as its document says and names its order; one sent twice has one identity."""
    with Sandbox(seed=3) as sandbox, receiver() as (url, got):
        courier = sandbox.sites["lazada.api"].courier  # type: ignore[attr-defined] # only this player pushes so
        courier.register(url)
        shop = opened(sandbox, days=14)  # while the token is good: messages stop with it
        courier.deliver(twice=True)
        app = LazadaSettings(app_key=shop.credentials["app_key"], app_secret=shop.credentials["app_secret"])
        messages = [LazadaConnector.read_message(app, headers, body, url) for headers, body in got]
        orders = {order.external_id for page in shop.api.pull_orders(START, shop.now()) for order in page.orders}
        shop.api.close()
    assert {one.order_external_id for one in messages if one.kind == "0"} == orders
    assert {one.shop_external_id for one in messages} == {str(shop.credentials["shop_id"])}
    assert set(Counter(one.identity for one in messages).values()) == {2}
