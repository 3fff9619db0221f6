"""Consent, codes, and tokens that rotate."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

SHOP_ID = 770011223
BACK = "https://ocop.example/cb?from=shopee"


def exchange(shop: Any, **subject: Any) -> dict[str, Any]:
    partner_id = shop.credentials["partner_id"]
    return shop.post("auth/token/get", {"partner_id": partner_id, **subject}, public=True)


def refresh(shop: Any, refresh_token: str, shop_id: int = SHOP_ID) -> dict[str, Any]:
    body = {"partner_id": shop.credentials["partner_id"], "refresh_token": refresh_token, "shop_id": shop_id}
    return shop.post("auth/access_token/get", body, public=True)


def consent(shop: Any, path: str, query: dict[str, Any]) -> dict[str, list[str]]:
    """What the redirect carries back."""
    answer = shop.http.get(shop.url(path), params=query, timeout=10, allow_redirects=False)
    assert answer.status_code == 302
    target = urlsplit(answer.headers["Location"])
    assert (target.scheme, target.hostname, target.path) == ("https", "ocop.example", "/cb")
    return parse_qs(target.query)


def unsigned_link(shop: Any, **more: Any) -> dict[str, Any]:
    link = {"partner_id": shop.credentials["partner_id"], "auth_type": "seller", "response_type": "code"}
    return link | {"redirect_uri": BACK} | more


def test_the_unsigned_link_brings_a_code_that_opens_the_shop_once(shop: Any) -> None:
    """Format A: redirect_uri, state echoed; the code buys one pair, a second try is refused."""
    back = consent(shop, "/auth", unsigned_link(shop, state="s1"))
    assert (back["from"], back["shop_id"], back["state"]) == (["shopee"], ["770011223"], ["s1"])
    first = exchange(shop, code=back["code"][0], shop_id=SHOP_ID)
    assert (first["error"], first["expire_in"], "response" in first) == ("", 14380, False)
    shop.credentials["access_token"] = first["access_token"]
    assert shop.get("shop/get_shop_info")["error"] == ""
    again = exchange(shop, code=back["code"][0], shop_id=SHOP_ID)
    assert (again["error"], again["message"]) == ("error_auth", "Invalid code")


def test_the_signed_link_lives_five_minutes(shop: Any) -> None:
    """Format B: `redirect`, signed as a public call."""
    path = "/api/v2/shop/auth_partner"
    assert consent(shop, path, shop.signed(path, public=True) | {"redirect": BACK})["shop_id"] == ["770011223"]
    old = shop.signed(path, public=True, timestamp=shop.now() - 301) | {"redirect": BACK}
    answer = shop.http.get(shop.url(path), params=old, timeout=10, allow_redirects=False)
    assert (answer.status_code, answer.json()["message"]) == (403, "Timestamp is expired.")


def test_a_code_dies_after_ten_minutes(shop: Any) -> None:
    """At 600 s it is gone."""
    code = consent(shop, "/auth", unsigned_link(shop))["code"][0]
    shop.pass_time(seconds=600)
    assert exchange(shop, code=code, shop_id=SHOP_ID)["error"] == "error_auth"


def test_a_code_is_for_the_shop_that_consented(shop: Any) -> None:
    """Another shop's id is refused and leaves the code unused."""
    code = shop.credentials["code"]
    assert exchange(shop, code=code, shop_id=770011224)["error"] == "invalid_shop_id"
    assert exchange(shop, code=code, shop_id=SHOP_ID)["error"] == ""


def test_a_new_consent_replaces_both_tokens(shop: Any) -> None:
    """The access and the refresh token of before are void at once."""
    exchange(shop, code=shop.credentials["code"], shop_id=SHOP_ID)
    assert shop.get("shop/get_shop_info")["error"] == "invalid_acceess_token"
    assert refresh(shop, shop.credentials["refresh_token"])["error"] == "error_auth"


def test_a_refresh_token_works_once(shop: Any) -> None:
    """Each answer carries the next; the used one is told apart from an unknown one."""
    first = refresh(shop, shop.credentials["refresh_token"])
    assert (first["error"], first["expire_in"], first["shop_id"], first["partner_id"]) == ("", 14400, SHOP_ID, 2099123)
    assert refresh(shop, shop.credentials["refresh_token"])["error"] == "error_shop_refresh_token"
    assert refresh(shop, "f" * 32)["error"] == "error_auth"
    assert refresh(shop, first["refresh_token"])["error"] == ""


def test_the_old_access_token_outlives_a_refresh_by_five_minutes(shop: Any) -> None:
    """299 s later it still works, at 300 s it does not."""
    refresh(shop, shop.credentials["refresh_token"])
    shop.pass_time(seconds=299)
    assert shop.get("shop/get_shop_info")["error"] == ""
    shop.pass_time(seconds=1)
    assert shop.get("shop/get_shop_info")["error"] == "invalid_acceess_token"


def test_tokens_age(shop: Any) -> None:
    """An access token lives four hours, a refresh token thirty days."""
    shop.pass_time(hours=4)
    assert shop.answer("GET", "shop/get_shop_info").status_code == 403
    shop.pass_time(days=30)
    assert refresh(shop, shop.credentials["refresh_token"])["error"] == "refresh_token_expired"


def test_a_main_account_fans_out(shop: Any) -> None:
    """The first pair is shared: each shop may refresh with it once and then has a pair of its own."""
    back = consent(shop, "/auth", unsigned_link(shop, main_account_id=68001))
    first = exchange(shop, code=back["code"][0], main_account_id=68001)
    assert first["shop_id_list"] == [770011223, 770011224]
    mine, theirs = (refresh(shop, first["refresh_token"], shop_id) for shop_id in first["shop_id_list"])
    assert (mine["error"], theirs["error"]) == ("", "")
    assert mine["access_token"] != theirs["access_token"]
    assert refresh(shop, first["refresh_token"])["error"] == "error_shop_refresh_token"


def test_consent_can_be_taken_back(shop: Any) -> None:
    """The token is good and the link is not: another code, for calls and for refreshing."""
    assert consent(shop, "/cancel_auth", unsigned_link(shop)) == {"from": ["shopee"], "shop_id": ["770011223"]}
    assert shop.get("shop/get_shop_info")["error"] == "partner_shop_no_link"
    assert refresh(shop, shop.credentials["refresh_token"])["error"] == "shop_no_linked"
    listed = shop.get("public/get_shops_by_partner", public=True, page_size=100, page_no=1)
    assert [row["shop_id"] for row in listed["authed_shop_list"]] == [770011224]


def test_consent_lapses_after_a_year(shop: Any) -> None:
    """Refreshing cannot carry a shop past its seller's consent."""
    token = shop.credentials["refresh_token"]
    for _ in range(12):
        shop.pass_time(days=29)
        token = refresh(shop, token)["refresh_token"]
    shop.pass_time(days=20)
    assert refresh(shop, token)["error"] == "shop_access_expired"


def test_shop_facts_lie_beside_the_envelope(shop: Any) -> None:
    """get_shop_info has no response wrapper."""
    info = shop.get("shop/get_shop_info")
    assert (info["region"], info["status"], "response" in info) == ("VN", "NORMAL", False)
    assert info["expire_time"] - info["auth_time"] == 365 * 86_400
