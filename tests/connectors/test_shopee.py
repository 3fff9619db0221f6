"""Shopee's connector against the played Shopee: what is its own, beyond what every marketplace holds."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from connectors.errors import (
    LoginRequiredError,
    OutcomeUnknownError,
    QuotaExhaustedError,
    RejectedError,
    UnsupportedError,
)
from connectors.facts.listing import ListingState
from sandbox.sandbox import Sandbox
from sandbox.world import OfferState
from tests.contract.shops import Shop, tea


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Sandbox(seed=3) as sandbox:
        connected = Shop("shopee", sandbox)
        yield connected
        connected.api.close()


def rules(shop: Shop) -> Any:
    """The player's own switches."""
    return shop.sandbox.sites["shopee.api"].rules  # type: ignore[attr-defined] # only Shopee's player has them


def test_a_consent_gives_tokens_that_work(shop: Shop) -> None:
    """The owner's browser comes back with a code and our state; the code buys the first pair."""
    url = shop.api.login_url("https://ocop.example/cb", "s-1").replace(
        "https://open.shopee.com", shop.sandbox.base_url("shopee")
    )
    back = requests.get(url, allow_redirects=False, timeout=5).headers["Location"]
    answer = parse_qs(urlsplit(back).query)
    assert answer["state"] == ["s-1"]
    shop.store.save(shop.api.exchange_code(answer["code"][0], "https://ocop.example/cb"))
    facts = shop.connector().check()
    assert (facts.external_id, facts.is_active, facts.can_push) == ("770011223", True, True)


def test_a_code_works_once(shop: Shop) -> None:
    """A code used before asks for a new consent."""
    shop.api.exchange_code(shop.credentials["code"], "")
    with pytest.raises(LoginRequiredError):
        shop.api.exchange_code(shop.credentials["code"], "")


def test_a_lost_refresh_is_said_and_ends_in_a_login(shop: Shop) -> None:
    """The refresh token is spent, its answer gone: unknown once, then a login is asked for, never silence."""
    shop.api.check()
    shop.fault("expired_token", path="get_shop_info")
    shop.fault("reset_after", path="access_token/get")
    with pytest.raises(OutcomeUnknownError):
        shop.api.check()
    with pytest.raises(LoginRequiredError):
        shop.api.check()


def test_new_listings_cost_one_call_each(shop: Shop) -> None:
    """Categories, attributes, brands, channels and a shared picture are read or sent once."""
    shop.api.push_new(tea(1))
    before = shop.api.api_calls
    for number in range(2, 12):
        shop.api.push_new(tea(number))
    assert shop.api.api_calls - before == 10
    assert shop.sandbox.sites["shopee.api"].calls["POST /api/v2/media_space/upload_image"] == 1


def test_reference_data_outlives_the_connector(shop: Shop) -> None:
    """Another process with the same cache asks for nothing again."""
    shop.api.push_new(tea(1))
    other = shop.connector()
    other.push_new(tea(2))
    assert other.api_calls == 1
    other.close()


def test_a_refusal_keeps_code_and_words(shop: Shop) -> None:
    """What Shopee said reaches the owner as it was said."""
    with pytest.raises(RejectedError) as refused:
        shop.api.push_new(tea(1, title="Trà"))
    assert refused.value.code.endswith("error_item_name_is_too_short")
    assert refused.value.reason != ""
    assert shop.skus() == []


def test_updating_twice_changes_the_words_once(shop: Shop) -> None:
    """Content is replaced; price and stock stay what they were."""
    ref = shop.on_sale(tea(1))
    for _ in range(2):
        shop.api.update(ref, tea(1, title="Trà đinh Tân Cương vụ xuân hộp thiếc 200g", price_vnd=1_000_000))
    (seen,) = shop.api.pull_listings()
    assert (seen.title, seen.price_vnd, seen.state) == (
        "Trà đinh Tân Cương vụ xuân hộp thiếc 200g", 186_000, ListingState.LIVE,
    )  # fmt: skip


def test_figures_are_exact_counters(shop: Shop) -> None:
    """Sold pieces are the world's own count; nobody rated is None, not 0."""
    ref = shop.on_sale(tea(1))
    (fresh,) = shop.api.pull_metrics([ref])
    assert (fresh.rating_average, fresh.rating_count, fresh.price) == (None, 0, Decimal(186_000))
    shop.days_pass(20)
    (item,) = shop.api.pull_metrics([ref])
    (offer,) = shop.sandbox.world.offers("shopee")
    assert item.sold_total is not None
    assert (item.sold_total.lo, item.sold_total.hi) == (offer.sold, offer.sold)


def test_the_quota_stops_the_app_until_midnight(shop: Shop) -> None:
    """No second try, no other lane: the app is out of calls for today."""
    rules(shop).calls_per_day = 0
    with pytest.raises(QuotaExhaustedError):
        shop.api.check()
    assert shop.api.api_calls == 1


def test_there_is_nothing_to_track(shop: Shop) -> None:
    """Creates answer at once."""
    with pytest.raises(UnsupportedError):
        shop.api.track("1")
    assert shop.api.api_calls == 0


def test_a_listing_under_review_is_pending_and_found(shop: Shop) -> None:
    """A push whose answer was lost is found again even before it goes on sale."""
    rules(shop).review_delay_s = 3600
    shop.api.push_new(tea(1))
    found = shop.api.find("OCOP-TN-0001")
    assert found is not None
    assert (found.state, found.raw_state) == (ListingState.PENDING, "REVIEWING")


def test_a_full_shop_is_listed_whole(shop: Shop) -> None:
    """Deep offsets are refused there, so the list is cut by time until every piece is shallow enough."""
    rules(shop).list_offset = 50
    for number in range(1, 131):
        shop.api.push_new(tea(number, stock=0))
        if number % 13 == 0:
            shop.days_pass(0.1)
    assert sorted(str(seen.sku) for seen in shop.api.pull_listings()) == sorted(shop.skus())
    assert len(shop.skus()) == 130


def test_a_banned_listing_says_why(shop: Shop) -> None:
    """Shopee's own words reach whoever has to act."""
    ref = shop.on_sale(tea(1))
    offer = shop.sandbox.world.offer("shopee", int(ref.external_id))
    assert offer is not None
    offer.state = OfferState.BANNED
    (seen,) = shop.api.pull_listings()
    assert seen.state is ListingState.BANNED
    assert seen.reason is not None
