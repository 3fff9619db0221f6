"""Lazada's finance transactions and payouts as money lines and statements (reference, section 4.4)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import MoneyStage
from connectors.facts.statement import StatementLine
from tests.connectors.lazada_desk import NOW, Asked, Desk, ok, open_desk

WEEK_1 = "09 Nov 2026 - 15 Nov 2026"
WEEK_2 = "16 Nov 2026 - 22 Nov 2026"
WEEK_3 = "23 Nov 2026 - 29 Nov 2026"
CUT_1, CUT_2 = "2026-11-16 00:23:04", "2026-11-23 00:23:04"


def transaction(day: str, statement: str, order: str, amount: str, **changes: Any) -> dict[str, Any]:
    facts = {
        "transaction_date": day,
        "transaction_type": "Orders-Sales",
        "fee_type": "13",
        "fee_name": "Item Price Credit",
        "transaction_number": "VN1A2B3C-9K2",
        "amount": amount,
        "VAT_in_amount": "-921.82",
        "WHT_amount": "0.00",
        "WHT_included_in_amount": "No",
        "statement": statement,
        "paid_status": "Not paid",
        "order_no": order,
        "orderItem_no": order and f"{order}01",
    }
    return facts | changes


def fee(day: str, statement: str, order: str, amount: str) -> dict[str, Any]:
    return transaction(day, statement, order, amount, fee_type="3", fee_name="Commission")


def payout(number: str, cut: str, balance: str, **changes: Any) -> dict[str, Any]:
    facts = {
        "statement_number": number,
        "created_at": cut,
        "updated_at": cut,
        "opening_balance": "0.00",
        "closing_balance": balance,
        "item_revenue": "4100000.00",
        "fees_total": "-137590.00",
        "payout": f"{balance} VND",
        "paid": "0",
    }
    return facts | changes


BOOKED = [
    transaction("10 Nov 2026", WEEK_1, "41", "169000.00"),
    fee("10 Nov 2026", WEEK_1, "41", "-10140.00"),
    transaction("17 Nov 2026", WEEK_2, "41", "-169000.00", fee_type="130", fee_name="Reversal Item Price Credit"),
    transaction("20 Nov 2026", WEEK_2, "42", "250000.00"),
    fee("20 Nov 2026", WEEK_2, "42", "-15000.00"),
    transaction("20 Nov 2026", WEEK_2, "", "-50000.00", fee_type="90", fee_name="Sponsored Discovery"),
    transaction("23 Nov 2026", WEEK_3, "43", "90000.00"),
]
PAYOUTS = [
    payout("VN1A2B3C-20261122", CUT_2, "16000.00"),
    payout("VN1A2B3C-20261115", CUT_1, "158860.00", paid="1", updated_at="2026-11-18 10:00:00"),
]


@pytest.fixture
def desk() -> Iterator[Desk]:
    with open_desk() as opened:
        yield opened


@pytest.fixture
def books(desk: Desk) -> Desk:
    """Two weeks cut, one paid, one open."""
    keep(desk, BOOKED)
    desk.say("/finance/payout/status/get", ok(PAYOUTS))
    return desk


def keep(desk: Desk, booked: list[dict[str, Any]]) -> None:
    def answer(asked: Asked) -> dict[str, Any]:
        start, end = (date.fromisoformat(asked[name]) for name in ("start_time", "end_time"))
        assert end - start < timedelta(days=180)
        found = [one for one in booked if start <= datetime.strptime(one["transaction_date"], "%d %b %Y").date() <= end]  # noqa: DTZ007 - a day has no zone
        at = int(asked["offset"])
        return ok(found[at : at + int(asked["limit"])])

    desk.say("/finance/transaction/details/get", answer)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def test_an_order_of_a_cut_week_is_settled_line_by_line(books: Desk) -> None:
    """Each amount with Lazada's own type and name, its sign, the piece it is for and the statement that names it."""
    connector = books.connector()
    assert list(connector.pull_settled(NOW - timedelta(days=2), NOW)) == ["41", "42"]
    (income,) = connector.pull_income(["42"])
    assert [
        (line.code, line.amount_vnd, line.stage, line.statement, line.line_external_id) for line in income.lines
    ] == [
        ("13 Item Price Credit", 250_000, MoneyStage.SETTLED, "VN1A2B3C-20261122", "4201"),
        ("3 Commission", -15_000, MoneyStage.SETTLED, "VN1A2B3C-20261122", "4201"),
    ]
    assert (income.payout_vnd, income.settled_at) == (None, None)  # no total of an order is told; cut, not yet paid


def test_a_payout_names_its_orders_when_it_is_paid(books: Desk) -> None:
    """A payout that is marked paid names its orders again; one with money in an unpaid week is not settled yet."""
    connector = books.connector()
    since = moment("2026-11-18 09:00:00")
    assert list(connector.pull_settled(since, since + timedelta(hours=2))) == ["41"]
    (income,) = connector.pull_income(["41"])
    assert income.settled_at is None  # its refund is in a week that is not paid


def test_all_paid_is_settled(desk: Desk) -> None:
    """The last of its payouts counts."""
    keep(desk, BOOKED[:2])
    desk.say("/finance/payout/status/get", ok(PAYOUTS[1:]))
    (income,) = desk.connector().pull_income(["41"])
    assert income.settled_at == moment("2026-11-18 10:00:00")


def test_an_open_week_is_processing(books: Desk) -> None:
    """No payout names it yet; an order without any transaction is left out."""
    (income,) = books.connector().pull_income(["43", "99", "43"])
    assert [(line.amount_vnd, line.stage, line.statement) for line in income.lines] == [
        (90_000, MoneyStage.PROCESSING, ""),
    ]
    assert (income.order_external_id, income.settled_at) == ("43", None)


def test_a_fee_charged_twice_is_two_lines(desk: Desk) -> None:
    """Two rows of one fee, piece and statement: neither is taken for a repetition, nor are they hidden in a sum."""
    keep(desk, [*BOOKED, fee("21 Nov 2026", WEEK_2, "42", "-15000.00")])
    desk.say("/finance/payout/status/get", ok(PAYOUTS))
    (income,) = desk.connector().pull_income(["42"])
    assert [(line.code, line.amount_vnd) for line in income.lines] == [
        ("13 Item Price Credit", 250_000), ("3 Commission", -15_000), ("3 Commission", -15_000),
    ]  # fmt: skip


@pytest.mark.parametrize(("included", "credit"), [("No", 169_000), ("Yes", 171_535)])
def test_withheld_tax_is_a_line_of_its_own(desk: Desk, included: str, credit: int) -> None:
    """Beside the amount, or taken out of it where Lazada says that it is inside."""
    row = BOOKED[0] | {"WHT_amount": "-2535.00", "WHT_included_in_amount": included}
    keep(desk, [row])
    desk.say("/finance/payout/status/get", ok(PAYOUTS))
    (income,) = desk.connector().pull_income(["41"])
    assert {line.code: line.amount_vnd for line in income.lines} == {
        "13 Item Price Credit": credit, "13 Item Price Credit WHT_amount": -2_535,
    }  # fmt: skip


def test_a_fraction_of_a_dong_is_an_error(desk: Desk) -> None:
    """The tax inside a fee may have one, and is no money of its own; the fee itself may not."""
    keep(desk, [BOOKED[0] | {"amount": "169000.50"}])
    desk.say("/finance/payout/status/get", ok([]))
    with pytest.raises(UnexpectedAnswerError, match="amount"):
        list(desk.connector().pull_income(["41"]))


def test_a_period_that_cannot_be_read_is_loud(desk: Desk) -> None:
    """The statement's name is what joins transactions and payouts."""
    keep(desk, [BOOKED[0] | {"statement": "Tuần 46"}])
    desk.say("/finance/payout/status/get", ok([]))
    with pytest.raises(UnexpectedAnswerError, match="Tuần 46"):
        list(desk.connector().pull_income(["41"]))


def test_more_than_five_hundred_lines_are_paged(desk: Desk) -> None:
    """No total is told: a short page ends them; each is asked for once a run."""
    keep(desk, [transaction("20 Nov 2026", WEEK_2, str(number), "1000.00") for number in range(1_000)])
    desk.say("/finance/payout/status/get", ok(PAYOUTS))
    connector = desk.connector()
    found = list(connector.pull_settled(NOW - timedelta(days=2), NOW))
    assert len(found) == 1_000
    assert sum(len(list(connector.pull_income(found[at : at + 50]))) for at in range(0, 1_000, 50)) == 1_000
    assert [asked["offset"] for asked in desk.asked["/finance/transaction/details/get"]] == ["0", "500", "1000"]
    assert len(desk.asked["/finance/payout/status/get"]) == 1


def test_a_week_read_in_part_is_not_told(desk: Desk) -> None:
    """Storing half of a statement's amounts would take the other half away."""
    long_ago = "24 Aug 2026 - 30 Aug 2026"  # the reading begins on 26 August
    keep(desk, [transaction("27 Aug 2026", long_ago, "40", "1000.00"), *BOOKED])
    desk.say("/finance/payout/status/get", ok(PAYOUTS))
    assert list(desk.connector().pull_income(["40"])) == []


def test_a_statement_says_its_total_each_order_and_what_belongs_to_none(books: Desk) -> None:
    """Under its number, with the week its transactions name; the total is for others to compare with them."""
    (statement,) = books.connector().pull_statements(NOW - timedelta(days=2), NOW)
    assert (statement.external_id, statement.total_vnd, statement.payout_vnd) == ("VN1A2B3C-20261122", 16_000, 16_000)
    assert (statement.period_start, statement.period_end) == (
        moment("2026-11-16 00:00:00"),
        moment("2026-11-23 00:00:00"),
    )
    assert (statement.paid_at, statement.raw_state) == (None, "paid=0")
    assert statement.lines == (
        StatementLine(order_external_id="41", code="order", amount_vnd=-169_000),
        StatementLine(order_external_id="42", code="order", amount_vnd=235_000),
        StatementLine(code="90 Sponsored Discovery", amount_vnd=-50_000),
    )
    assert sum(line.amount_vnd for line in statement.lines) == statement.total_vnd


def test_what_was_carried_over_is_a_line(desk: Desk) -> None:
    """Else the total would not be what its lines come to."""
    keep(desk, BOOKED)
    desk.say(
        "/finance/payout/status/get", ok([PAYOUTS[0] | {"opening_balance": "-4000.00", "closing_balance": "12000"}])
    )
    (statement,) = desk.connector().pull_statements(NOW - timedelta(days=2), NOW)
    assert statement.lines[0] == StatementLine(code="opening_balance", amount_vnd=-4_000)
    assert sum(line.amount_vnd for line in statement.lines) == statement.total_vnd == 12_000


def test_a_payout_without_transactions_keeps_its_number(desk: Desk) -> None:
    """It says only its total: the difference is shown, not absorbed."""
    keep(desk, [])
    desk.say("/finance/payout/status/get", ok(PAYOUTS))
    said = list(desk.connector().pull_statements(NOW - timedelta(days=30), NOW))
    assert [(one.external_id, one.total_vnd, one.lines) for one in said] == [
        ("VN1A2B3C-20261122", 16_000, ()),
        ("VN1A2B3C-20261115", 158_860, ()),
    ]
