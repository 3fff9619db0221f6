"""Lazada's connector over real HTTP: consent, tokens, and what its codes for no mean (reference, sections 1 and 2)."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.errors import (
    LoginRequiredError,
    RejectedError,
    TransientError,
    UnexpectedAnswerError,
    UnsupportedError,
)
from tests.connectors.lazada_desk import NOW, SELLER, Desk, ok, open_desk, ref, refusal

TOKENS = {
    "access_token": "50000001abcTOKEN",
    "refresh_token": "50001001defREFRESH",
    "expires_in": 604800,
    "refresh_expires_in": "1209600",
    "account": "htx.tancuong@example.vn",
    "account_platform": "seller_center",
    "country": "vn",
    "country_user_info": [{"country": "vn", "user_id": "200100301", "seller_id": SELLER, "short_code": "VN1A2B3C"}],
    "code": "0",
    "_trace_id_": "210f",
}


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


def test_the_consent_page_is_lazadas(desk: Desk) -> None:
    """Where the base is Lazada's, written with a slash or without, the browser goes to its own consent page, with our state."""
    url = urlsplit(desk.connector(base_url="https://api.lazada.vn/").login_url("https://ocop.example/cb", "s-1"))
    assert (url.netloc, url.path) == ("auth.lazada.com", "/oauth/authorize")
    assert {name: one for name, (one,) in parse_qs(url.query).items()} == {
        "response_type": "code",
        "force_auth": "true",
        "client_id": "500001",
        "redirect_uri": "https://ocop.example/cb",
        "state": "s-1",
    }


def test_a_code_gives_a_pair_with_the_lifetimes_told(desk: Desk) -> None:
    """Seconds as Lazada names them, texts or numbers; the consent ends with the refresh token."""
    desk.say("/auth/token/create", TOKENS)
    pair = desk.connector().exchange_code("0_500001_abc", "")
    assert pair.expires_at == NOW + timedelta(days=7)
    assert pair.refresh_expires_at == pair.authorised_until == NOW + timedelta(days=14)
    (asked,) = desk.asked["/auth/token/create"]
    assert "access_token" not in asked


def test_another_sellers_consent_is_refused(desk: Desk) -> None:
    """A wrong account in the browser must not write into this shop."""
    others = [{"country": "vn", "seller_id": "7"}]
    desk.say("/auth/token/create", TOKENS | {"country_user_info": others})
    with pytest.raises(LoginRequiredError, match="đúng tài khoản"):
        desk.connector().exchange_code("0_500001_abc", "")


def test_a_refused_token_is_refreshed_once_and_the_consent_is_not_prolonged(desk: Desk) -> None:
    """The refresh names its sellers by another field, and what is left of the refresh token's life."""
    left = {k: v for k, v in TOKENS.items() if k != "country_user_info"} | {
        "access_token": "new",
        "refresh_expires_in": 86_400,
        "country_user_info_list": TOKENS["country_user_info"],
    }
    seller = {"seller_id": 200100300, "name": "HTX", "status": "ACTIVE", "marketplaceEaseMode": "false"}
    desk.say("/seller/get", refusal("IllegalAccessToken"), ok(seller))
    desk.say("/auth/token/refresh", left)
    facts = desk.connector().check()
    assert (facts.external_id, facts.is_active, facts.can_push) == (SELLER, True, True)
    assert facts.authorised_until == NOW + timedelta(days=1)
    assert [asked["access_token"] for asked in desk.asked["/seller/get"]] == ["50000001abcTOKEN", "new"]
    assert len(desk.asked["/auth/token/refresh"]) == 1


def test_an_ended_consent_asks_for_a_login(desk: Desk) -> None:
    """The refresh token is not prolonged: one day it is refused, and nobody but the seller can help."""
    desk.say("/seller/get", refusal("IllegalAccessToken"))
    desk.say("/auth/token/refresh", refusal("IllegalRefreshToken"))
    with pytest.raises(LoginRequiredError):
        desk.connector().check()


def test_a_seller_status_we_do_not_know_is_loud(desk: Desk) -> None:
    """No default bucket: a new word stops."""
    desk.say("/seller/get", ok({"seller_id": 1, "name": "HTX", "status": "PAUSED"}))
    with pytest.raises(UnexpectedAnswerError):
        desk.connector().check()


def test_a_ban_lasts_as_long_as_it_says(desk: Desk) -> None:
    """Seconds are read from the message, and one longer than a lane waits is handed on."""
    desk.say(
        "/seller/get", refusal("ApiCallLimit", "Api access frequency exceeds the limit. this ban will last 90 seconds")
    )
    with pytest.raises(TransientError) as refused:
        desk.connector(app_key="paced").check()
    assert (refused.value.retry_after_s, len(desk.asked["/seller/get"])) == (90.0, 1)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("IncompleteSignature", LoginRequiredError),
        ("SellerNotActive", LoginRequiredError),
        ("AUTH_TYPE_UNSUPPORTED", LoginRequiredError),
        ("MissingParameter", UnexpectedAnswerError),
        ("E017", RejectedError),
        ("17", RejectedError),
        ("SomethingNew", UnexpectedAnswerError),
    ],
)
def test_what_codes_mean(desk: Desk, code: str, kind: type[Exception]) -> None:
    """`E017` and `17` are one code; a code in no table is loud."""
    desk.say("/seller/get", refusal(code))
    with pytest.raises(kind):
        desk.connector().check()


def test_metrics_and_tracking_cost_no_request(desk: Desk) -> None:
    """Lazada's API counts neither sales nor stars of a product, and creates answer at once."""
    connector = desk.connector()
    with pytest.raises(UnsupportedError):
        list(connector.pull_metrics([ref()]))
    with pytest.raises(UnsupportedError):
        connector.track("1")
    assert connector.api_calls == 0
