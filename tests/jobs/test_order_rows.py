"""An order as a row is what the connector told, in the form the tables keep."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from connectors.facts.order import Income, MoneyLine, MoneyStage, Order, OrderLine, OrderState
from jobs.order_rows import order_row

AT = datetime(2026, 4, 30, 17, 30, tzinfo=UTC)  # the first of May in Vietnam


def test_blanks_around_texts_are_not_kept() -> None:
    """A SKU typed with a blank behind it is still the register's; the month is Vietnam's."""
    line = OrderLine(
        external_id="1", sku=" CHE-200 ", item_external_id="9", name=" Chè ", quantity=2, unit_price_vnd=1_000
    )
    row = order_row(
        Order(
            external_id="A", state=OrderState.PLACED, raw_state="READY", placed_at=AT, updated_at=AT, province=" Thái Nguyên",
            lines=(line,), raw="{}",
        ),
        ZoneInfo("Asia/Ho_Chi_Minh"),
    )  # fmt: skip
    assert (row.province, row.placed_month) == ("Thái Nguyên", 202605)
    assert row.lines == (("1", "CHE-200", "9", "Chè", 2, 0, 0, 1_000, None),)


def test_an_income_that_waits_is_the_same_afterwards() -> None:
    """To the đồng and the second."""
    fee = MoneyLine(code="commission_fee", amount_vnd=-23_100, stage=MoneyStage.SETTLED, statement="2026-05-01")
    income = Income(order_external_id="A", lines=(fee,), payout_vnd=271_000, settled_at=AT)
    assert Income.from_json(income.as_json()) == income
