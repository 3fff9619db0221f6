"""TikTok Shop: consent, tokens, the shop's cipher, and what each refusal means, from the reference's own examples."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from connectors.errors import (
    LoginRequiredError,
    NotFoundError,
    QuotaExhaustedError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
)
from connectors.facts.listing import PriceChange
from connectors.memory import MemoryCache
from connectors.tiktok_shop.connector import TiktokShopConnector
from connectors.tiktok_shop.settings import TiktokShopSettings
from connectors.tiktok_shop.signature import sign
from tests.connectors.tiktok_shop_desk import NOW, PRODUCT, REF, SHOP_ID, SHOPS, Counter, Refusal, opened


@pytest.fixture
def desk() -> Iterator[Counter]:
    with opened() as counter:
        yield counter


PAIR = {
    "access_token": "ROW_access02",
    "access_token_expire_in": 1796025600,
    "refresh_token": "ROW_refresh02",
    "refresh_token_expire_in": 1826956800,
    "open_id": "7010000000000000001",
    "seller_name": "HTX Tra Tan Cuong",
    "seller_base_region": "VN",
    "user_type": 0,
    "granted_scopes": ["seller.product.basic"],
}


def test_a_code_buys_a_pair_with_absolute_ends(desk: Counter) -> None:
    """The expiries are moments, not spans; the consent ends with the refresh token. Nothing is signed."""
    desk.answers["GET /api/v2/token/get"] = [PAIR]
    tokens = desk.api.exchange_code("code-1", "https://ocop.example/cb")
    assert tokens.expires_at == datetime.fromtimestamp(1796025600, UTC)
    assert tokens.refresh_expires_at == tokens.authorised_until == datetime.fromtimestamp(1826956800, UTC)
    assert desk.last("GET /api/v2/token/get").query == {
        "auth_code": "code-1", "grant_type": "authorized_code", "app_key": "key1", "app_secret": "s3cret",
    }  # fmt: skip


def test_a_creator_is_not_a_seller(desk: Counter) -> None:
    """Somebody who agreed with a creator's account cannot manage a shop."""
    desk.answers["GET /api/v2/token/get"] = [PAIR | {"user_type": 1}]
    with pytest.raises(LoginRequiredError, match="chủ gian hàng"):
        desk.api.exchange_code("code-1", "")


@pytest.mark.parametrize("code", [36004004, 36004001, 36004005])
def test_a_dead_code_or_refresh_token_asks_for_a_login(desk: Counter, code: int) -> None:
    """Used, expired or withdrawn."""
    desk.answers["GET /api/v2/token/get"] = [Refusal(code)]
    with pytest.raises(LoginRequiredError):
        desk.api.exchange_code("code-1", "")


def test_the_consent_page_is_the_registered_one(desk: Counter) -> None:
    """With a service id the present page, else the older one; our state comes back with the code."""
    assert desk.api.login_url("ignored", "s-1") == f"{desk.base_url}/oauth/authorize?app_key=key1&state=s-1"
    app = TiktokShopSettings(app_key="key1", app_secret=SecretStr("x"), service_id="7010")
    api = TiktokShopConnector(app, SHOP_ID, desk.store, clock=desk.clock, cache=MemoryCache(), read_picture=str.encode)
    assert api.login_url("", "s-1") == "https://services.tiktokshop.com/open/authorize?service_id=7010&state=s-1"
    api.close()


def test_check_reads_the_shop_and_what_it_lacks(desk: Counter) -> None:
    """A shop without return warehouse is active and cannot list."""
    desk.answers["GET /product/202312/prerequisites"] = [
        {"check_results": [
            {"check_item": "SHOP_STATUS", "is_failed": False},
            {"check_item": "RETURN_WAREHOUSE", "is_failed": True, "fail_reasons": ["no return warehouse"]},
        ]}
    ]  # fmt: skip
    facts = desk.api.check()
    assert (facts.name, facts.is_active, facts.can_push) == ("OCOP Thai Nguyen", True, False)
    first = desk.asked[0]
    assert "shop_cipher" not in first.query
    assert first.headers["x-tts-access-token"] == "ROW_access01"
    query = [(name, value) for name, value in first.query.items() if name != "sign"]
    assert first.query["sign"] == sign("s3cret", "/authorization/202309/shops", query)
    assert desk.asked[-1].query["shop_cipher"] == "ROW_cipher01"


def test_a_consent_for_another_shop_asks_for_a_login(desk: Counter) -> None:
    """The token is good, but not for this shop."""
    desk.answers["GET /authorization/202309/shops"] = [{"shops": [SHOPS | {"id": "1", "cipher": "x"}]}]
    with pytest.raises(LoginRequiredError, match="chưa cho phép"):
        desk.api.check()


def test_a_refused_cipher_is_read_anew_once(desk: Counter) -> None:
    """The write did nothing, so it goes out again with the present cipher; a second refusal is the caller's."""
    desk.answers["GET /authorization/202309/shops"] = [
        {"shops": [SHOPS | {"cipher": "ROW_old"}]}, {"shops": [SHOPS | {"cipher": "ROW_new"}]},
    ]  # fmt: skip
    call = f"POST /product/202309/products/{PRODUCT}/prices/update"
    desk.answers[call] = [Refusal(106013, "shop_cipher is wrong", 400), None]
    assert desk.api.set_prices([PriceChange(ref=REF, price_vnd=179_000)])[0].ok
    assert [one.query["shop_cipher"] for one in desk.asked if one.call == call] == ["ROW_old", "ROW_new"]
    desk.answers[call] = [Refusal(106013, "shop_cipher is wrong", 400)]
    with pytest.raises(LoginRequiredError):
        desk.api.set_prices([PriceChange(ref=REF, price_vnd=179_000)])


def test_an_expired_token_is_refreshed_and_the_pair_kept(desk: Counter) -> None:
    """Both tokens of the answer replace the old ones."""
    desk.answers["GET /api/v2/token/refresh"] = [PAIR]
    desk.answers["POST /product/202502/products/search"] = [Refusal(105002, "access_token is expired", 401), {}]
    assert desk.api.find("X") is None
    kept = desk.store.load()
    assert kept.refresh_token is not None
    assert (kept.access_token.get_secret_value(), kept.refresh_token.get_secret_value()) == (
        "ROW_access02", "ROW_refresh02",
    )  # fmt: skip
    assert desk.last("GET /api/v2/token/refresh").query["refresh_token"] == "ROW_refresh01"


REFUSALS = [
    (36009004, "The 'timestamp' is out of window", TransientError),
    (36009004, "invalid x-tts-access-token", LoginRequiredError),
    (36009004, '"app_key" is invalid', LoginRequiredError),
    (36009004, "page_size is a required field", UnexpectedAnswerError),
    (36009004, "shop_cipher is not required", UnexpectedAnswerError),
    (106001, "the 'sign' query parameter is wrong", LoginRequiredError),
    (105005, "access denied", LoginRequiredError),
    (36009003, "internal", TransientError),
    (36009044, "seller inactive", LoginRequiredError),
    (98001004, "parameter error", RejectedError),
    (12052032, "product not found", NotFoundError),
    (99999999, "never heard of", UnexpectedAnswerError),
]


@pytest.mark.parametrize(("code", "message", "error"), REFUSALS)
def test_a_code_means_what_the_reference_says(desk: Counter, code: int, message: str, error: type[Exception]) -> None:
    """The number decides, and for the shared number a word of the message; whatever the HTTP status."""
    desk.answers["POST /product/202502/products/search"] = [Refusal(code, message)]
    desk.answers["GET /api/v2/token/refresh"] = [PAIR]
    with pytest.raises(error) as refused:
        desk.api.find("X")
    assert type(refused.value).__name__ in {error.__name__, "ExpiredTokenError", "NotAppliedError"}


def test_a_test_shops_hour_is_waited_out_by_all(desk: Counter) -> None:
    """The quota opens again with the next hour, not sooner."""
    desk.clock.now_at = NOW + timedelta(minutes=48)
    desk.store.save(desk.store.load().model_copy(update={"expires_at": NOW + timedelta(days=1)}))
    desk.answers["POST /product/202502/products/search"] = [Refusal(36009037, "hourly quota", 429)]
    with pytest.raises(QuotaExhaustedError) as refused:
        desk.api.find("X")
    assert refused.value.retry_after_s == 12 * 60
