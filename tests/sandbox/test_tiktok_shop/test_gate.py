"""What the gateway refuses, with its own codes, and in which order it looks."""

import json
from typing import Any

import pytest

from sandbox.tiktok_shop.scopes import ORDER

SHOPS = "/authorization/202309/shops"
SEARCH = "/product/202502/products/search"


def told(answer: Any) -> tuple[int, int]:
    return answer.status_code, answer.json()["code"]


def test_an_answer_has_the_envelope(shop: Any) -> None:
    """code, message, request_id of time and twenty hex digits, data; a refusal's data is null."""
    said = shop.get(SHOPS, cipher=False)
    assert (said["code"], said["message"], set(said)) == (0, "Success", {"code", "message", "request_id", "data"})
    assert len(said["request_id"]) == 34
    assert said["request_id"].startswith("20260930170000")
    refused = shop.get("/finance/202309/statements")
    assert (refused["code"], refused["data"]) == (36009004, None)


def test_the_order_of_looking(shop: Any) -> None:
    """A wrong path is told before a wrong key, a wrong key before a wrong signature, that before a wrong token."""
    assert told(shop.answer("GET", "/nowhere/202309/x", app_key="bogus")) == (404, 36009009)
    assert told(shop.answer("DELETE", SHOPS, app_key="bogus", cipher=False)) == (405, 36009010)
    assert told(shop.answer("GET", SHOPS, app_key="bogus", cipher=False)) == (400, 36009004)
    shop.credentials["app_secret"] = "wrong"
    shop.credentials["access_token"] = "ROW_wrong"
    assert told(shop.answer("GET", SHOPS, cipher=False)) == (401, 106001)


@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-300, True), (30, True), (-301, False), (31, False), (0, True), (-86_400, False)]
)
def test_the_clock_may_lag_five_minutes_and_lead_thirty_seconds(shop: Any, seconds: int, is_taken: bool) -> None:
    """And the refusal names the timestamp, which is all a client can branch on."""
    said = shop.get(SHOPS, cipher=False, timestamp=shop.now() + seconds)
    assert said["code"] == (0 if is_taken else 36009004)
    assert is_taken or "timestamp" in said["message"]


def test_a_missing_signature_is_told_as_missing_credentials(shop: Any) -> None:
    """36009004 with its own words, not 106001."""
    url = f"{shop.site.base_url}{SHOPS}?app_key={shop.credentials['app_key']}&timestamp={shop.now()}"
    said = shop.http.get(url, headers=shop.headers(), timeout=10)
    assert told(said) == (400, 36009004)
    assert "signature" in said.json()["message"]


@pytest.mark.parametrize(
    ("token", "expected"), [("", (400, 36009004)), ("plain", (400, 36009004)), ("ROW_stranger", (401, 105001))]
)
def test_a_token_is_missing_malformed_or_unknown(shop: Any, token: str, expected: tuple[int, int]) -> None:
    """Newer answers tell a malformed header as a validation error that names it."""
    shop.credentials["access_token"] = token
    assert told(shop.answer("GET", SHOPS, cipher=False)) == expected


def test_an_access_token_lives_seven_days(shop: Any) -> None:
    """At the very second it ends it is expired, and its refresh token is not."""
    shop.pass_time(days=7, seconds=-1)
    assert told(shop.answer("GET", SHOPS, cipher=False)) == (200, 0)
    shop.pass_time(seconds=1)
    said = shop.answer("GET", SHOPS, cipher=False)
    assert told(said) == (401, 105002)
    assert "x-tts-access-token" in said.json()["message"]


def test_the_cipher_belongs_where_it_belongs(shop: Any) -> None:
    """Missing or unknown: 106013. Another shop's: 101000. Where none is wanted: 36009004 that says so."""
    assert told(shop.answer("POST", SEARCH, {}, cipher=False, page_size=1)) == (400, 106013)
    assert told(shop.answer("POST", SEARCH, {}, shop_cipher="ROW_stranger", page_size=1)) == (400, 106013)
    other = shop.site.credentials_of("7495000000000000002")["shop_cipher"]
    assert told(shop.answer("POST", SEARCH, {}, shop_cipher=other, page_size=1)) == (401, 101000)
    said = shop.answer("GET", SHOPS)
    assert told(said) == (400, 36009004)
    assert "not required" in said.json()["message"]


def test_a_scope_that_was_not_granted_is_told(shop: Any) -> None:
    """105005 on that group of paths only."""
    shop.site.rules.withheld_scopes = (ORDER,)
    assert told(shop.answer("POST", "/order/202309/orders/search", {}, page_size=1)) == (401, 105005)
    assert told(shop.answer("POST", SEARCH, {}, page_size=1)) == (200, 0)


def test_a_wrong_version_and_a_wrong_content_type(shop: Any) -> None:
    """The version is part of the path and has its own code; a body must say that it is JSON."""
    assert told(shop.answer("GET", "/authorization/202310/shops", cipher=False)) == (400, 36009014)
    body = json.dumps({}).encode()
    url = f"{shop.site.base_url}{SEARCH}?{shop.signed(SEARCH, body, {'page_size': 1})}"
    headers = shop.headers() | {"content-type": "text/plain"}
    assert told(shop.http.post(url, data=body, headers=headers, timeout=10)) == (400, 36009023)


def test_paging_belongs_into_the_query(shop: Any) -> None:
    """page_size in the body, too large, or missing: 36009004. Sort orders are upper case."""
    assert told(shop.answer("POST", SEARCH, {"page_size": 10}, page_size=10)) == (400, 36009004)
    assert told(shop.answer("POST", SEARCH, {}, page_size=101)) == (400, 36009004)
    assert told(shop.answer("POST", SEARCH, {})) == (400, 36009004)
    orders = "/order/202309/orders/search"
    assert told(shop.answer("POST", orders, {}, page_size=1, sort_order="asc")) == (400, 36009004)


def test_too_many_calls_say_so_with_a_time(shop: Any) -> None:
    """429 with 36009002 and Retry-After; a test shop's hourly quota has another code."""
    said = shop.site.too_many(2.2)
    assert (said.status, json.loads(said.body)["code"], said.headers["Retry-After"]) == (429, 36009002, "3")
    shop.site.rules.calls_per_hour = 1
    assert told(shop.answer("GET", SHOPS, cipher=False)) == (200, 0)
    assert told(shop.answer("GET", SHOPS, cipher=False)) == (429, 36009037)
    shop.pass_time(hours=1)
    assert told(shop.answer("GET", SHOPS, cipher=False)) == (200, 0)


@pytest.mark.parametrize("body", [b"[]", b"{", b'"x"', b"\xff", b"[" * 50_000])
def test_a_body_that_is_no_object_is_refused_in_words(shop: Any, body: bytes) -> None:
    """Whatever it is, the answer is a refusal and the connection lives."""
    url = f"{shop.site.base_url}{SEARCH}?{shop.signed(SEARCH, body, {'page_size': 1})}"
    said = shop.http.post(url, data=body, headers=shop.headers(), timeout=10)
    assert told(said) == (200, 98001004)
