"""A producer's statement: its own lines alone, every payout once."""

from datetime import date

import pytest

from analysis.money.statement import producer_statement
from analysis.report import ReportError
from models import Shop
from tests.analysis.books import OCTOBER, Books, Line, local, period

NOVEMBER = period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def shop(books: Books) -> Shop:
    books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    books.product("P2", "Miến", books.producer("HTX2", "HTX Miến"))
    return books.shop("Gian A", "shopee", orders=local(11, 1))


def test_a_payout_is_in_the_month_that_paid_it(books: Books, shop: Shop) -> None:
    """Ordered in October, paid in November: October's statement has the order, November's the money; the other producer's part is nobody's business."""
    order = books.order(
        shop, "1", local(10, 30), Line("P1-1", 1, 75_000), Line("P2-1", 1, 25_000), settled_at=local(11, 3)
    )
    books.money(order, "settled", {"original_cost_of_goods_sold": 100_000, "commission_fee": -8_000}, "2026-11-03")
    first = producer_statement(books.session, OCTOBER, ["producer=HTX1"])
    assert [(row["product"], row["stage"], row["units"], row["net_vnd"]) for row in first.rows] == [
        ("Trà", "placed", 1, 75_000)
    ]
    second = producer_statement(books.session, NOVEMBER, ["producer=HTX1"])
    assert [(row["stage"], row["gross_vnd"], row["fee_vnd"], row["net_vnd"]) for row in second.rows] == [
        ("settled", 75_000, -6_000, 69_000)
    ]
    assert second.notes[0] == (
        "Đã trả trong kỳ: 69.000 ₫. Đang chờ trả của đơn đặt trong kỳ: 0 ₫ (ước tính của sàn, có thể thay đổi)."
    )
    assert second.coverage["producer"] == {
        "producer_code": "HTX1",
        "producer": "HTX Trà",
        "commune": None,
        "tax_code": None,
    }


@pytest.mark.parametrize("by", [[], ["product"], ["producer=HTX1", "month"], ["producer=HTX1", "producer=HTX2"]])
def test_it_is_of_exactly_one_producer(books: Books, shop: Shop, by: list[str]) -> None:  # noqa: ARG001 - the register
    """The sentence says how to ask."""
    with pytest.raises(ReportError, match="cần đúng một chủ thể: thêm --by producer=MÃ"):
        producer_statement(books.session, OCTOBER, by)


def test_an_unknown_producer_is_named(books: Books) -> None:
    """Never an empty statement for a mistyped code."""
    with pytest.raises(ReportError, match="không có chủ thể mã «HTX9»"):
        producer_statement(books.session, OCTOBER, ["producer=HTX9"])
