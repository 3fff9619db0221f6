"""Consent, codes and tokens."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

TOKEN = "/api/v2/token"


def asked(shop: Any, path: str, **query: Any) -> Any:
    return shop.http.get(f"{shop.site.base_url}{path}", params=query, timeout=10, allow_redirects=False)


def exchange(shop: Any, code: str, **changes: Any) -> dict[str, Any]:
    keys = {"app_key": shop.credentials["app_key"], "app_secret": shop.credentials["app_secret"]}
    said = asked(shop, f"{TOKEN}/get", **(keys | {"auth_code": code, "grant_type": "authorized_code"} | changes))
    assert said.status_code == 200
    return said.json()


def refresh(shop: Any, token: str, **changes: Any) -> dict[str, Any]:
    keys = {"app_key": shop.credentials["app_key"], "app_secret": shop.credentials["app_secret"]}
    query = keys | {"refresh_token": token, "grant_type": "refresh_token"} | changes
    return asked(shop, f"{TOKEN}/refresh", **query).json()


@pytest.mark.parametrize(("path", "name"), [("/open/authorize", "service_id"), ("/oauth/authorize", "app_key")])
def test_consent_leads_back_with_a_code_and_the_state(shop: Any, path: str, name: str) -> None:
    """Both consent pages; the registered address is where they lead, and a stranger's is ignored."""
    query = {name: shop.credentials[name], "state": "s-1", "redirect_uri": "https://evil.example/callback"}
    said = asked(shop, path, **query)
    target = urlsplit(said.headers["Location"])
    assert (said.status_code, target.scheme, target.netloc, target.path) == (302, "http", "127.0.0.1", "/ocop/callback")
    back = {key: values[0] for key, values in parse_qs(target.query).items()}
    assert (back["state"], back["app_key"], back["shop_region"]) == ("s-1", shop.credentials["app_key"], "VN")
    assert exchange(shop, back["code"])["data"]["seller_name"] == "HTX Trà Tân Cương (cửa hàng thử)"


def test_a_loopback_address_stands_for_the_registered_one(shop: Any) -> None:
    """So that a program on this machine can catch the code; a switch turns that off."""
    query = {"service_id": shop.credentials["service_id"], "redirect_uri": "http://127.0.0.1:9/back?x=1"}
    assert asked(shop, "/open/authorize", **query).headers["Location"].startswith("http://127.0.0.1:9/back?x=1&")
    shop.site.rules.loopback_redirects = False
    assert asked(shop, "/open/authorize", **query).headers["Location"].startswith("http://127.0.0.1/ocop/callback?")


def test_expiries_are_moments_and_not_spans(shop: Any) -> None:
    """Absolute Unix seconds, whatever the names say."""
    data = exchange(shop, shop.credentials["code"])["data"]
    assert data["access_token_expire_in"] == shop.now() + 7 * 86_400
    assert data["refresh_token_expire_in"] == shop.now() + 365 * 86_400
    assert (data["user_type"], data["seller_base_region"]) == (0, "VN")


def test_a_code_works_once_and_for_half_an_hour(shop: Any) -> None:
    """36004004 afterwards, as HTTP 200."""
    code = shop.credentials["code"]
    assert exchange(shop, code)["code"] == 0
    assert exchange(shop, code)["code"] == 36004004
    late = shop.site.accounts.consent(shop.credentials["shop_id"])
    shop.pass_time(minutes=30)
    assert exchange(shop, late)["code"] == 36004004


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grant_type": "authorization_code"}, 36004002),
        ({"app_secret": "wrong"}, 36004003),
    ],
)
def test_a_wrong_question_spends_no_code(shop: Any, changes: dict[str, str], code: int) -> None:
    """The literal is authorized_code; a refusal leaves the code good."""
    assert exchange(shop, shop.credentials["code"], **changes)["code"] == code
    assert exchange(shop, shop.credentials["code"])["code"] == 0


def test_a_refresh_gives_a_new_pair_and_spends_the_old_refresh_token(shop: Any) -> None:
    """The old access token lives to its own end."""
    old = shop.credentials["refresh_token"]
    new = refresh(shop, old)["data"]
    assert new["refresh_token"] != old
    assert refresh(shop, old)["code"] == 36004005
    assert shop.get("/authorization/202309/shops", cipher=False)["code"] == 0
    shop.credentials["access_token"] = new["access_token"]
    assert shop.get("/authorization/202309/shops", cipher=False)["code"] == 0


def test_a_refresh_token_ends_after_a_year(shop: Any) -> None:
    """36004001: only a new consent helps."""
    shop.site.accounts.refresh.clear()
    pair = shop.site.accounts.grant(shop.credentials["shop_id"])
    shop.pass_time(days=365)
    assert refresh(shop, pair.refresh_token)["code"] == 36004001


def test_a_seller_who_takes_consent_back_ends_every_token(shop: Any, sandbox: Any) -> None:
    """Access is refused, refreshing is refused, a new consent mends both."""
    sandbox.faults.add("tiktok_shop.api", "revoked_token")
    assert shop.get("/authorization/202309/shops", cipher=False)["code"] == 105001
    assert refresh(shop, shop.credentials["refresh_token"])["code"] == 36004005
    query = {"service_id": shop.credentials["service_id"]}
    back = urlsplit(asked(shop, "/open/authorize", **query).headers["Location"])
    data = exchange(shop, parse_qs(back.query)["code"][0])["data"]
    shop.credentials["access_token"] = data["access_token"]
    assert shop.get("/authorization/202309/shops", cipher=False)["code"] == 0


def test_the_shops_of_a_token(shop: Any) -> None:
    """Exactly the one it was given for, with its cipher."""
    assert shop.ok("GET", "/authorization/202309/shops", cipher=False) == {
        "shops": [
            {
                "id": "7495000000000000001",
                "name": "HTX Trà Tân Cương (cửa hàng thử)",
                "region": "VN",
                "seller_type": "LOCAL",
                "cipher": shop.credentials["shop_cipher"],
                "code": "VNLCABCDEF",
            }
        ]
    }
