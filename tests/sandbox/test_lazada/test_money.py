"""Transactions, weekly statements, payouts, taxes withheld, and the mistakes a statement may hold."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from sandbox.lazada.order_book import FIRST_ORDER
from sandbox.lazada.weeks import week_of
from sandbox.world import vietnam_day
from tests.sandbox.test_lazada.conftest import Client

YEAR = {"start_time": "2026-10-01", "end_time": "2027-03-29"}


def trade(shop: Client, days: float = 60) -> Client:
    for number in range(1, 17):
        shop.on_sale(number, quantity="9999")
    shop.pass_time(days=days)
    shop.renew()
    return shop


def transactions(shop: Client, **params: Any) -> list[dict[str, Any]]:
    """Page by page until a short one."""
    found: list[dict[str, Any]] = []
    while True:
        page = shop.get("/finance/transaction/details/get", **(YEAR | {"offset": len(found)} | params))["data"]
        found += page
        if len(page) < 500:
            return found


def statements(shop: Client) -> list[dict[str, Any]]:
    return shop.get("/finance/payout/status/get", created_after="2026-10-01")["data"]


def vnd(text: str) -> int:
    whole, _, fraction = text.partition(".")
    assert fraction == "00"
    return int(whole)


def total(rows: list[dict[str, Any]]) -> int:
    return sum(vnd(row["amount"]) for row in rows)


def number_of(place: int) -> str:
    return str(FIRST_ORDER + place)


def test_what_is_paid_is_the_truth(shop: Client) -> None:
    """Paid transactions, paid statements and the world's settled payouts are one figure."""
    trade(shop)
    truth = shop.sandbox.truth()["markets"]["lazada"]["settled_payout_vnd"]
    paid = [row for row in transactions(shop) if row["paid_status"] == "Paid"]
    payouts = [vnd(row["payout"].removesuffix(" VND")) for row in statements(shop) if row["paid"] == "1"]
    assert (total(paid), sum(payouts)) == (truth, truth)


def test_each_order_comes_to_its_payout(shop: Client) -> None:
    """Line by line: the price of each piece, and the fees that are taken from it."""
    trade(shop)
    world = shop.sandbox.world
    sums: Counter[str] = Counter()
    for row in transactions(shop):
        sums[row["order_no"]] += vnd(row["amount"])
    booked = {place: one for place, one in enumerate(world.orders("lazada")) if one.completed_at or one.returned_at}
    assert sums == {number_of(place): world.payout_vnd(one) for place, one in booked.items()}


def test_transactions_of_one_order(shop: Client) -> None:
    """Shipping nets to zero, fees are negative, a cancelled order has nothing, a returned one comes to nothing."""
    trade(shop)
    orders = shop.sandbox.world.orders("lazada")
    kept = next(place for place, one in enumerate(orders) if one.completed_at and one.buyer_shipping_vnd)
    rows = transactions(shop, trade_order_id=number_of(kept))
    assert total([row for row in rows if row["transaction_type"] == "Orders-Logistics"]) == 0
    assert all(vnd(row["amount"]) < 0 for row in rows if row["fee_name"] in {"Commission", "Payment Fee"})
    assert total([row for row in rows if row["fee_name"] == "Item Price Credit"]) == orders[kept].goods_vnd
    cancelled = next(place for place, one in enumerate(orders) if one.cancelled_at)
    returned = next(place for place, one in enumerate(orders) if one.returned_at)
    assert transactions(shop, trade_order_id=number_of(cancelled)) == []
    back = transactions(shop, trade_order_id=number_of(returned))
    assert (total(back), {row["orderItem_status"] for row in back}) == (0, {"returned"})
    assert "Reversal Item Price Credit" in {row["fee_name"] for row in back}


def test_lines_and_types_are_picked(shop: Client) -> None:
    """By order line and by fee type."""
    trade(shop, 30)
    one = transactions(shop)[0]
    lines = transactions(shop, trade_order_line_id=one["orderItem_no"])
    assert {row["orderItem_no"] for row in lines} == {one["orderItem_no"]}
    assert {row["fee_name"] for row in transactions(shop, trans_type="3")} == {"Commission"}


def test_a_statement_is_its_parts(shop: Client) -> None:
    """Its columns add up to its payout, and its transactions do too; it is drawn up on Monday and paid on Wednesday."""
    trade(shop)
    rows = transactions(shop)
    parts = (
        "item_revenue",
        "other_revenue_total",
        "shipment_fee",
        "shipment_fee_credit",
        "fees_total",
        "refunds",
        "fees_on_refunds_total",
    )
    for one in statements(shop):
        covered = [row for row in rows if row["statement"].endswith(sunday(one))]
        assert sum(vnd(one[part]) for part in parts) == vnd(one["closing_balance"]) == total(covered)
        assert one["created_at"].endswith("00:23:04")
    assert len(statements(shop)) == 8


def sunday(statement: dict[str, Any]) -> str:
    year, month, day = (statement["statement_number"][-8:][slice(*at)] for at in ((0, 4), (4, 6), (6, 8)))
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day} {months[int(month) - 1]} {year}"


def test_paid_on_wednesday(shop: Client) -> None:
    """Until then the newest statement says 0, and its transactions `Not paid`; the world settles at the same moment."""
    trade(shop, 14)
    world = shop.sandbox.world
    first = min(one.completed_at for one in world.orders("lazada") if one.completed_at)
    paid_at = week_of(first).paid_at
    assert (paid_at.strftime("%A %H:%M"), vietnam_day(paid_at) - vietnam_day(first) < timedelta(days=10)) == (
        "Wednesday 10:00",
        True,
    )
    shop.pass_time(days=14)
    for one in world.orders("lazada"):
        if one.settled_at:
            assert one.settled_at == week_of(one.completed_at).paid_at


def test_a_household_has_taxes_withheld(household: Client) -> None:
    """One per cent VAT and half a per cent income tax of what is paid, as lines of their own, named as the site is told."""
    household.site.rules.vat_fee_name = "Thuế GTGT khấu trừ"
    trade(household, 30)
    rows = transactions(household)
    taxes = [row for row in rows if row["transaction_type"] == "Orders-Taxes"]
    assert {row["fee_name"] for row in taxes} >= {"Thuế GTGT khấu trừ", "PIT Withholding"}
    one = household.sandbox.world.orders("lazada")[0]
    price_vnd = one.lines[0].unit_price_vnd
    own = [vnd(row["amount"]) for row in taxes if row["order_no"] == number_of(0)][:2]
    assert (one.seller_voucher_vnd, own) == (0, [-price_vnd // 100, -price_vnd // 200])


def test_a_cooperative_files_its_own_taxes(shop: Client) -> None:
    """Nothing is withheld from a legal entity."""
    trade(shop, 30)
    assert [row for row in transactions(shop) if row["transaction_type"] == "Orders-Taxes"] == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"start_time": None}, "MissingParameter"),
        ({"start_time": "01/10/2026"}, "17"),
        ({"end_time": "2027-03-30"}, "1000012"),
        ({"limit": 501}, "19"),
    ],
)
def test_queries_refused(shop: Client, params: dict[str, Any], code: str) -> None:
    """Less than 180 days, five hundred lines."""
    assert shop.get("/finance/transaction/details/get", **(YEAR | params))["code"] == code


def test_seeded_mistakes(shop: Client) -> None:
    """One commission twice, one refund missing, one payout short by an order: each is there, and told to who asks the site."""
    shop.site.rules.statement_errors = True
    trade(shop)
    mistakes = {one["kind"]: one for one in shop.site.seeded_errors()}
    assert sorted(mistakes) == ["fee_charged_twice", "missing_refund", "order_not_paid"]
    rows, world = transactions(shop), shop.sandbox.world

    def excess(kind: str) -> int:
        one = mistakes[kind]
        order = world.orders("lazada")[int(one["order"]) - FIRST_ORDER]
        return total([row for row in rows if row["order_no"] == one["order"]]) - world.payout_vnd(order)

    assert excess("fee_charged_twice") == mistakes["fee_charged_twice"]["amount_vnd"] < 0
    assert excess("missing_refund") == mistakes["missing_refund"]["amount_vnd"] > 0
    differences = {
        one["statement_number"]: total([row for row in rows if row["statement"].endswith(sunday(one))])
        - vnd(one["closing_balance"])
        for one in statements(shop)
    }
    short = mistakes["order_not_paid"]
    assert {number: gap for number, gap in differences.items() if gap} == {short["statement"]: -short["amount_vnd"]}


def test_no_mistakes_unless_asked_for(shop: Client) -> None:
    """The played marketplace is honest by default."""
    trade(shop, 30)
    assert shop.site.seeded_errors() == []
