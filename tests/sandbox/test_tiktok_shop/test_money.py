"""Money: statements are the world's payouts, taxes are their own lines, seeded errors are the ones that are named."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.sandbox import Sandbox
from sandbox.tiktok_shop.order_words import order_id
from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE

HEADS, UNSETTLED = "/finance/202309/statements", "/finance/202507/orders/unsettled"
HOUSEHOLD = "7495000000000000002"


def stocked(shop: Any, days: int, *, count: int = 12) -> Any:
    """A shop with so many products, that many days on."""
    for number in range(count):
        inventory = [{"warehouse_id": SALES_WAREHOUSE, "quantity": 9_999}]
        shop.add(skus=[shop.sku(seller_sku=f"S{number}", inventory=inventory)])
    for _ in range(days // 6):
        shop.pass_time(days=6)
        shop.renew_token()
    return shop


@pytest.fixture
def seeded(shop_class: type) -> Iterator[Any]:
    options = {"tiktok_shop.api": {"instant": True, "statement_errors": True}}
    with Sandbox(seed=7, options=options) as running:
        client = shop_class(running, running.credentials("tiktok_shop"))
        yield stocked(client, 42)
        client.http.close()


@pytest.fixture
def shop_class(shop: Any) -> type:
    return type(shop)


@pytest.fixture
def settled(instant: Any) -> Any:
    return stocked(instant, 30)


def heads(shop: Any, **query: Any) -> list[dict[str, Any]]:
    told = shop.ok("GET", HEADS, sort_field="statement_time", sort_order="ASC", page_size=100, **query)
    return told.get("statements", [])


def lines(shop: Any, statement_id: str) -> dict[str, Any]:
    path = f"/finance/202501/statements/{statement_id}/statement_transactions"
    return shop.ok("GET", path, sort_field="order_create_time", page_size=100)


def vnd(row: dict[str, Any], *names: str) -> int:
    return sum(int(row[name]) for name in names)


def leaves(row: dict[str, Any]) -> dict[str, int]:
    """Every amount that is in a sum: no sums, no second views."""
    groups = [row["revenue_breakdown"], row["shipping_cost_breakdown"], *row["fee_tax_breakdown"].values()]
    flat = {name: value for group in groups for name, value in group.items() if isinstance(value, str)}
    return {name: int(value) for name, value in flat.items() if not name.endswith("before_pit")}


def test_statements_pay_what_the_world_pays(settled: Any) -> None:
    """Heads, lines and leaves each add up to the truth's payout, to the đồng, at any moment."""
    truth = settled.sandbox.truth()["markets"]["tiktok_shop"]
    told = heads(settled)
    rows = [row for head in told for row in lines(settled, head["id"])["transactions"]]
    assert sum(vnd(head, "settlement_amount") for head in told) == truth["settled_payout_vnd"]
    assert sum(vnd(row, "settlement_amount") for row in rows) == truth["settled_payout_vnd"]
    assert sum(sum(leaves(row).values()) for row in rows) == truth["settled_payout_vnd"]
    booked = [row for row in rows if vnd(row, "settlement_amount")]
    assert len(booked) == truth["settled_orders"] == 69


def test_a_statement_is_cut_at_midnight_utc_and_adds_up(settled: Any) -> None:
    """Settlement = revenue + fees + adjustment, shipping inside the fees; the list of lines says the same sums."""
    for head in heads(settled):
        at = datetime.fromtimestamp(head["statement_time"], UTC)
        assert (at.hour, at.minute, at.second) == (0, 0, 0)
        assert vnd(head, "settlement_amount") == vnd(head, "revenue_amount", "fee_amount", "adjustment_amount")
        told = lines(settled, head["id"])
        total = told["total_settlement_breakdown"]
        assert vnd(total, *total) == vnd(told, "total_settlement_amount") == vnd(head, "settlement_amount")
        for row in told["transactions"]:
            sums = vnd(row, "revenue_amount", "shipping_cost_amount", "fee_tax_amount", "adjustment_amount")
            assert sums == vnd(row, "settlement_amount") == sum(leaves(row).values())


def test_a_statement_is_paid_a_day_later(settled: Any) -> None:
    """Until then it is in process, names no payment, and nothing is withdrawn for it."""
    told = heads(settled)
    paid = [head for head in told if head["payment_status"] == "PAID"]
    assert {head["payment_status"] for head in told} == {"PAID", "PROCESSING"}
    assert all(head["payment_time"] == head["statement_time"] + 86_400 for head in paid)
    assert heads(settled, payment_status="PAID") == paid
    assert [head for head in told if ("payment_id" in head) != (head in paid)] == []
    out = settled.ok("GET", "/finance/202309/withdrawals", types="SETTLE", page_size=100)["withdrawals"]
    assert sorted(int(row["amount"]) for row in out) == sorted(vnd(head, "settlement_amount") for head in paid)


def test_the_sort_field_is_mandatory(settled: Any) -> None:
    """Without it, or with another word, finance answers nothing; payments are not open to this region."""
    assert settled.get(HEADS)["code"] == 36009004
    assert settled.get(HEADS, sort_field="create_time")["code"] == 36009004
    assert settled.get(UNSETTLED)["code"] == 36009004
    assert settled.answer("GET", "/finance/202605/payments", sort_field="create_time").status_code == 404


def test_an_order_is_settled_sku_by_sku(settled: Any) -> None:
    """Rows name the statement and add up to the order; before its statement an order has none."""
    orders = settled.sandbox.world.orders("tiktok_shop")
    done = next(order for order in orders if order.settled_at and len(order.lines) > 1)
    told = settled.ok("GET", f"/finance/202501/orders/{order_id(done)}/statement_transactions")
    rows = told["sku_transactions"]
    assert [(row["sku_id"], row["quantity"]) for row in rows] == [
        (str(line.offer_id), str(line.quantity)) for line in done.lines
    ]
    world = settled.sandbox.world
    assert (
        sum(vnd(row, "settlement_amount") for row in rows) == vnd(told, "settlement_amount") == world.payout_vnd(done)
    )
    assert vnd(told, "revenue_amount", "fee_and_tax_amount", "shipping_cost_amount") == vnd(told, "settlement_amount")
    (statement_id,) = {row["statement_id"] for row in rows}
    assert order_id(done) in {row["order_id"] for row in lines(settled, statement_id)["transactions"]}
    fresh = settled.ok("GET", f"/finance/202501/orders/{order_id(orders[-1])}/statement_transactions")
    assert (fresh["settlement_amount"], "sku_transactions" in fresh) == ("0", False)


def test_what_is_not_settled_is_estimated(settled: Any) -> None:
    """Every paid order that no statement has, with the very amounts it will settle at."""
    told = settled.ok("GET", UNSETTLED, sort_field="order_create_time", page_size=100)
    world = settled.sandbox.world
    waiting = [o for o in world.orders("tiktok_shop") if o.counts and o.settled_at is None]
    assert {row["order_id"] for row in told["transactions"]} == set(map(order_id, waiting))
    assert vnd(told, "sum_est_settlement_amount") == sum(map(world.payout_vnd, waiting))
    assert vnd(told, "sum_est_revenue_amount", "sum_est_fee_amount", "sum_est_adjustment_amount") == vnd(
        told, "sum_est_settlement_amount"
    )
    row = told["transactions"][0]
    assert vnd(row, "est_revenue_amount", "est_shipping_cost_amount", "est_fee_tax_amount") == vnd(
        row, "est_settlement_amount"
    )
    assert "affiliate_commission_before_pit_amount" in row["fee_tax_breakdown"]["fee"]


def test_a_returned_order_is_booked_and_taken_back(settled: Any) -> None:
    """Its revenue and its refund stand in one line that adds up to nothing."""
    back = [o for o in settled.sandbox.world.orders("tiktok_shop") if o.returned_at]
    rows = {row["order_id"]: row for head in heads(settled) for row in lines(settled, head["id"])["transactions"]}
    assert len(back) == 2
    for order in back:
        row = rows[order_id(order)]
        refund = int(row["revenue_breakdown"]["refund_subtotal_before_discount_amount"])
        assert (refund, row["settlement_amount"]) == (-order.goods_vnd, "0")


def test_a_household_has_its_taxes_withheld(instant: Any) -> None:
    """1 % VAT and 0.5 % PIT of what the seller sold for, each its own line; a cooperative has neither."""
    other = type(instant)(instant.sandbox, instant.site.credentials_of(HOUSEHOLD))
    stocked(other, 18)
    rows = [row for head in heads(other) for row in lines(other, head["id"])["transactions"]]
    assert len(rows) == 23
    for row in rows:
        revenue, tax = vnd(row, "revenue_amount"), row["fee_tax_breakdown"]["tax"]
        assert int(tax["local_vat_amount"]) == -((revenue * 100 + 5_000) // 10_000)
        assert int(tax["pit_amount"]) == -((revenue * 50 + 5_000) // 10_000)
    other.http.close()


def test_the_seeded_errors_are_the_ones_named_and_the_only_ones(seeded: Any) -> None:
    """A commission charged again, a refund left out, a head short by one order: each where `seeded_errors` says, of that size."""
    named = {error["kind"]: error for error in seeded.site.seeded_errors()}
    assert set(named) == {"fee_charged_twice", "missing_refund", "order_not_paid"}
    told = {head["id"]: head for head in heads(seeded)}
    rows = {i: lines(seeded, i)["transactions"] for i in told}
    short = {
        i: vnd(head, "settlement_amount") - sum(vnd(row, "settlement_amount") for row in rows[i])
        for i, head in told.items()
    }
    assert {i: gap for i, gap in short.items() if gap} == {
        named["order_not_paid"]["statement"]: named["order_not_paid"]["amount_vnd"]
    }
    twice = named["fee_charged_twice"]
    (again,) = [row for row in rows[twice["statement"]] if row["order_id"] == twice["order"]]
    charged = {name: value for name, value in leaves(again).items() if value}
    assert charged == {twice["code"]: twice["amount_vnd"]}
    missing = named["missing_refund"]
    (row,) = [row for row in rows[missing["statement"]] if row["order_id"] == missing["order"]]
    assert (vnd(row, "settlement_amount"), leaves(row)["refund_subtotal_before_discount_amount"]) == (
        missing["amount_vnd"],
        0,
    )
    paid = sum(vnd(head, "settlement_amount") for head in told.values())
    truth = seeded.sandbox.truth()["markets"]["tiktok_shop"]["settled_payout_vnd"]
    assert paid == truth + sum(error["amount_vnd"] for error in named.values())
