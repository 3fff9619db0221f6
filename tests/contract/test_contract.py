"""What holds for every marketplace, over real HTTP, with everything going wrong that does go wrong."""

import logging
import threading
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from connectors.capability import Can
from connectors.errors import (
    LoginRequiredError,
    MarketplaceError,
    OutcomeUnknownError,
    TransientError,
    UnexpectedAnswerError,
    UnsupportedError,
)
from connectors.facts.listing import ListingRef, ListingState, PriceChange, ReportedListing, StockChange
from connectors.facts.order import MoneyStage, Order, OrderState
from sandbox.sandbox import START
from tests.contract.shops import Shop, tea


def seen(shop: Shop, sku: str) -> ReportedListing:
    """The listing as the marketplace reports it; there must be one."""
    found = shop.api.find(sku)
    assert found is not None
    return found


def orders_of(shop: Shop) -> dict[str, Order]:
    """Everything since the world began, pulled."""
    pages = list(shop.api.pull_orders(START, shop.now()))
    assert pages[-1].cursor == shop.now()
    return {order.external_id: order for page in pages for order in page.orders}


def test_words_and_money_come_back_as_they_went(shop: Shop) -> None:
    """Diacritics, price and stock travel there and back unchanged; so does a new price."""
    ref = shop.on_sale(tea())
    now = seen(shop, ref.sku)
    assert (now.title, now.price_vnd, now.stock) == (tea().title, 192_000, 400)
    assert [row.ok for row in shop.api.set_prices([PriceChange(ref=ref, price_vnd=201_000)])] == [True]
    assert [row.ok for row in shop.api.set_stocks([StockChange(ref=ref, stock=0)])] == [True]
    now = seen(shop, ref.sku)
    assert (now.price_vnd, now.stock) == (201_000, 0)


def test_withdrawn_is_hidden_and_comes_back(shop: Shop) -> None:
    """Withdrawing deletes nothing, and may be repeated; what comes back may be reviewed before it is seen again."""
    ref = shop.on_sale(tea())
    for _ in range(2):
        assert [row.ok for row in shop.api.withdraw([ref])] == [True]
    assert seen(shop, ref.sku).state is ListingState.HIDDEN
    assert [row.ok for row in shop.api.restore([ref])] == [True]
    assert shop.found(ref.sku) == ref


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "reset_after"},
        {"kind": "truncated"},
        {"kind": "truncated", "lie": True},
        {"kind": "html", "applied": True},
    ],
)
def test_a_lost_answer_is_not_a_failure(warm: Shop, fault: dict[str, Any]) -> None:
    """The write arrived, its answer did not: we say so, and looking finds the one listing there is."""
    warm.fault(**fault)
    with pytest.raises(OutcomeUnknownError):
        warm.api.push_new(tea(2))
    warm.found("OCOP-TN-0002")
    assert sorted(warm.skus()) == ["OCOP-TN-0001", "OCOP-TN-0002"]


def test_a_write_that_never_arrived_is_not_found(warm: Shop) -> None:
    """Unknown again, but looking says there is none, so it may be sent once more."""
    warm.fault("reset_before")
    with pytest.raises(OutcomeUnknownError):
        warm.api.push_new(tea(2))
    assert warm.api.find("OCOP-TN-0002") is None
    warm.on_sale(tea(2))
    assert sorted(warm.skus()) == ["OCOP-TN-0001", "OCOP-TN-0002"]


@pytest.mark.parametrize("retry_after", [1, None])
def test_a_refusal_for_pace_is_waited_out(warm: Shop, retry_after: int | None) -> None:
    """429, with and without Retry-After: the create goes out again and is there once."""
    warm.fault("status", status=429, retry_after=retry_after)
    before = warm.api.api_calls
    warm.api.push_new(tea(2))
    assert warm.api.api_calls - before == 2
    warm.found("OCOP-TN-0002")
    assert sorted(warm.skus()) == ["OCOP-TN-0001", "OCOP-TN-0002"]


def test_a_long_refusal_is_handed_on(shop: Shop) -> None:
    """An hour is not slept through: whoever asked learns when to come back."""
    shop.fault("status", status=429, retry_after=3600)
    with pytest.raises(TransientError) as refused:
        shop.api.check()
    assert refused.value.retry_after_s == 3600


def test_an_expired_token_costs_one_refresh(shop: Shop) -> None:
    """The caller notices nothing."""
    shop.api.check()
    shop.fault("expired_token")
    assert shop.api.check().is_active
    assert shop.store.refreshes == 1


def test_a_revoked_shop_asks_for_a_login(shop: Shop) -> None:
    """Refreshing fails too: the shop pauses, loudly, and no listing is to blame."""
    shop.api.check()
    shop.fault("revoked_token")
    with pytest.raises(LoginRequiredError):
        shop.api.check()


def test_two_refreshes_racing_are_one(shop: Shop) -> None:
    """Two lanes meet the same expired token; one refreshes, both go on, and the shop stays connected."""
    lanes = [shop.connector() for _ in range(2)]
    for lane in lanes:
        lane.check()
    shop.sandbox.advance(to=shop.store.load().expires_at + timedelta(minutes=1))
    results: list[bool] = []
    threads = [threading.Thread(target=lambda lane=lane: results.append(lane.check().is_active)) for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (results, shop.store.refreshes) == ([True, True], 1)
    for lane in lanes:
        lane.close()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "truncated", "lie": True},
        {"kind": "reset_after"},
        {"kind": "reset_before"},
        {"kind": "status", "status": 503},
    ],
)
def test_a_broken_read_is_asked_again(shop: Shop, fault: dict[str, Any]) -> None:
    """Reading changes nothing, so half an answer is simply asked for again."""
    shop.fault(**fault)
    assert shop.api.check().is_active


@pytest.mark.parametrize("fault", [{"kind": "html"}, {"kind": "truncated"}])
def test_a_read_that_is_not_json_is_loud(shop: Shop, fault: dict[str, Any]) -> None:
    """A page instead of JSON is never taken for an empty answer."""
    shop.fault(**fault)
    with pytest.raises(UnexpectedAnswerError):
        shop.api.check()


def test_a_clock_that_is_off_stops_nothing_for_good(shop: Shop) -> None:
    """Either it does not matter there, or the call may be repeated later; no listing and no login is to blame."""
    shop.fault("clock_skew", seconds=900, times=None)
    try:
        shop.api.check()
    except MarketplaceError as err:
        assert isinstance(err, TransientError)  # noqa: PT017 - either outcome is right
    shop.sandbox.faults.clear()
    assert shop.api.check().is_active


def test_paging_loses_nothing(busy: Shop) -> None:
    """Every order of the world, its lines and its money, whatever the windows and pages."""
    pulled = orders_of(busy)
    placed = busy.sandbox.world.orders(busy.code)
    assert len(placed) > 100  # more than a page
    assert len(pulled) == len(placed)
    assert sum(order.state is OrderState.CANCELLED for order in pulled.values()) == sum(
        one.cancelled_at is not None for one in placed
    )
    assert sorted(
        sum(line.quantity * line.unit_price_vnd for line in order.lines) for order in pulled.values()
    ) == sorted(order.goods_vnd for order in placed)


def test_a_page_back_to_front_loses_nothing(busy: Shop) -> None:
    """Nothing may rest on the order of rows that nobody promised."""
    straight = {sn: set(order.lines) for sn, order in orders_of(busy).items()}
    busy.fault("reordered_page", times=None)
    assert {sn: set(order.lines) for sn, order in orders_of(busy).items()} == straight


def test_an_old_page_sent_again_loses_nothing(busy: Shop) -> None:
    """A page that comes twice is noticed, or its orders come with the next overlapping window."""
    whole = orders_of(busy)
    busy.fault("duplicate_page", times=2, skip=1)
    assert orders_of(busy).keys() == whole.keys()


def test_income_adds_up_to_the_payout(busy: Shop) -> None:
    """Signed lines of an order sum to what the marketplace says it pays."""
    orders = [order.external_id for order in orders_of(busy).values() if order.state is OrderState.COMPLETED]
    list(busy.api.pull_settled(START, busy.now()))
    incomes = list(busy.api.pull_income(orders))
    assert sorted(income.order_external_id for income in incomes) == sorted(orders)
    assert [
        i for i in incomes if i.payout_vnd is not None and i.payout_vnd != sum(line.amount_vnd for line in i.lines)
    ] == []
    assert {line.stage for income in incomes for line in income.lines} <= {MoneyStage.PROCESSING, MoneyStage.SETTLED}


def test_no_buyer_is_kept(busy: Shop) -> None:
    """Names, phones, streets and free text of buyers and reviewers are nowhere in what we give."""
    given = " ".join(str(order) for order in orders_of(busy).values())
    if Can.PULL_REVIEWS in busy.api.capabilities:
        ref = busy.found("OCOP-TN-0001")
        given += " ".join(str(page.as_json()) for page in busy.api.pull_reviews(ref))
    names = {review.buyer_name for review in busy.sandbox.world.reviews(busy.code)}
    assert [name for name in names if name in given] == []
    assert [
        word for word in ("buyer_user", "full_address", "phone", "message_to_seller", "zipcode") if word in given
    ] == []


def test_what_it_cannot_do_costs_no_request(shop: Shop) -> None:
    """UnsupportedError is raised before anything is sent."""
    ref = ListingRef(sku="OCOP-TN-0001", external_id="1")
    verbs: dict[Can, Callable[[], list[Any]]] = {
        Can.PULL_METRICS: lambda: list(shop.api.pull_metrics([ref])),
        Can.PULL_REVIEWS: lambda: list(shop.api.pull_reviews(ref)),
    }
    for verb, call in verbs.items():
        if verb not in shop.api.capabilities:
            with pytest.raises(UnsupportedError):
                call()
    assert shop.api.api_calls == 0


def test_no_token_and_no_key_is_ever_printed(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    """Not in a log at any level, not in an error with its whole traceback, not in a repr."""
    caplog.set_level(logging.DEBUG)
    secrets = {str(v) for k, v in shop.credentials.items() if k.endswith(("_key", "_secret", "_token"))}
    printed = repr(shop.api.settings) + repr(shop.store.load())
    shop.on_sale(tea(1))
    for kind in ("html", "reset_after", "expired_token", "revoked_token"):
        shop.fault(kind)
        try:
            shop.api.push_new(tea(2))
        except MarketplaceError as err:
            printed += "".join(traceback.format_exception(err)) + repr(err) + str(err)
    secrets |= {shop.store.load().access_token.get_secret_value()}
    printed += caplog.text + " ".join(str(record.__dict__) for record in caplog.records)
    assert [secret for secret in secrets if secret in printed] == []
