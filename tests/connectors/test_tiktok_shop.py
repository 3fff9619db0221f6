"""TikTok Shop's connector against the played TikTok Shop: what is its own, beyond what every marketplace holds."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from connectors.endpoint import Answer, Endpoint, Payload
from connectors.errors import ForgedMessageError, LoginRequiredError, NotFoundError, OutcomeUnknownError, RejectedError
from connectors.facts.listing import ListingRef, ListingState, StockChange
from connectors.facts.order import MoneyStage, Order, OrderState
from connectors.tiktok_shop.connector import TiktokShopConnector
from sandbox.sandbox import START, Sandbox
from sandbox.world import OfferState
from tests.contract.shops import Shop, tea


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Sandbox(seed=3) as sandbox:
        connected = Shop("tiktok_shop", sandbox)
        yield connected
        connected.api.close()


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Sixteen listings and forty-five days of orders: most are settled, some not."""
    for number in range(1, 17):
        shop.api.push_new(tea(number))
    for _ in range(3):
        shop.days_pass(15)
        shop.api.check()
    return shop


def orders_of(shop: Shop) -> dict[str, Order]:
    return {order.external_id: order for page in shop.api.pull_orders(START, shop.now()) for order in page.orders}


def calls(shop: Shop, path: str) -> int:
    return sum(count for call, count in shop.sandbox.sites["tiktok_shop.api"].calls.items() if path in call)


def test_a_consent_gives_tokens_that_work(shop: Shop) -> None:
    """The owner's browser comes back with a code and our state; the code buys a pair whose ends are known."""
    url = shop.api.login_url("https://ocop.example/cb", "s-12345678")
    back = requests.get(url, allow_redirects=False, timeout=5).headers["Location"]
    answer = parse_qs(urlsplit(back).query)
    assert answer["state"] == ["s-12345678"]
    tokens = shop.api.exchange_code(answer["code"][0], "https://ocop.example/cb")
    shop.store.save(tokens)
    facts = shop.connector().check()
    assert (facts.external_id, facts.is_active, facts.can_push) == (shop.credentials["shop_id"], True, True)
    assert facts.authorised_until == tokens.refresh_expires_at
    assert tokens.expires_at > shop.now()


def test_a_code_works_once(shop: Shop) -> None:
    """A code used before asks for a new consent."""
    shop.api.exchange_code(shop.credentials["code"], "")
    with pytest.raises(LoginRequiredError):
        shop.api.exchange_code(shop.credentials["code"], "")


def test_a_lost_refresh_is_said(shop: Shop) -> None:
    """Its answer may have held a new pair: unknown, never silence and never repeated by itself."""
    shop.api.check()
    shop.fault("expired_token", path="authorization")
    shop.fault("reset_after", path="token/refresh")
    with pytest.raises(OutcomeUnknownError):
        shop.api.check()
    assert calls(shop, "token/refresh") == 1


def test_new_listings_cost_one_call_each(shop: Shop) -> None:
    """Cipher, category, attributes, rules, warehouse and a shared picture are read or sent once."""
    shop.api.push_new(tea(1))
    before = shop.api.api_calls
    for number in range(2, 22):
        shop.api.push_new(tea(number))
    assert shop.api.api_calls - before == 20


def test_creates_on_their_way_together_ask_once(shop: Shop) -> None:
    """Four senders at once: the cipher, the category and the picture are read or sent by one of them."""
    with ThreadPoolExecutor(4) as pool:
        pushed = list(pool.map(shop.api.push_new, map(tea, range(1, 9))))
    assert len({one.external_id for one in pushed}) == 8
    for path in ("authorization", "categories/{}/attributes", "images/upload", "logistics"):
        assert calls(shop, path) == 1


def test_reference_data_outlives_the_connector(shop: Shop) -> None:
    """Another process with the same cache asks for nothing again but the cipher, which is not kept."""
    shop.api.push_new(tea(1))
    other = shop.connector()
    other.push_new(tea(2))
    assert other.api_calls == 2
    assert calls(shop, "authorization") == 2
    other.close()


def test_what_was_created_is_followed_until_it_is_on_sale(shop: Shop) -> None:
    """The product's own id is what to ask about: under review, then live."""
    pushed = shop.api.push_new(tea(1))
    assert pushed.tracking_id == pushed.external_id
    assert shop.api.track(str(pushed.tracking_id)).state is ListingState.PENDING
    shop.days_pass(2)
    seen = shop.api.track(str(pushed.tracking_id))
    assert (seen.state, seen.variant_id, seen.price_vnd) == (ListingState.LIVE, pushed.variant_id, 186_000)
    with pytest.raises(NotFoundError):
        shop.api.track("1729000000000000000")


def test_what_tiktok_refuses_or_deletes_is_told(shop: Shop) -> None:
    """Banned and rejected with its own words; deleted once it is gone."""
    ref = shop.on_sale(tea(1))
    (offer,) = shop.sandbox.world.offers("tiktok_shop")
    offer.extra["reason"] = "Ảnh mờ"
    states = {
        OfferState.BANNED: ListingState.BANNED,
        OfferState.REJECTED: ListingState.REJECTED,
        OfferState.DELETED: ListingState.DELETED,
    }
    for theirs, ours in states.items():
        offer.state = theirs
        shop.sandbox.world.touch(offer)
        (told,) = shop.api.pull_listings()
        assert (told.sku, told.external_id, told.state) == (ref.sku, ref.external_id, ours)
        assert ours is ListingState.DELETED or str(told.reason).endswith("Ảnh mờ")
    assert shop.api.find(ref.sku) is None


def test_an_edit_keeps_price_and_stock_and_is_reviewed(shop: Shop) -> None:
    """The old words stay on sale meanwhile; sending the same again changes nothing more."""
    ref = shop.on_sale(tea(1))
    for _ in range(2):
        pushed = shop.api.update(ref, tea(1, title="Trà đinh Tân Cương vụ xuân hộp thiếc 200g", price_vnd=1_000_000))
    assert shop.api.track(str(pushed.tracking_id)).state is ListingState.PENDING
    (old,) = shop.api.pull_listings()
    assert (old.title, old.state) == (tea(1).title, ListingState.LIVE)
    shop.days_pass(2)
    (new,) = shop.api.pull_listings()
    assert (new.title, new.price_vnd, new.state) == (
        "Trà đinh Tân Cương vụ xuân hộp thiếc 200g", 186_000, ListingState.LIVE,
    )  # fmt: skip
    sold = sum(line.quantity for order in orders_of(shop).values() for line in order.lines)
    assert new.stock == 400 - sold


def test_a_refusal_keeps_code_words_and_what_to_do(shop: Shop) -> None:
    """What TikTok said reaches the owner as it was said, and our advice after it."""
    with pytest.raises(RejectedError, match="– sửa phần mô tả") as refused:
        shop.api.push_new(tea(1, description=""))
    assert refused.value.code == "12052015"
    assert shop.skus() == []


def test_a_stock_nobody_has_is_its_rows_failure(shop: Shop) -> None:
    """The other rows of the batch are not to blame."""
    ref = shop.on_sale(tea(1))
    stranger = ListingRef(sku="X", external_id=ref.external_id, variant_id="1729000000000000001")
    rows = [row for one in (ref, stranger) for row in shop.api.set_stocks([StockChange(ref=one, stock=7)])]
    assert [row.ok for row in rows] == [True, False]
    assert rows[1].code != ""


def test_a_shop_of_many_listings_is_switched_by_twenties(shop: Shop) -> None:
    """Twenty-five listings are two calls off and two on."""
    for number in range(1, 26):
        shop.api.push_new(tea(number))
    shop.days_pass(3)
    refs = [
        ListingRef(sku=str(one.sku), external_id=str(one.external_id), variant_id=one.variant_id)
        for one in shop.api.pull_listings()
    ]
    before = shop.api.api_calls
    assert [row.ok for row in shop.api.withdraw(refs)] == [True] * 25
    assert [row.ok for row in shop.api.restore(refs)] == [True] * 25
    assert shop.api.api_calls - before == 4


def test_pieces_fold_into_lines_that_equal_the_world(busy: Shop) -> None:
    """Cancelled and returned pieces included, to the đồng; orders cost a call a hundred, returns a few more."""
    before = busy.api.api_calls
    pulled = orders_of(busy)
    placed = busy.sandbox.world.orders("tiktok_shop")
    assert len(pulled) == len(placed)
    assert busy.api.api_calls - before <= 2 * (len(placed) // 100 + 1) + 2
    assert (
        Counter(order.state for order in pulled.values())[OrderState.RETURNED]
        == Counter(str(order.state) for order in placed)["returned"]
    )
    kept = [order for order in pulled.values() if order.state not in {OrderState.CANCELLED, OrderState.RETURNED}]
    assert all(line.returned_quantity == line.cancelled_quantity == 0 for order in kept for line in order.lines)
    for order in pulled.values():
        lost = {OrderState.CANCELLED: "cancelled_quantity", OrderState.RETURNED: "returned_quantity"}.get(order.state)
        assert lost is None or all(getattr(line, lost) == line.quantity for line in order.lines)


def test_money_is_read_from_statements_a_hundred_orders_a_page(busy: Shop) -> None:
    """Every settled order comes out of pages already read; its lines are TikTok's own totals, statement by statement."""
    orders = orders_of(busy)
    settled = list(busy.api.pull_settled(START, busy.now()))
    before = busy.api.api_calls
    incomes = list(busy.api.pull_income(settled))
    assert busy.api.api_calls == before
    assert {income.order_external_id for income in incomes} == set(settled)
    assert [i for i in incomes if i.payout_vnd != sum(line.amount_vnd for line in i.lines)] == []
    assert {line.stage for income in incomes for line in income.lines} == {MoneyStage.SETTLED}
    by_statement: Counter[str] = Counter()
    for income in incomes:
        for line in income.lines:
            by_statement[line.statement] += line.amount_vnd
    statements = list(busy.api.pull_statements(START, busy.now()))
    assert {one.external_id: one.total_vnd for one in statements if one.lines} == dict(by_statement)
    assert all(sum(line.amount_vnd for line in one.lines) == one.total_vnd for one in statements)
    unsettled = [sn for sn, order in orders.items() if order.state in {OrderState.DELIVERED, OrderState.SHIPPED}]
    estimates = list(busy.api.pull_income(unsettled))
    assert [one.order_external_id for one in estimates] == unsettled
    assert {line.stage for income in estimates for line in income.lines} == {MoneyStage.PROCESSING}
    assert calls(busy, "orders/unsettled") == 1


def test_one_orders_own_story_is_the_statements(busy: Shop) -> None:
    """Asked for by itself, SKU by SKU, an order comes to what the statements say."""
    settled = list(busy.api.pull_settled(START, busy.now()))
    told = {income.order_external_id: income for income in busy.api.pull_income(settled[:5])}
    other = busy.connector()
    for income in other.pull_income(settled[:5]):
        same = told[income.order_external_id]
        assert income.payout_vnd == same.payout_vnd == sum(line.amount_vnd for line in income.lines)
        assert {line.statement for line in income.lines} == {line.statement for line in same.lines}
    other.close()


def test_pieces_sold_are_the_worlds(busy: Shop) -> None:
    """Exact counters of every listing: what was ordered and not cancelled."""
    refs = [busy.found(f"OCOP-TN-{number:04d}") for number in range(1, 17)]
    sold = {item.external_id: item.sold_total for item in busy.api.pull_metrics(refs)}
    pieces: Counter[str] = Counter()
    for order in orders_of(busy).values():
        if order.state is not OrderState.CANCELLED:
            pieces.update({line.item_external_id: line.quantity for line in order.lines})
    assert {key: (one.lo, one.hi) for key, one in sold.items() if one} == {key: (n, n) for key, n in pieces.items()}


class Callback(Answer):
    """A webhook's registration answers nothing."""


class Registration(Payload):
    address: str
    event_type: str


def test_pushed_messages_are_verified_and_name_their_order(shop: Shop) -> None:
    """What the played TikTok Shop sends to a registered address is signed over its raw body, and about an order of ours."""
    received: list[tuple[dict[str, str], bytes]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    register = Endpoint("PUT", "/event/202309/webhooks", Registration, Callback)
    address = f"http://127.0.0.1:{server.server_port}/messages/tiktok_shop"
    shop.api.call(register, Registration(address=address, event_type="ORDER_STATUS_CHANGE"))
    shop.on_sale(tea(1))
    shop.days_pass(5)
    orders = orders_of(shop)
    wait_until(lambda: all(any(order_id.encode() in body for _, body in received) for order_id in orders))
    server.shutdown()
    server.server_close()
    messages = [
        TiktokShopConnector.read_message(shop.api.settings, headers, body, address) for headers, body in received
    ]
    assert {message.kind for message in messages} == {"1"}
    assert {message.shop_external_id for message in messages} == {shop.credentials["shop_id"]}
    assert {message.order_external_id for message in messages} == set(orders)
    assert len({message.identity for message in messages}) == len(messages)
    with pytest.raises(ForgedMessageError):
        TiktokShopConnector.read_message(shop.api.settings, received[0][0], received[0][1] + b" ", address)


def wait_until(is_true: Callable[[], bool], for_s: float = 5.0) -> None:
    give_up_at = time.monotonic() + for_s
    while not is_true() and time.monotonic() < give_up_at:
        time.sleep(0.02)
