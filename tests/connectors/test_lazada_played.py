"""Lazada's connector against the played Lazada: what is its own, beyond what every marketplace holds."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from connectors.errors import LoginRequiredError, OutcomeUnknownError, RejectedError
from connectors.facts.listing import ListingRef, ListingState, PriceChange, StockChange
from sandbox.sandbox import Sandbox
from sandbox.world import OfferState
from tests.contract.shops import Shop, tea


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Sandbox(seed=3) as sandbox:
        connected = Shop("lazada", sandbox)
        yield connected
        connected.api.close()


@pytest.fixture
def traded(shop: Shop) -> Shop:
    """Twelve listings and five weeks of trade."""
    for number in range(1, 13):
        shop.api.push_new(tea(number))
    for _ in range(5):
        shop.days_pass(7)
        shop.api.check()
    return shop


def test_a_consent_gives_tokens_that_work(shop: Shop) -> None:
    """The owner's browser comes back with a code and our state; the code buys the first pair, once."""
    url = shop.api.login_url("https://ocop.example/cb", "s-1")
    back = requests.get(url, allow_redirects=False, timeout=5)
    if not back.is_redirect:
        back = requests.post(url, allow_redirects=False, timeout=5)
    answer = parse_qs(urlsplit(back.headers["Location"]).query)
    assert answer["state"] == ["s-1"]
    shop.store.save(shop.api.exchange_code(answer["code"][0], "https://ocop.example/cb"))
    facts = shop.connector().check()
    assert (facts.external_id, facts.is_active, facts.can_push) == (str(shop.credentials["shop_id"]), True, True)
    with pytest.raises(LoginRequiredError):
        shop.api.exchange_code(answer["code"][0], "https://ocop.example/cb")


def test_a_refresh_does_not_prolong_the_consent(shop: Shop) -> None:
    """The same end is told however often the access token is renewed."""
    shop.store.save(shop.api.exchange_code(shop.credentials["code"], ""))
    ends = shop.store.load().refresh_expires_at
    shop.days_pass(3)
    shop.fault("expired_token")
    facts = shop.connector().check()
    renewed = shop.store.load()
    assert shop.store.refreshes == 1
    assert renewed.refresh_expires_at is not None
    assert ends is not None
    assert abs(renewed.refresh_expires_at - ends) < timedelta(seconds=1)
    assert facts.authorised_until == renewed.refresh_expires_at


def test_a_lost_refresh_is_said_and_ends_in_a_login(shop: Shop) -> None:
    """The refresh token is spent, its answer gone: unknown once, then a login is asked for, never silence."""
    shop.api.check()
    shop.fault("expired_token", path="seller/get")
    shop.fault("reset_after", path="token/refresh")
    with pytest.raises(OutcomeUnknownError):
        shop.api.check()
    with pytest.raises(LoginRequiredError):
        shop.api.check()


def test_fifty_prices_and_fifty_stocks_are_two_calls(shop: Shop) -> None:
    """Beyond fifty another call; nothing is looked up."""
    refs = [_pushed(shop, number) for number in range(1, 51)]
    before = shop.api.api_calls
    prices = shop.api.set_prices([PriceChange(ref=ref, price_vnd=90_000) for ref in refs])
    stocks = shop.api.set_stocks([StockChange(ref=ref, stock=3) for ref in refs])
    assert ([row.ok for row in prices], [row.ok for row in stocks]) == ([True] * 50, [True] * 50)
    assert shop.api.api_calls - before == 2
    assert {(offer.price_vnd, offer.stock) for offer in shop.sandbox.world.offers("lazada")} == {(90_000, 3)}


def _pushed(shop: Shop, number: int) -> ListingRef:
    pushed = shop.api.push_new(tea(number))
    assert pushed.external_id is not None
    return ListingRef(sku=tea(number).sku, external_id=pushed.external_id, variant_id=pushed.variant_id)


def test_one_bad_price_refuses_only_its_row(shop: Shop) -> None:
    """The played Lazada names it; the others are there."""
    refs = [_pushed(shop, number) for number in range(1, 5)]
    rows = shop.api.set_prices(
        [PriceChange(ref=ref, price_vnd=0 if at == 2 else 90_000) for at, ref in enumerate(refs)]
    )
    assert [row.ok for row in rows] == [True, True, False, True]
    assert rows[2].reason != ""
    assert [offer.price_vnd for offer in shop.sandbox.world.offers("lazada")] == [90_000, 90_000, 188_000, 90_000]


def test_stock_reaches_zero_while_orders_hold_pieces(traded: Shop) -> None:
    """What may still be sold is set, so a sale can be stopped at any time."""
    refs = [traded.found(tea(number).sku) for number in range(1, 13)]
    assert [row.ok for row in traded.api.set_stocks([StockChange(ref=ref, stock=0) for ref in refs])] == [True] * 12
    assert {one.stock for one in traded.api.pull_listings()} == {0}


def test_a_rejected_product_says_why(shop: Shop) -> None:
    """In Lazada's words."""
    ref = shop.on_sale(tea(1))
    offer = shop.sandbox.world.offers("lazada")[0]
    offer.state, offer.extra["reason"] = OfferState.REJECTED, "Ảnh chính bị mờ"
    (seen,) = shop.api.pull_listings()
    assert (seen.external_id, seen.state) == (ref.external_id, ListingState.REJECTED)
    assert seen.reason == "Ảnh chính bị mờ."


def test_a_refused_create_leaves_nothing(shop: Shop) -> None:
    """A second product with one SKU is refused with Lazada's code."""
    shop.on_sale(tea(1))
    with pytest.raises(RejectedError) as refused:
        shop.api.push_new(tea(1))
    assert refused.value.code in {"4105", "500"}
    assert shop.skus() == ["OCOP-TN-0001"]
