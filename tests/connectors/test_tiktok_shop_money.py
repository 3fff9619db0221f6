"""TikTok Shop: statements, estimates and sales figures, from the reference's own examples."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.errors import (
    UnsupportedError,
)
from connectors.facts.listing import ListingRef
from connectors.facts.order import MoneyStage
from tests.connectors.tiktok_shop_desk import NOW, PRODUCT, REF, SKU, Counter, opened


@pytest.fixture
def desk() -> Iterator[Counter]:
    with opened() as counter:
        yield counter


STATEMENTS = "GET /finance/202309/statements"
TRANSACTIONS = "GET /finance/202501/statements/7400000000000000001/statement_transactions"
STORY = "GET /finance/202501/orders/580000000000000001/statement_transactions"
UNSETTLED = "GET /finance/202507/orders/unsettled"


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "id": "7400000000000000001", "statement_time": 1795392000, "currency": "VND", "settlement_amount": "291850",
        "revenue_amount": "350000", "fee_amount": "-58150", "adjustment_amount": "0", "payment_status": "PAID",
        "payment_id": "3", "payment_time": 1795410000, **changes,
    }  # fmt: skip


def transaction(**changes: Any) -> dict[str, Any]:
    """The reference's example."""
    return {
        "id": "3458764513820540001", "type": "ORDER", "order_id": "580000000000000001",
        "order_create_time": 1795000000, "settlement_amount": "291850", "revenue_amount": "350000",
        "revenue_breakdown": {"subtotal_before_discount_amount": "370000", "seller_discount_amount": "-20000",
                              "refund_subtotal_before_discount_amount": "0", "seller_discount_refund_amount": "0"},
        "shipping_cost_amount": "0",
        "shipping_cost_breakdown": {"actual_shipping_fee_amount": "-25000", "shipping_fee_discount_amount": "25000",
                                    "customer_paid_shipping_fee_amount": "0", "return_shipping_fee_amount": "0",
                                    "supplementary_component": {"platform_shipping_fee_discount_amount": "25000"}},
        "fee_tax_amount": "-58150",
        "fee_tax_breakdown": {"fee": {"platform_commission_amount": "-28000", "transaction_fee_amount": "-17500",
                                      "vn_fix_infrastructure_fee": "-3000", "affiliate_commission_amount": "-4400",
                                      "affiliate_commission_amount_before_pit": "-4400",
                                      "voucher_xtra_service_fee_amount": "0", "sfp_service_fee_amount": "0"},
                              "tax": {"local_vat_amount": "-3500", "pit_amount": "-1750", "vat_amount": "0"}},
        "supplementary_component": {"customer_payment_amount": "320000", "customer_refund_amount": "0",
                                    "platform_discount_amount": "30000"},
        **changes,
    }  # fmt: skip


WINDOW = (NOW - timedelta(days=2), NOW)


def test_a_statement_names_every_amount_with_its_sign(desk: Counter) -> None:
    """Withheld taxes are lines of their own, the affiliate's commission counts once, and the lines are TikTok's own total."""
    desk.answers[STATEMENTS], desk.answers[TRANSACTIONS] = (
        [{"statements": [statement()]}],
        [{"id": "7400000000000000001", "total_count": 1, "transactions": [transaction()]}],
    )
    assert list(desk.api.pull_settled(*WINDOW)) == ["580000000000000001"]
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert {line.code: line.amount_vnd for line in income.lines} == {
        "subtotal_before_discount_amount": 370_000, "seller_discount_amount": -20_000,
        "actual_shipping_fee_amount": -25_000, "shipping_fee_discount_amount": 25_000,
        "platform_commission_amount": -28_000, "transaction_fee_amount": -17_500, "vn_fix_infrastructure_fee": -3_000,
        "affiliate_commission_amount": -4_400, "local_vat_amount": -3_500, "pit_amount": -1_750,
    }  # fmt: skip
    assert {(line.stage, line.statement) for line in income.lines} == {(MoneyStage.SETTLED, "7400000000000000001")}
    assert income.payout_vnd == sum(line.amount_vnd for line in income.lines) == 291_850
    assert income.settled_at == datetime.fromtimestamp(1795392000, UTC)
    assert desk.last(STATEMENTS).query["sort_field"] == "statement_time"
    assert desk.last(TRANSACTIONS).query["sort_field"] == "order_create_time"
    assert len(desk.asked) == 3  # the shop's cipher, the statements, one page of a hundred transactions


def test_a_statement_is_told_in_its_own_words(desk: Counter) -> None:
    """Its total, what each order comes to, and what belongs to no order."""
    ads = {"id": "2", "type": "GMV_PAYMENT_FOR_ADS", "adjustment_id": "5", "adjustment_amount": "-50000",
           "settlement_amount": "-50000"}  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement(settlement_amount="241850")]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [transaction(), ads]}]
    (told,) = desk.api.pull_statements(*WINDOW)
    assert (told.external_id, told.total_vnd, told.payout_vnd) == ("7400000000000000001", 241_850, None)
    assert (told.raw_state, told.paid_at) == ("PAID", datetime.fromtimestamp(1795410000, UTC))
    assert [(line.order_external_id, line.code, line.amount_vnd) for line in told.lines] == [
        ("580000000000000001", "ORDER", 291_850), ("", "GMV_PAYMENT_FOR_ADS", -50_000),
    ]  # fmt: skip


def test_an_adjustment_of_an_order_is_a_line_of_it(desk: Counter) -> None:
    """Under the name of its kind; a reserve is held back, not earned."""
    back = {
        "id": "2",
        "type": "LOGISTICS_REIMBURSEMENT",
        "adjustment_id": "5",
        "adjustment_order_id": "580000000000000001",
        "adjustment_amount": "12000",
        "settlement_amount": "12000",
    }
    reserve = {"id": "3", "type": "RESERVE", "reserve_id": "6", "reserve_amount": "-1000"}  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [transaction(), back, reserve]}]
    list(desk.api.pull_settled(*WINDOW))
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert [line.amount_vnd for line in income.lines if line.code == "LOGISTICS_REIMBURSEMENT"] == [12_000]
    assert income.payout_vnd == 303_850


def test_a_fee_named_twice_stays_two_lines(desk: Counter) -> None:
    """It must not look like one fee; TikTok's own totals are added, not ours."""
    again = transaction(id="2", settlement_amount="-28000", revenue_amount="0", revenue_breakdown={},
                        shipping_cost_breakdown={}, fee_tax_amount="-28000",
                        fee_tax_breakdown={"fee": {"platform_commission_amount": "-28000"}})  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [transaction(), again]}]
    list(desk.api.pull_settled(*WINDOW))
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert [line.amount_vnd for line in income.lines if line.code == "platform_commission_amount"] == [-28_000, -28_000]
    assert income.payout_vnd == 263_850


def test_an_amount_of_an_unknown_name_counts_only_when_it_is_missing(
    desk: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    """Fee names grow: one that closes the part's total is a line, one beside a closed total explains; both are warned of."""
    closing = {"fee": {"platform_commission_amount": "-28000", "moon_fee": "-1000"}}
    beside = {"fee": {"platform_commission_amount": "-29000", "moon_fee_before_tax": "-900"}}
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [
        {"transactions": [
            transaction(fee_tax_amount="-29000", fee_tax_breakdown=closing, settlement_amount="321000"),
            transaction(id="2", order_id="2", fee_tax_amount="-29000", fee_tax_breakdown=beside,
                        settlement_amount="321000"),
        ]}
    ]  # fmt: skip
    incomes = list(desk.api.pull_income(desk.api.pull_settled(*WINDOW)))
    assert [sum(line.amount_vnd for line in income.lines) for income in incomes] == [321_000, 321_000]
    assert [[line.code for line in income.lines if "moon" in line.code] for income in incomes] == [["moon_fee"], []]
    assert [record.code for record in caplog.records] == ["moon_fee", "moon_fee_before_tax"]


def test_a_later_correction_asks_for_the_whole_story(desk: Counter) -> None:
    """The statement at hand names only a refund; what was paid before belongs to the order's money too."""
    refund = transaction(settlement_amount="-150000", revenue_amount="-150000",
                         revenue_breakdown={"refund_subtotal_before_discount_amount": "-150000"},
                         shipping_cost_breakdown={}, fee_tax_amount="0", fee_tax_breakdown={})  # fmt: skip
    desk.answers[STATEMENTS] = [{"statements": [statement()]}]
    desk.answers[TRANSACTIONS] = [{"transactions": [refund]}]
    skus = [
        {"sku_id": SKU, "sku_name": "200g", "product_name": "Trà", "quantity": "2", "statement_id": "1",
         "settlement_amount": "350000", "revenue_breakdown": {"subtotal_before_discount_amount": "350000"}},
        {"sku_id": SKU, "quantity": "1", "statement_id": "7400000000000000001", "settlement_amount": "-150000",
         "revenue_breakdown": {"refund_subtotal_before_discount_amount": "-150000"}},
    ]  # fmt: skip
    desk.answers[STORY] = [{"order_id": "580000000000000001", "settlement_amount": "200000", "currency": "VND",
                            "revenue_amount": "200000", "fee_and_tax_amount": "0", "sku_transactions": skus}]  # fmt: skip
    list(desk.api.pull_settled(*WINDOW))
    (income,) = desk.api.pull_income(["580000000000000001"])
    assert [(line.statement, line.amount_vnd) for line in income.lines] == [
        ("1", 350_000), ("7400000000000000001", -150_000),
    ]  # fmt: skip
    assert income.payout_vnd == 200_000


def test_what_is_not_settled_is_an_estimate(desk: Counter) -> None:
    """Stage processing, no statement; one sweep answers all who ask within five minutes."""
    estimate = {
        "type": "ORDER", "id": "1", "status": "UNSETTLED", "order_id": "580000000000000001",
        "est_settlement_amount": "320000", "est_revenue_amount": "350000", "est_fee_tax_amount": "-30000",
        "est_shipping_cost_amount": "0", "revenue_breakdown": {"subtotal_before_discount_amount": "350000"},
        "fee_tax_breakdown": {"fee": {"platform_commission_amount": "-28000",
                                      "affiliate_commission_before_pit_amount": "-100"},
                              "tax": {"local_vat_amount": "-2000"}},
    }  # fmt: skip
    desk.answers[UNSETTLED] = [{"transactions": [estimate]}]
    for _ in range(2):
        (income,) = desk.api.pull_income(["580000000000000001"])
    assert (income.payout_vnd, income.settled_at) == (320_000, None)
    assert {(line.stage, line.statement) for line in income.lines} == {(MoneyStage.PROCESSING, "")}
    assert sum(line.amount_vnd for line in income.lines) == 320_000
    assert desk.calls().count(UNSETTLED) == 1


def test_an_order_without_any_amount_is_left_out(desk: Counter) -> None:
    """Neither settled nor estimated: nothing is known, which is not 0."""
    desk.answers[UNSETTLED] = [{}]
    desk.answers[STORY] = [{"order_id": "580000000000000001"}]
    assert list(desk.api.pull_income(["580000000000000001"])) == []


PERFORMANCE = "GET /analytics/202605/shop_products/performance"


def test_years_of_sales_are_added_to_the_last_day_there_is(desk: Counter) -> None:
    """No range is over a year or reaches beyond the figures; a product that is nowhere among them is left out, not 0."""
    figures = {"latest_available_date": "2026-11-21", "total_count": 1, "next_page_token": "", "products": [
        {"id": PRODUCT, "total_performance": {"gmv": {"amount": "12580000", "currency": "VND"}, "orders": 61,
                                              "sku_orders": 64, "items_sold": 68, "refunded_items": 2}}]}  # fmt: skip
    desk.answers[PERFORMANCE] = [figures, figures, figures | {"products": []}]
    other = ListingRef(sku="B", external_id="2")
    (item,) = desk.api.pull_metrics([REF, other])
    assert item.sold_total is not None
    assert (item.external_id, item.sold_total.lo, item.sold_total.hi, item.rating_average) == (PRODUCT, 68, 68, None)
    asked = [(one.query["start_date_ge"], one.query["end_date_lt"]) for one in desk.asked if one.call == PERFORMANCE]
    assert asked == [
        ("2026-11-09", "2026-11-10"), ("2022-04-01", "2023-04-01"), ("2023-04-01", "2024-03-31"),
        ("2024-03-31", "2025-03-31"), ("2025-03-31", "2026-03-31"), ("2026-03-31", "2026-11-22"),
    ]  # fmt: skip


def test_reviews_cost_no_request(desk: Counter) -> None:
    """There is no such endpoint."""
    with pytest.raises(UnsupportedError):
        desk.api.pull_reviews(REF)
    assert desk.asked == []
