"""The marketplace outlives its process, and breaks on demand."""

from pathlib import Path
from typing import Any

import pytest

from sandbox.sandbox import Sandbox


def refresh(shop: Any) -> dict[str, Any]:
    body = {"partner_id": shop.credentials["partner_id"], "shop_id": int(shop.credentials["shop_id"])}
    body |= {"refresh_token": shop.credentials["refresh_token"]}
    return shop.post("auth/access_token/get", body, public=True)


def test_a_restarted_marketplace_is_the_same(shop: Any, tmp_path: Path) -> None:
    """Items, pictures, tokens, consents and orders come back from the journal with the ids they had."""
    shop_class = type(shop)
    with Sandbox(seed=7, directory=tmp_path) as first:
        before = shop_class(first, first.credentials("shopee"))
        item_id = before.add(seller_stock=[{"stock": 500}])
        link = {
            "partner_id": 2099123,
            "auth_type": "seller",
            "response_type": "code",
            "redirect_uri": "http://x.example",
        }
        code = before.http.get(before.url("/auth"), params=link, timeout=10, allow_redirects=False).headers["Location"]
        before.credentials |= refresh(before)
        before.pass_time(days=3)
        truth = first.truth()
        before.http.close()
    with Sandbox(seed=7, directory=tmp_path) as second:
        after = shop_class(second, second.credentials("shopee"))
        assert second.truth() == truth
        assert after.credentials["refresh_token"] == before.credentials["refresh_token"]
        assert code.split("code=")[1].split("&")[0] in after.site.accounts.codes
        after.credentials |= refresh(after)
        listed = after.get("product/get_item_base_info", item_id_list=item_id)["response"]["item_list"]
        assert (listed[0]["item_id"], listed[0]["item_sku"]) == (item_id, "OCOP-TN-0007")
        after.http.close()


@pytest.mark.parametrize(
    ("kind", "call_code", "refresh_code"),
    [("expired_token", "invalid_acceess_token", ""), ("revoked_token", "partner_shop_no_link", "shop_no_linked")],
)
def test_tokens_can_be_made_to_fail(shop: Any, kind: str, call_code: str, refresh_code: str) -> None:
    """An expired token can be refreshed; a withdrawn consent cannot."""
    shop.sandbox.faults.add(site="shopee.api", kind=kind, path=r"/shop/get_shop_info")
    assert shop.get("shop/get_shop_info")["error"] == call_code
    assert refresh(shop)["error"] == refresh_code


def test_its_clock_can_be_off(shop: Any) -> None:
    """Signatures are checked against the marketplace's own clock."""
    shop.sandbox.faults.add(site="shopee.api", kind="clock_skew", path="", seconds=301)
    assert shop.get("shop/get_shop_info")["message"] == "Timestamp is expired."
    shop.sandbox.faults.clear()
    assert shop.get("shop/get_shop_info")["error"] == ""
