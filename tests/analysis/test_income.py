"""Money by stage: never added across stages, never counted twice, and every difference shown."""

import pytest
from sqlalchemy.orm import Session

from analysis.income import income
from analysis.report import ReportError
from models import Shop
from tests.analysis.books import OCTOBER, Books, Line, local, table

GOODS, FEE = "Tiền hàng sau giảm giá của người bán", "Phí cố định"
RETURN = "Phí vận chuyển trả hàng (đơn trả hàng/hoàn tiền)"
ESTIMATE = {"original_cost_of_goods_sold": 100_000, "commission_fee": -9_000}
SETTLED = {"original_cost_of_goods_sold": 100_000, "commission_fee": -10_000}


@pytest.fixture
def shop(books: Books) -> Shop:
    return books.shop("Gian A", "shopee", orders=local(11, 1))


def test_stages_stand_apart(books: Books, shop: Shop) -> None:
    """The same code at three stages is three rows; amounts of one stage add up over orders, signed."""
    first = books.order(shop, "1", local(10, 5), Line("X", 1, 100_000), payout_vnd=91_000)
    second = books.order(shop, "2", local(10, 6), Line("X", 1, 100_000), payout_vnd=90_000, settled_at=local(10, 20))
    third = books.order(shop, "3", local(10, 7), Line("X", 1, 100_000), payout_vnd=91_000)
    for order in (first, second, third):
        books.money(order, "placed", {"original_cost_of_goods_sold": 100_000})
    for order in (first, third):
        books.money(order, "processing", ESTIMATE)
    books.money(second, "settled", SETTLED)
    report = income(books.session, OCTOBER, [])
    assert report.columns == ("shop", "stage", "code", "meaning", "amount_vnd")
    assert table(report) == [
        ("Gian A", "placed", "original_cost_of_goods_sold", GOODS, 300_000),
        ("Gian A", "processing", "commission_fee", FEE, -18_000),
        ("Gian A", "processing", "original_cost_of_goods_sold", GOODS, 200_000),
        ("Gian A", "settled", "commission_fee", FEE, -10_000),
        ("Gian A", "settled", "original_cost_of_goods_sold", GOODS, 100_000),
    ]
    assert (report.stage, report.notes) == ("by row", [])
    assert (report.coverage["orders_not_settled"], report.coverage["complete"]) == (2, True)


def test_an_estimate_ends_when_the_money_came(books: Books, shop: Shop) -> None:
    """What is still to come must not hold what has come."""
    order = books.order(shop, "1", local(10, 5), Line("X", 1, 100_000), payout_vnd=90_000, settled_at=local(10, 20))
    books.money(order, "processing", ESTIMATE)
    books.money(order, "settled", SETTLED)
    report = income(books.session, OCTOBER, [])
    assert table(report) == [
        ("Gian A", "settled", "commission_fee", FEE, -10_000),
        ("Gian A", "settled", "original_cost_of_goods_sold", GOODS, 100_000),
    ]
    assert report.notes == []


def test_an_amount_of_a_statement_not_yet_paid_is_counted_once(books: Books, shop: Shop) -> None:
    """The statement names the goods, the fee is still an estimate, and the order has no payout yet."""
    order = books.order(shop, "1", local(10, 5), Line("X", 1, 100_000))
    books.money(order, "processing", ESTIMATE)
    books.money(order, "settled", {"original_cost_of_goods_sold": 100_000}, "S")
    assert table(income(books.session, OCTOBER, [])) == [
        ("Gian A", "processing", "commission_fee", FEE, -9_000),
        ("Gian A", "settled", "original_cost_of_goods_sold", GOODS, 100_000),
    ]


@pytest.mark.parametrize("state", ["unpaid", "cancelled", "returned"])
def test_an_undone_order_has_settled_money_only(books: Books, shop: Shop, state: str) -> None:
    """What was said and expected came to nothing; a fee that was really taken stays."""
    order = books.order(
        shop, "1", local(10, 5), Line("X", 1, 100_000), state=state, payout_vnd=-5_000, settled_at=local(10, 20)
    )
    books.money(order, "placed", {"original_cost_of_goods_sold": 100_000})
    books.money(order, "processing", ESTIMATE)
    books.money(order, "settled", {"reverse_shipping_fee": -5_000})
    report = income(books.session, OCTOBER, [])
    assert table(report) == [("Gian A", "settled", "reverse_shipping_fee", RETURN, -5_000)]
    assert (report.notes, report.coverage["orders_not_settled"]) == ([], 0)


@pytest.mark.parametrize("state", ["unpaid", "cancelled", "returned"])
def test_no_payout_is_awaited_for_an_undone_order(books: Books, shop: Shop, state: str) -> None:
    """Its money does not come, so it is not counted as still to come."""
    books.order(shop, "1", local(10, 5), Line("X", 1, 100_000), state=state)
    assert income(books.session, OCTOBER, []).coverage["orders_not_settled"] == 0


def test_every_difference_is_shown(books: Books, shop: Shop) -> None:
    """Lines against the payout named: settled, estimated, or without a single line. No payout named: nothing to compare."""
    settled = books.order(shop, "D1", local(10, 5), payout_vnd=1_090_001, settled_at=local(10, 20))
    books.money(settled, "processing", {"original_cost_of_goods_sold": 1_090_001})
    books.money(settled, "settled", {"original_cost_of_goods_sold": 1_100_000, "commission_fee": -10_000})
    books.money(books.order(shop, "D2", local(10, 6), payout_vnd=91_500), "processing", ESTIMATE)
    books.order(shop, "D3", local(10, 7), payout_vnd=-2_000)
    books.money(books.order(shop, "D4", local(10, 8)), "processing", ESTIMATE)
    assert income(books.session, OCTOBER, []).notes == [
        "Đơn D1 của Gian A: các khoản cộng lại 1.090.000 ₫, sàn báo trả 1.090.001 ₫.",
        "Đơn D2 của Gian A: các khoản cộng lại 91.000 ₫, sàn báo trả 91.500 ₫.",
        "Đơn D3 của Gian A: các khoản cộng lại 0 ₫, sàn báo trả -2.000 ₫.",
    ]


def test_money_belongs_to_the_day_of_its_order(books: Books, shop: Shop) -> None:
    """Orders placed in the period, whenever they were paid out; an order of November is not October's, nor its difference."""
    for number, at in (("1", local(10, 31, 23, 59, 59)), ("2", local(11, 1))):
        order = books.order(shop, number, at, payout_vnd=7, settled_at=local(11, 20))
        books.money(order, "settled", {"original_cost_of_goods_sold": 7 if number == "1" else 8})
    report = income(books.session, OCTOBER, [])
    assert (table(report), report.notes) == ([("Gian A", "settled", "original_cost_of_goods_sold", GOODS, 7)], [])


def test_an_unknown_name_and_an_amount_that_went_the_other_way_are_named(books: Books, shop: Shop) -> None:
    """Both count as the marketplace tells them."""
    books.money(books.order(shop, "1", local(10, 5)), "settled", {"commission_fee": -10_000, "phi_la": -1_000}, "S")
    books.money(books.order(shop, "2", local(10, 6)), "settled", {"commission_fee": 4_000}, "S")
    report = income(books.session, OCTOBER, [])
    assert table(report) == [
        ("Gian A", "settled", "commission_fee", FEE, -6_000),
        ("Gian A", "settled", "phi_la", None, -1_000),
    ]
    assert report.notes == [
        "Khoản «phi_la» chưa có trong bảng mã khoản tiền: hỏi sàn nghĩa của nó rồi bổ sung vào bảng.",
        (
            "Khoản «commission_fee» của Gian A (settled) có 4.000 ₫ ngược chiều thường lệ: sàn hoàn lại, hoặc ghi sai dấu. "
            "Số giữ nguyên như sàn ghi."
        ),
    ]


def test_an_order_of_several_sources_is_one_and_is_counted_as_such(books: Books, shop: Shop) -> None:
    """In two files of one kind, or in a file beside the API; an order file and its income file are no two sources."""
    for number in ("two files", "file and API", "order and income"):
        books.money(books.order(shop, number, local(10, 5)), "settled", {"commission_fee": -1_000}, "S")
    for kind, told in {
        "shopee.orders": {"two files": "new", "file and API": "exact", "order and income": "new"},
        "shopee.income": {"order and income": "new"},
    }.items():
        books.imported(shop, kind, told)
    books.imported(shop, "shopee.orders", {"two files": "unchanged"})
    report = income(books.session, OCTOBER, [])
    assert table(report) == [("Gian A", "settled", "commission_fee", FEE, -3_000)]
    assert report.notes == [
        "2 đơn của Gian A có ở nhiều nguồn (API và tệp, hoặc nhiều tệp): mỗi đơn tính một lần, theo nguồn chính xác hơn."
    ]


def test_other_keys_are_refused(session: Session) -> None:
    """An amount of an order has no product, so no key that would pretend so."""
    with pytest.raises(ReportError, match="luôn chia theo gian hàng, giai đoạn và khoản"):
        income(session, OCTOBER, ["product"])
