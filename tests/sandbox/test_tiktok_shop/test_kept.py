"""The marketplace outlives its process, and breaks on demand."""

from pathlib import Path
from typing import Any

from sandbox.sandbox import Sandbox

SEARCH = "/order/202309/orders/search"
HEADS = "/finance/202309/statements"
OPTIONS = {"tiktok_shop.api": {"statement_errors": True}}


def told(shop: Any) -> dict[str, Any]:
    """All the shop can read of itself."""
    return {
        "products": shop.ok("POST", "/product/202502/products/search", {}, page_size=100),
        "orders": shop.ok("POST", SEARCH, {}, page_size=100),
        "statements": shop.ok("GET", HEADS, sort_field="statement_time", page_size=100),
        "hooks": shop.ok("GET", "/event/202309/webhooks"),
        "seeded": shop.site.seeded_errors(),
    }


def refresh(shop: Any) -> None:
    keys = shop.credentials
    query = {name: keys[name] for name in ("app_key", "app_secret", "refresh_token")} | {"grant_type": "refresh_token"}
    url = f"{shop.site.base_url}/api/v2/token/refresh"
    data = shop.http.get(url, params=query, timeout=10).json()["data"]
    keys |= {name: data[name] for name in ("access_token", "refresh_token")}


def test_a_restarted_marketplace_is_the_same(shop: Any, tmp_path: Path) -> None:
    """Products under review, pictures, tokens, orders, statements and their seeded errors come back with the ids they had."""
    shop_class = type(shop)
    with Sandbox(seed=7, directory=tmp_path, options=OPTIONS) as first:
        before = shop_class(first, first.credentials("tiktok_shop"))
        for number in range(9):
            before.add(skus=[before.sku(seller_sku=f"S{number}")])
        before.ok(
            "PUT", "/event/202309/webhooks", {"address": "http://127.0.0.1:9/", "event_type": "ORDER_STATUS_CHANGE"}
        )
        for _ in range(4):
            before.pass_time(days=6)
            refresh(before)
        before.add(skus=[before.sku(seller_sku="LAST")])
        product_id = before.add(skus=[before.sku(seller_sku="EDITED")])["product_id"]
        refused = before.post("/product/202309/products", before.listing(title="Ngắn"))
        assert refused["code"] == 12052931
        seen, truth = told(before), first.truth()
        before.http.close()
    with Sandbox(seed=7, directory=tmp_path, options=OPTIONS) as second:
        after = shop_class(second, second.credentials("tiktok_shop"))
        assert after.credentials["refresh_token"] == before.credentials["refresh_token"]
        assert (second.truth(), told(after)) == (truth, seen)
        assert {error["kind"] for error in seen["seeded"]} >= {"fee_charged_twice", "order_not_paid"}
        refresh(after)
        after.pass_time(hours=6)
        assert after.detail(product_id)["status"] == "ACTIVATE"
        fresh = after.add()
        assert int(fresh["product_id"]) == int(product_id) + 1
        after.http.close()


def test_the_clocks_steps_change_nothing(shop: Any) -> None:
    """Twenty days in one step or in many: the same orders, statements and messages."""
    shop_class = type(shop)

    def lived(steps: int) -> dict[str, Any]:
        with Sandbox(seed=7, options=OPTIONS) as running:
            client = shop_class(running, running.credentials("tiktok_shop"))
            for number in range(9):
                client.add(skus=[client.sku(seller_sku=f"S{number}")])
            client.site.stage.webhooks.put(client.credentials["shop_id"], "ORDER_STATUS_CHANGE", "http://127.0.0.1:9/")
            for _ in range(steps):
                client.pass_time(hours=20 * 24 / steps)
            client.renew_token()
            seen = told(client) | {"notified": running.world.counter("tiktok_shop.notification", 0)}
            client.http.close()
        return seen

    assert lived(1) == lived(96)


def test_calls_are_counted_by_template(shop: Any) -> None:
    """So that a test can say how many calls a push cost."""
    made = shop.add()
    shop.detail(made["product_id"])
    calls = shop.site.calls
    assert calls["POST /product/202309/products"] == 1
    assert calls["GET /product/202309/products/{}"] == 1
    assert calls["POST /product/202309/images/upload"] == 1


def test_its_clock_can_be_off(shop: Any) -> None:
    """Timestamps are checked against the marketplace's own clock."""
    shop.sandbox.faults.add("tiktok_shop.api", "clock_skew", path="", seconds=301)
    said = shop.get("/authorization/202309/shops", cipher=False)
    assert (said["code"], "timestamp" in said["message"]) == (36009004, True)
    shop.sandbox.faults.clear()
    assert shop.get("/authorization/202309/shops", cipher=False)["code"] == 0
