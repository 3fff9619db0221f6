"""Tiki's connector over real HTTP, against the pretend Tiki."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr

from catalog.listing import Listing
from catalog.product import PackSize
from connectors.errors import (
    LoginRequiredError,
    NotFoundError,
    OutcomeUnknownError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.listing import ListingRef, ListingState, PriceChange, ReportedListing, StockChange
from connectors.facts.shop import Tokens
from connectors.memory import MemoryCache, MemoryTokenStore
from connectors.tiki import CONNECTOR
from connectors.tiki.connector import TikiConnector
from connectors.tiki.settings import TikiSettings
from sandbox.sandbox import START, Sandbox


class Shop:
    """One connected shop and the world behind it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.given: dict[str, Any] = sandbox.credentials("tiki")
        self.store = MemoryTokenStore(
            Tokens(
                access_token=SecretStr(self.given["access_token"]),
                refresh_token=SecretStr(self.given["refresh_token"]),
                expires_at=datetime.fromisoformat(self.given["expires_at"]),
            )
        )
        self.api = self.connector()

    def connector(self, **settings: Any) -> TikiConnector:
        app: dict[str, Any] = {
            "client_id": self.given["client_id"],
            "client_secret": self.given["client_secret"],
            "base_url": self.sandbox.base_url("tiki"),
            "storefront_url": self.sandbox.storefront_url("tiki"),
            "rate_per_s": None,
        }
        return CONNECTOR(
            TikiSettings(**(app | settings)),
            str(self.given["shop_id"]),
            self.store,
            clock=self.sandbox.world.clock,
            cache=MemoryCache(),
            read_picture=str.encode,
        )

    def fault(self, kind: str, **options: Any) -> None:
        self.sandbox.faults.add("tiki.api", kind, **options)

    def days_pass(self, days: float) -> None:
        self.sandbox.advance(to=self.sandbox.world.clock.now() + timedelta(days=days))

    def on_sale(self, *numbers: int) -> list[ListingRef]:
        for number in numbers:
            self.api.push_new(tea(number))
        self.days_pass(2)
        return [ref_of(self.api.find(tea(number).sku)) for number in numbers]


def tea(number: int = 1, **changes: Any) -> Listing:
    facts: dict[str, Any] = {
        "sku": f"TN-CHE-{number:04d}-200",
        "title": f"Chè nõn Tân Cương số {number} gói 200 g",
        "description": "Chè hái tay, sao suốt bằng chảo gang.",
        "sub_group": "food/tea",
        "price_vnd": 150_000 + number,
        "stock": 30,
        "images": ("https://img.example/che.jpg",),
        "brand": "HTX Tân Cương",
        "shipping_weight_g": 300,
        "shipping_size": PackSize(length_mm=200, width_mm=100, height_mm=60),
    }
    return Listing(**(facts | changes))


def ref_of(seen: ReportedListing | None) -> ListingRef:
    assert seen is not None
    assert seen.sku is not None
    assert seen.external_id is not None
    return ListingRef(sku=seen.sku, external_id=seen.external_id, variant_id=seen.variant_id)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Sandbox(seed=11) as sandbox:
        connected = Shop(sandbox)
        yield connected
        connected.api.close()


def test_check_names_the_seller(shop: Shop) -> None:
    """A read-only call says who is connected and whether products may be pushed."""
    facts = shop.api.check()
    assert (facts.external_id, facts.is_active, facts.can_push) == (str(shop.given["shop_id"]), True, True)


def test_a_create_is_pending_until_tiki_approves(shop: Shop) -> None:
    """The push gives a track id only; ids come with the approval, and the page of our own offer with them."""
    pushed = shop.api.push_new(tea())
    assert (pushed.external_id, pushed.tracking_id is not None) == (None, True)
    assert pushed.tracking_id is not None
    waiting = shop.api.find(tea().sku)
    assert waiting is not None
    assert (waiting.state, waiting.tracking_id) == (ListingState.PENDING, pushed.tracking_id)
    assert shop.api.track(pushed.tracking_id).state is ListingState.PENDING
    shop.days_pass(2)
    live = shop.api.track(pushed.tracking_id)
    assert (live.state, live.sku, live.title) == (ListingState.LIVE, tea().sku, tea().title)
    assert live == shop.api.find(tea().sku)
    (offer,) = shop.sandbox.world.offers("tiki")
    assert (live.price_vnd, live.stock) == (150_001, offer.stock)
    assert live.variant_id == str(offer.offer_id)
    assert live.url == f"{shop.sandbox.storefront_url('tiki')}/product-p{live.external_id}.html?spid={live.variant_id}"


def test_another_process_follows_the_same_create(shop: Shop) -> None:
    """With nothing remembered, a queued create cannot be told apart: look again later; once drafted, it is found."""
    pushed = shop.api.push_new(tea())
    other = shop.connector()
    with pytest.raises(TransientError) as unclear:
        other.find(tea().sku)
    assert unclear.value.retry_after_s == 60
    while (seen := _found(other)) is None:
        shop.days_pass(1 / 1440)
    assert (seen.state, seen.tracking_id) == (ListingState.PENDING, pushed.tracking_id)


def _found(api: TikiConnector) -> ReportedListing | None:
    try:
        return api.find(tea().sku)
    except TransientError:
        return None


def test_a_second_create_of_a_sku_is_rejected_with_words(shop: Shop) -> None:
    """Tiki finds doubles late; its code and words come out of the JSON text inside the answer."""
    shop.on_sale(1)
    pushed = shop.api.push_new(tea())
    assert pushed.tracking_id is not None
    shop.days_pass(2)
    refused = shop.api.track(pushed.tracking_id)
    assert (refused.state, refused.code) == (ListingState.REJECTED, "420")
    assert refused.reason is not None
    assert tea().sku in refused.reason
    assert len(shop.sandbox.world.offers("tiki")) == 1


def test_an_unknown_track_is_not_found(shop: Shop) -> None:
    """After thirty days Tiki forgets a track: the caller looks by SKU instead."""
    with pytest.raises(NotFoundError):
        shop.api.track("0" * 32)


def test_a_new_listing_is_one_call_once_the_category_is_known(shop: Shop) -> None:
    """Seller, warehouse, category, attributes and values are asked for once a day."""
    shop.api.push_new(tea(1))
    before = shop.api.api_calls
    for number in range(2, 7):
        shop.api.push_new(tea(number))
    assert shop.api.api_calls - before == 5


def test_an_edit_is_reviewed_like_a_create(shop: Shop) -> None:
    """New words get a track id of their own, and are there after the review."""
    (ref,) = shop.on_sale(1)
    pushed = shop.api.update(ref, tea(description="Chè đinh, hái một tôm."))
    assert pushed.tracking_id is not None
    shop.days_pass(2)
    assert shop.api.track(pushed.tracking_id).state is ListingState.LIVE
    assert shop.sandbox.world.offers("tiki")[0].description == "<p>Chè đinh, hái một tôm.</p>"


def test_one_bad_row_does_not_hold_back_the_others(shop: Shop) -> None:
    """Under a tenth of the listing price is refused by Tiki; the other rows of the batch are set all the same."""
    refs = shop.on_sale(1, 2, 3, 4, 5)
    rows = [PriceChange(ref=ref, price_vnd=1_000 if at == 2 else 160_000) for at, ref in enumerate(refs)]
    outcomes = shop.api.set_prices(rows)
    assert [one.sku for one in outcomes] == [ref.sku for ref in refs]
    assert [one.ok for one in outcomes] == [True, True, False, True, True]
    assert "ten percent" in outcomes[2].reason
    prices = {offer.sku: offer.price_vnd for offer in shop.sandbox.world.offers("tiki")}
    assert [prices[ref.sku] for ref in refs] == [160_000, 160_000, 150_003, 160_000, 160_000]


def test_many_prices_are_one_call(shop: Shop) -> None:
    """Fifty rows travel together, prices and stocks alike."""
    refs = shop.on_sale(*range(1, 51))
    assert (shop.api.price_batch, shop.api.stock_batch) == (50, 50)
    before = shop.api.api_calls
    assert all(one.ok for one in shop.api.set_prices([PriceChange(ref=ref, price_vnd=155_000) for ref in refs]))
    assert all(one.ok for one in shop.api.set_stocks([StockChange(ref=ref, stock=0) for ref in refs]))
    assert shop.api.api_calls - before == 2
    offers = shop.sandbox.world.offers("tiki")
    assert {(offer.price_vnd, offer.stock) for offer in offers} == {(155_000, 0)}
    listed = {one.sku: (one.price_vnd, one.stock) for one in shop.api.pull_listings()}
    assert listed == {offer.sku: (offer.price_vnd, offer.stock) for offer in offers}


def test_pages_of_listings_lose_and_repeat_nothing(shop: Shop) -> None:
    """More than a page, with the first page sent again in place of the second."""
    refs = shop.on_sale(*range(1, 61))
    shop.fault("duplicate_page", skip=1, path=r"/v2\.1/products$")
    listed = [one.sku or "" for one in shop.api.pull_listings()]
    assert sorted(listed) == sorted(ref.sku for ref in refs)


def test_a_page_that_never_turns_is_loud(shop: Shop) -> None:
    """The same page for ever is no list: stop, rather than loop."""
    shop.on_sale(*range(1, 61))
    shop.fault("duplicate_page", times=None, skip=1, path=r"/v2\.1/products$")
    with pytest.raises(UnexpectedAnswerError, match="another page"):
        list(shop.api.pull_listings())


def test_an_empty_shop_is_an_empty_list(shop: Shop) -> None:
    """Tiki says "last page 0" of an empty set."""
    assert list(shop.api.pull_listings()) == []
    assert shop.api.find(tea().sku) is None


def test_withdrawn_more_than_a_batch(shop: Shop) -> None:
    """Off is 2 and on is 1 in this call; more rows than a batch holds go in several."""
    refs = shop.on_sale(*range(1, 53))
    assert all(one.ok for one in shop.api.withdraw(refs))
    assert {one.state for one in shop.api.pull_listings()} == {ListingState.HIDDEN}
    assert all(one.ok for one in shop.api.restore(refs))
    assert {one.state for one in shop.api.pull_listings()} == {ListingState.LIVE}


def test_orders_of_a_month_and_their_income(shop: Shop) -> None:
    """Every order and every đồng of the world; income adds up to Tiki's own total; nothing is ever settled."""
    shop.on_sale(*range(1, 11))
    shop.days_pass(30)
    until = shop.sandbox.world.clock.now()
    pages = list(shop.api.pull_orders(START, until))
    cursors = [page.cursor for page in pages]
    assert cursors == sorted(cursors)
    assert cursors[-1] == until
    orders = {order.external_id: order for page in pages for order in page.orders}
    world = shop.sandbox.world.orders("tiki")
    assert sorted(
        sum(line.quantity * line.unit_price_vnd for line in order.lines) for order in orders.values()
    ) == sorted(order.goods_vnd for order in world)
    incomes = list(shop.api.pull_income(sorted(orders)))
    assert sorted(income.order_external_id for income in incomes) == sorted(orders)
    assert [i for i in incomes if sum(line.amount_vnd for line in i.lines) != i.payout_vnd] == []
    before = shop.api.api_calls
    assert list(shop.api.pull_settled(START, until)) == []
    assert shop.api.api_calls == before


def test_consent_and_tokens(shop: Shop) -> None:
    """The consent link carries what Tiki asks for; a code works once; an in-house app needs none."""
    query = parse_qs(urlsplit(shop.api.login_url("https://ocop.example/tiki", "9f2c1a77b0")).query)
    assert query["scope"] == ["offline product order inventory"]
    assert (query["client_id"], query["state"]) == ([shop.given["client_id"]], ["9f2c1a77b0"])
    first = shop.api.exchange_code(shop.given["code"], shop.given.get("redirect_uri", "https://ocop.example/tiki"))
    assert first.refresh_token is not None
    assert first.expires_at == shop.sandbox.world.clock.now() + timedelta(seconds=3599)
    with pytest.raises(LoginRequiredError):
        shop.api.exchange_code(shop.given["code"], shop.given.get("redirect_uri", "https://ocop.example/tiki"))
    assert shop.api.exchange_code("", "").refresh_token is None


def test_an_in_house_app_just_asks_again(shop: Shop) -> None:
    """Without a refresh token a new access token is asked for with the app's own credentials."""
    shop.store.save(shop.api.exchange_code("", ""))
    shop.days_pass(1)
    assert shop.api.check().is_active
    assert shop.store.load().refresh_token is None


def test_a_revoked_shop_asks_for_a_login(shop: Shop) -> None:
    """When refreshing is refused too, nobody but the owner can help."""
    shop.fault("revoked_token")
    with pytest.raises(LoginRequiredError):
        shop.api.check()


def test_a_lost_refresh_is_told_once(shop: Shop) -> None:
    """Refresh tokens rotate, so a refresh whose answer was lost is never repeated blindly."""
    shop.days_pass(1)
    shop.fault("reset_after", path="/sc/oauth2/token")
    with pytest.raises(OutcomeUnknownError):
        shop.api.check()


def test_settings_overrule_what_is_looked_up(shop: Shop) -> None:
    """A chosen category and warehouse are used as they are; a model the seller does not have is refused before sending."""
    api = shop.connector(category_ids={"food/tea": 1}, warehouse_id=9)
    with pytest.raises(NotFoundError):
        api.push_new(tea())
    api = shop.connector(inventory_type="cross_border")
    with pytest.raises(RejectedError, match="OCOP_TIKI__INVENTORY_TYPE"):
        api.push_new(tea())
    with pytest.raises(RejectedError, match="OCOP_TIKI__CATEGORY_IDS"):
        shop.api.push_new(tea(sub_group="rural_tourism"))


def test_an_edit_needs_the_offers_id(shop: Shop) -> None:
    """A listing under review has no id yet, so there is nothing to edit and nothing is sent."""
    with pytest.raises(RejectedError, match="id yet"):
        shop.api.update(ListingRef(sku=tea().sku, external_id=""), tea())
    assert shop.api.api_calls == 0
