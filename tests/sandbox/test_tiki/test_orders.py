"""Orders, their money and their events agree with the world."""

from datetime import timedelta
from typing import Any

import pytest
import requests

from sandbox.sandbox import Sandbox
from sandbox.tiki import SITES
from sandbox.world import OrderState


@pytest.fixture
def month(tiki: Any, draft: Any) -> Any:
    """Thirty days of a shop with eight products."""
    for number in range(8):
        tiki.put_up(draft(f"TN-{number}", stock=5_000, price=100_000 + number * 30_000))
    tiki.wait(days=30)
    return tiki


def everything(tiki: Any, **query: Any) -> list[dict[str, Any]]:
    rows, page = [], 1
    while True:
        answer = tiki.get("/v2/orders", page=page, limit=50, **query)
        rows += answer["data"]
        if page >= answer["paging"]["last_page"]:
            return rows
        page += 1


def test_goods_and_income_are_the_worlds(month: Any) -> None:
    """Every order is listed once; its lines add up to the true revenue, its seller_income to the world's payout, to the đồng."""
    rows = everything(month, include="items.fees")
    truth = month.sandbox.truth()["markets"]["tiki"]
    assert len({row["code"] for row in rows}) == len(rows) == truth["orders"]
    sold = [row for row in rows if row["status"] not in {"canceled", "returned"}]
    assert sum(item["price"] * item["qty"] for row in sold for item in row["items"]) == truth["revenue_vnd"]
    payouts = {o.order_id + 550_000_000: month.sandbox.world.payout_vnd(o) for o in month.sandbox.world.orders("tiki")}
    assert {int(row["code"]): row["invoice"]["total_seller_income"] for row in rows} == payouts
    for row in rows:
        for item in row["items"]:
            invoice = item["invoice"]
            assert invoice["row_total"] == invoice["subtotal"] - invoice["discount_amount"]
            assert invoice["seller_fee"] == sum(fee["final_amount"] for fee in invoice["fees"])
        assert row["invoice"]["discount_amount"] == sum(item["invoice"]["discount_amount"] for item in row["items"])


def test_statuses_follow_the_world(month: Any) -> None:
    """Each state of the world has one word, and the last of the histories is the present status."""
    words = {
        OrderState.UNPAID: "waiting_payment",
        OrderState.PAID: "queueing",
        OrderState.SHIPPED: "shipping",
        OrderState.DELIVERED: "successful_delivery",
        OrderState.COMPLETED: "complete",
        OrderState.CANCELLED: "canceled",
        OrderState.RETURNED: "returned",
    }
    states = {str(o.order_id + 550_000_000): words[o.state] for o in month.sandbox.world.orders("tiki")}
    rows = everything(month, include="status_histories")
    assert {row["code"]: row["status"] for row in rows} == states
    assert all(row["status_histories"][-1]["status"] == row["status"] for row in rows)


def test_set_expressions_and_orderings(month: Any) -> None:
    """`in|`, `nin|` and a bare list filter; the rest is the complement; updated_at|asc is oldest change first; nonsense is 400."""
    done = everything(month, status="in|complete,canceled")
    rest = everything(month, status="nin|complete,canceled")
    assert {row["status"] for row in done} <= {"complete", "canceled"}
    assert len(done) + len(rest) == len(everything(month))
    assert [r["code"] for r in everything(month, status="complete,canceled")] == [r["code"] for r in done]
    changed = [row["updated_at"] for row in everything(month, order_by="updated_at|asc")]
    assert changed == sorted(changed)
    since = changed[len(changed) // 2]
    window = everything(month, order_by="updated_at|asc", updated_from_date=since)
    assert [row["updated_at"] for row in window] == [moment for moment in changed if moment >= since]
    for bad in ({"status": "in|gone"}, {"order_by": "price|asc"}, {"created_from_date": "2026-10-01"}, {"limit": 51}):
        assert month.call("GET", "/v2/orders", **bad).status_code == 400


def test_confirming_and_calling_off(month: Any) -> None:
    """A confirmed order is picking and has a label; one called off is canceled and its pieces are back on the shelf."""
    waiting = everything(month, status="queueing")
    slot = month.get("/v2/orders/dropship/expected-pickup-slots")["data"][0]["expected_pickup_time"]
    yes = {"confirmation_status": "seller_confirmed", "seller_inventory_id": 387001, "expected_pickup_time": slot}
    kept, dropped = waiting[0]["code"], waiting[1]
    assert month.call("GET", f"/v2/orders/{kept}/dropship/labels").status_code == 400
    assert month.call("POST", f"/v2/orders/{kept}/dropship/confirm-available", yes).json()["status"] == "picking"
    assert month.call("POST", f"/v2/orders/{kept}/dropship/confirm-available", yes).status_code == 422
    assert kept in month.call("GET", f"/v2/orders/{kept}/dropship/labels").text
    sku = dropped["items"][0]["product"]["seller_product_code"]
    before = month.product(sku)["inventory"]["warehouse_stocks"][0]["quantity_sellable"]
    no = {"available_item_ids": []}
    assert month.call("POST", f"/v2/orders/{dropped['code']}/confirm-available", no).json()["status"] == "canceled"
    after = month.product(sku)["inventory"]["warehouse_stocks"][0]["quantity_sellable"]
    assert after - before == sum(i["qty"] for i in dropped["items"] if i["product"]["seller_product_code"] == sku)
    assert month.get(f"/v2/orders/{dropped['code']}")["cancel_info"]["reason_code"] == "seller_out_of_stock"


def test_stock_counts_what_is_reserved(month: Any) -> None:
    """What is ordered and not shipped is still on the shelf: available = sellable + reserved, also after setting it."""
    reserved = {row["original_sku"]: row["inventory"] for row in month.get("/v2/products", include="inventory")["data"]}
    sku, held = next(
        (sku, i["warehouse_stocks"][0]["quantity_reserved"])
        for sku, i in reserved.items()
        if i["warehouse_stocks"][0]["quantity_reserved"]
    )
    change = {"original_sku": sku, "warehouse_quantities": [{"warehouse_id": 387001, "qty_available": 1000}]}
    month.call("PUT", "/v2.1/products/updateSku", change)
    stock = month.product(sku)["inventory"]["warehouse_stocks"][0]
    assert (stock["quantity_available"], stock["quantity_reserved"], stock["quantity_sellable"]) == (
        1000,
        held,
        1000 - held,
    )


def test_events_come_again_until_acknowledged(tiki: Any, draft: Any) -> None:
    """A pull without the last ack_id repeats the batch; with it the next events follow, each exactly once, in order."""
    queue = tiki.call("POST", "/v1/queues", {"name": "ocop"}).json()["code"]
    for kind in ("ORDER_CREATED_SUCCESSFULLY", "ORDER_STATUS_UPDATED", "PRODUCT_PRICE_UPDATED"):
        tiki.call("POST", f"/v1/queues/{queue}/subscriptions", {"event_type": kind})
    tiki.wait(seconds=5)
    tiki.put_up(draft(stock=5_000))
    tiki.call("PUT", "/v2.1/products/updateSku", {"original_sku": "TN-CHE-200", "price": 229_000})
    tiki.wait(days=20)
    first = tiki.call("POST", f"/v1/queues/{queue}/events/pull", {"ack_id": None}).json()
    again = tiki.call("POST", f"/v1/queues/{queue}/events/pull", {"ack_id": None}).json()
    assert again["events"] == first["events"]
    assert first["events"][0]["payload"] | {"product_id": ""} == {
        "product_id": "",
        "original_sku": "TN-CHE-200",
        "price_from": "235000",
        "price_to": "229000",
    }
    seen, batch = list(again["events"]), again
    while batch["events"]:
        batch = tiki.call("POST", f"/v1/queues/{queue}/events/pull", {"ack_id": batch["ack_id"]}).json()
        seen += batch["events"]
    created = [event for event in seen if event["type"] == "ORDER_CREATED_SUCCESSFULLY"]
    assert len(created) == len([o for o in tiki.sandbox.world.orders("tiki") if o.paid_at])
    assert len({event["id"] for event in seen}) == len(seen)
    assert [event["created_at"] for event in seen] == sorted(event["created_at"] for event in seen)


def test_a_killed_world_comes_back(tmp_path: Any, draft: Any) -> None:
    """Tokens, requests, products and orders are the same after a restart from the journal."""
    options = {"tiki.api": {"review_pace": 0.1}}
    with Sandbox(3, sites=SITES, options=options, directory=tmp_path) as before:
        headers = {"Authorization": f"Bearer {before.credentials('tiki')['access_token']}"}
        _post(before, headers, draft(stock=500))
        _post(before, headers, draft())
        before.advance(before.world.clock.now() + timedelta(days=15))
        credentials, truth = before.credentials("tiki"), before.truth()
        states = [s.state for s in before.sites["tiki.api"].desk.newest_first()]
    with Sandbox(3, sites=SITES, options=options, directory=tmp_path) as after:
        assert (after.credentials("tiki"), after.truth()) == (credentials, truth)
        assert [s.state for s in after.sites["tiki.api"].desk.newest_first()] == states == ["rejected", "approved"]


def _post(sandbox: Sandbox, headers: dict[str, str], body: Any) -> None:
    url = f"{sandbox.base_url('tiki')}/integration/v2.1/requests"
    requests.post(url, json=body, headers=headers, timeout=5).raise_for_status()
