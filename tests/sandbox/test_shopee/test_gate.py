"""What the gateway refuses before any handler, in its order."""

import json
from typing import Any

import pytest

LIST = "/api/v2/product/get_item_list"


def refused(shop: Any, path: str, query: dict[str, Any]) -> tuple[int, str, str]:
    answer = shop.http.get(shop.url(path), params=query, timeout=10)
    said = answer.json()
    assert len(said["request_id"]) == 32
    return answer.status_code, said["error"], said["message"]


def without(query: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in query.items() if key != name}


def test_an_unknown_path_is_404(shop: Any) -> None:
    """The path is looked at first, before any key."""
    assert refused(shop, "/api/v2/product/get_everything", {}) == (
        404,
        "error_not_found",
        "The request path is not found.",
    )


@pytest.mark.parametrize("name", ["partner_id", "timestamp", "sign", "access_token", "shop_id"])
def test_a_missing_parameter_is_named(shop: Any, name: str) -> None:
    """Every common parameter is required in the query of a shop's call, and its signature covers what is there."""
    query = without(shop.signed(LIST, **({name: ""} if name in {"access_token", "shop_id"} else {})), name)
    assert refused(shop, LIST, query) == (403, "error_param", f"There is no {name} in query.")


def test_a_stranger_is_refused_before_the_clock_is_looked_at(shop: Any) -> None:
    """partner_id comes before timestamp."""
    query = shop.signed(LIST, partner_id=1, timestamp=1)
    assert refused(shop, LIST, query) == (403, "error_auth", "partner_id is invalid")


@pytest.mark.parametrize(
    ("off_s", "message"), [(301, "Timestamp is expired."), (-301, "Timestamp is expired."), (300, None), (-300, None)]
)
def test_five_minutes_of_drift_are_tolerated(shop: Any, off_s: int, message: str | None) -> None:
    """300 s either way pass, 301 do not."""
    query = shop.signed(LIST, timestamp=shop.now() + off_s) | {"offset": 0, "page_size": 10, "item_status": "NORMAL"}
    said = shop.http.get(shop.url(LIST), params=query, timeout=10).json()
    assert (said["error"], said["message"]) == (("error_param", message) if message else ("", ""))


@pytest.mark.parametrize("timestamp", ["1795392000.5", "abc", "4294967296", "17953920000000"])
def test_a_timestamp_is_whole_seconds(shop: Any, timestamp: str) -> None:
    """Fractions, texts, milliseconds and numbers above 32 bits are invalid, not merely expired."""
    assert refused(shop, LIST, shop.signed(LIST, timestamp=timestamp)) == (403, "error_param", "Invalid timestamp")


def test_a_wrong_signature_is_refused(shop: Any) -> None:
    """One changed digit is enough, and the signature comes before the token."""
    query = shop.signed(LIST, access_token="0" * 32)
    assert refused(shop, LIST, query | {"sign": "0" * 64}) == (403, "error_sign", "Wrong sign.")
    assert refused(shop, LIST, query)[1] == "invalid_acceess_token"


def test_a_token_opens_its_own_shop_only(shop: Any, household: Any) -> None:
    """A token is bound to the shop that consented."""
    query = shop.signed(LIST, shop_id=household.credentials["shop_id"])
    assert refused(shop, LIST, query) == (
        403,
        "invalid_acceess_token",
        "Invalid access_token, please have a check.",
    )


def test_a_wrong_method_is_refused(shop: Any) -> None:
    """A GET page does not take a POST."""
    assert shop.post("product/get_item_list", {})["error"] == "error_param"


def test_the_daily_quota_stops_the_app_until_midnight_in_its_zone(shop: Any) -> None:
    """error_limit comes after the quota, and goes at 00:00 UTC+8."""
    shop.site.rules.calls_per_day = 2
    assert [shop.get("shop/get_shop_info")["error"] for _ in range(3)] == ["", "", "error_limit"]
    shop.pass_time(hours=23)  # the world starts at 01:00 UTC+8
    shop.credentials = shop.site.credentials() | {"access_token": shop.site.accounts.grant((770011223,)).access_token}
    assert shop.get("shop/get_shop_info")["error"] == ""


def test_the_burst_limit_is_a_429_that_says_when(shop: Any) -> None:
    """error_rate_limit carries Retry-After in whole seconds where the marketplace knows, and an envelope either way."""
    told = shop.site.too_many(1.2)
    assert (told.status, told.headers["Retry-After"]) == (429, "2")
    assert json.loads(told.body)["error"] == "error_rate_limit"
    assert "Retry-After" not in shop.site.too_many(None).headers


def test_the_gates_http_status_is_a_setting(shop: Any) -> None:
    """Shopee documents no status per code: a client that decides by `error` lives with any."""
    shop.site.rules.gateway_status = 200
    assert refused(shop, LIST, shop.signed(LIST) | {"sign": "0" * 64})[:2] == (200, "error_sign")
