"""Consent, codes, tokens: what ends when."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.lazada import SITES
from sandbox.sandbox import Sandbox
from tests.sandbox.test_lazada.conftest import Client

CALLBACK = "http://127.0.0.1:8123/lazada"


def consent(client: Client, **changes: Any) -> requests.Response:
    query = {
        "response_type": "code",
        "force_auth": "true",
        "client_id": "500001",
        "redirect_uri": CALLBACK,
        "state": "s 1",
    }
    url = f"{client.site.base_url}/oauth/authorize"
    return client.http.get(url, params=query | changes, timeout=10, allow_redirects=False)


def code_of(answer: requests.Response) -> str:
    return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]


def exchange(client: Client, code: str) -> dict[str, Any]:
    return client.post("/auth/token/create", token=False, code=code)


def refresh(client: Client, token: str) -> dict[str, Any]:
    return client.get("/auth/token/refresh", token=False, refresh_token=token)


def test_consent_leads_back_with_code_and_state(shop: Client) -> None:
    """Straight back to the callback; the code names the app."""
    answer = consent(shop)
    target = urlsplit(answer.headers["Location"])
    query = parse_qs(target.query)
    assert (answer.status_code, f"{target.scheme}://{target.netloc}{target.path}") == (302, CALLBACK)
    assert query["state"] == ["s 1"]
    assert query["code"][0].startswith("0_500001_")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"client_id": "1"}, "The specified App Key is invalid"),
        ({"response_type": "token"}, "response_type must be code"),
        ({"redirect_uri": "javascript:alert(1)"}, "Redirect uri does not match the callback of the app"),
        ({"uuid": "1"}, "System error: uuid"),
        ({"country": "vn,xx"}, "country is not supported"),
    ],
)
def test_a_wrong_link_shows_a_page(shop: Client, changes: dict[str, str], sentence: str) -> None:
    """No redirect to who did not ask rightly."""
    answer = consent(shop, **changes)
    assert (answer.status_code, sentence in answer.text) == (200, True)


def test_the_callback_must_match_to_the_letter(shop: Client) -> None:
    """Once the app has a callback, a slash more is another address."""
    shop.site.rules.callback_url = CALLBACK
    assert consent(shop).status_code == 302
    assert consent(shop, redirect_uri=f"{CALLBACK}/").status_code == 200


def test_a_code_buys_tokens_once(shop: Client) -> None:
    """Flat, with seconds to live; the second time it is InvalidCode."""
    code = code_of(consent(shop))
    answer = exchange(shop, code)
    shown = {
        name: answer[name] for name in ("code", "expires_in", "refresh_expires_in", "country", "country_user_info")
    }
    assert shown == {
        "code": "0",
        "expires_in": 30 * 86_400,
        "refresh_expires_in": 180 * 86_400,
        "country": "vn",
        "country_user_info": [
            {"country": "vn", "user_id": "200100301", "seller_id": "200100300", "short_code": "VN1A2B3C"}
        ],
    }
    shop.credentials["access_token"] = answer["access_token"]
    assert shop.get("/seller/get")["code"] == "0"
    assert exchange(shop, code)["code"] == "InvalidCode"


def test_a_code_lives_half_an_hour(shop: Client) -> None:
    """Thirty minutes later it is InvalidCode."""
    code = code_of(consent(shop))
    shop.pass_time(minutes=30)
    assert exchange(shop, code)["code"] == "InvalidCode"


def test_a_refresh_prolongs_nothing(shop: Client) -> None:
    """New tokens, and the day of the next consent stays where it was: 180 days from the first."""
    shop.pass_time(days=29)
    answer = refresh(shop, shop.credentials["refresh_token"])
    assert (answer["expires_in"], answer["refresh_expires_in"]) == (30 * 86_400, 151 * 86_400)
    assert answer["country_user_info_list"][0]["seller_id"] == "200100300"
    shop.credentials["access_token"] = answer["access_token"]
    assert shop.get("/seller/get")["code"] == "0"
    assert refresh(shop, shop.credentials["refresh_token"])["code"] == "IllegalRefreshToken"


def test_access_never_outlives_the_right_to_refresh(shop: Client) -> None:
    """The last access token ends with it, and then the seller must consent again."""
    shop.pass_time(days=170)
    answer = refresh(shop, shop.credentials["refresh_token"])
    assert (answer["expires_in"], answer["refresh_expires_in"]) == (10 * 86_400, 10 * 86_400)
    shop.pass_time(days=10)
    assert refresh(shop, answer["refresh_token"])["code"] == "IllegalRefreshToken"
    assert exchange(shop, code_of(consent(shop)))["refresh_expires_in"] == 180 * 86_400


def test_a_test_app_has_short_tokens() -> None:
    """Seven days and fourteen."""
    with Sandbox(seed=7, sites=SITES, options={"lazada.api": {"app_status": "test"}}) as sandbox:
        client = Client(sandbox, sandbox.credentials("lazada"))
        answer = exchange(client, client.credentials["code"])
        client.http.close()
    assert (answer["expires_in"], answer["refresh_expires_in"]) == (7 * 86_400, 14 * 86_400)


def test_an_expired_token_is_told_apart_from_a_revoked_one(shop: Client) -> None:
    """After expiry a refresh helps, after revocation nothing but consent does."""
    shop.sandbox.faults.add("lazada.api", "expired_token")
    assert shop.get("/seller/get")["code"] == "IllegalAccessToken"
    answer = refresh(shop, shop.credentials["refresh_token"])
    shop.credentials |= {name: answer[name] for name in ("access_token", "refresh_token")}
    shop.sandbox.faults.add("lazada.api", "revoked_token")
    assert shop.get("/seller/get")["code"] == "IllegalAccessToken"
    assert refresh(shop, shop.credentials["refresh_token"])["code"] == "IllegalRefreshToken"


def test_tokens_speak_for_one_seller(shop: Client, household: Client) -> None:
    """Each sees its own shop and nobody else's product."""
    item_id, _ = shop.on_sale()
    assert household.get("/seller/get")["data"]["seller_id"] == 200100400
    assert household.get("/products/get", filter="all")["data"]["total_products"] == 0
    assert household.get("/product/item/get", item_id=item_id)["code"] == "EDIT_ITEM_NOT_BELONG_SELLER"
