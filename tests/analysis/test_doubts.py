"""What is odd is counted as its source tells it, and named with its shop, its order, and what to do."""

from datetime import date

import pytest

from analysis.doubts import doubts
from analysis.income import income
from analysis.money.reports import channels
from analysis.revenue import revenue
from analysis.rollup.build import refresh
from models import Shop
from tests.analysis.books import OCTOBER, VIETNAM, Books, Line, local, period, table


@pytest.fixture
def shop(books: Books) -> Shop:
    books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    return books.shop("Gian A", "shopee", orders=local(11, 1))


def test_a_half_read_shop_is_named(books: Books) -> None:
    """Never read, read too late or not far enough: each shop with its own end, and a shop read whole says nothing."""
    books.shop("A", "shopee", orders=local(11, 1))
    books.shop("B", "tiki", orders=local(10, 20, 9, 30), orders_from=local(10, 5))
    books.shop("C", "lazada")
    refresh(books.session, VIETNAM)
    assert doubts(books.session, OCTOBER) == [
        "Gian hàng «B» chỉ được đọc từ 05/10/2026 00:00: đơn đặt trước đó không có trong báo cáo.",
        "Gian hàng «B» mới được đọc đến 20/10/2026 09:30: đơn sau đó chưa có trong báo cáo.",
        "Gian hàng «C» chưa được đọc đơn: số của gian hàng này không có trong báo cáo.",
    ]


def test_a_shop_known_from_files_alone_is_not_said_to_be_missing(books: Books) -> None:
    """Its figures are in the report; only the days whose files were not brought are not."""
    books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    books.order(books.shop("Gian A", "shopee"), "1", local(10, 2), Line("P1-1", 1, 50_000))
    refresh(books.session, VIETNAM)
    assert doubts(books.session, OCTOBER) == [
        "Gian hàng «Gian A» chỉ có đơn từ tệp đã nhập: ngày nào chưa có tệp thì thiếu, hãy nhập đủ tệp của khoảng này."
    ]


def test_orders_that_do_not_add_up_are_named(books: Books, shop: Shop) -> None:
    """A payout that differs, a refund larger than the goods, a negative total, more back than sold, money without a line."""
    paid = {"settled_at": local(10, 9)}
    differs = books.order(shop, "lệch", local(10, 2), Line("P1-1", 1, 50_000), payout_vnd=49_000, **paid)
    books.money(differs, "settled", {"original_cost_of_goods_sold": 50_000})
    refunded = books.order(shop, "hoàn", local(10, 3), Line("P1-1", 1, 50_000), **paid)
    books.money(refunded, "settled", {"original_cost_of_goods_sold": 50_000, "seller_return_refund": -60_000})
    books.order(shop, "thừa", local(10, 4), Line("P1-1", 1, 50_000, cancelled=1, returned=1))
    bare = books.order(shop, "trống", local(10, 5))
    books.money(bare, "settled", {"commission_fee": -700})
    books.order(shop, "thường", local(10, 6), Line("P1-1", 2, 50_000))
    refresh(books.session, VIETNAM)
    report = channels(books.session, OCTOBER, [])
    assert report.oddities == [
        "Gian A: đơn trống có tiền (-700 ₫) mà không có dòng hàng nên không thuộc chủ thể nào: đọc lại bằng `ocop pull orders --since`.",
        "Gian A: đơn thừa huỷ và trả nhiều gói hơn số đã đặt: xem lại đơn trên sàn hoặc tệp đã nhập.",
        "Gian A: đơn hoàn, trống được trả số âm, cộng lại -10.700 ₫: phí hoặc khoản hoàn lớn hơn tiền hàng.",
        "Gian A: đơn lệch có các khoản cộng lại 50.000 ₫ mà sàn báo trả 49.000 ₫: hỏi sàn khoản chênh.",
        "Gian A: đơn hoàn bị hoàn 60.000 ₫ trong khi tiền hàng chỉ 50.000 ₫: hỏi sàn vì sao; số vẫn tính như sàn ghi.",
    ]
    assert [(row["stage"], row["gross_vnd"], row["refund_vnd"], row["net_vnd"]) for row in report.rows] == [
        ("placed", 250_000, -100_000, 150_000),
        ("settled", 100_000, -60_000, 39_300),
    ]
    assert [vnd for *_, vnd in table(income(books.session, OCTOBER, []))] == [-700, 100_000, -60_000]


def test_many_odd_orders_are_one_sentence(books: Books, shop: Shop) -> None:
    """Five are named, the rest counted."""
    for number in range(8):
        books.order(shop, str(number), local(10, 2), payout_vnd=1_000)
    refresh(books.session, VIETNAM)
    assert doubts(books.session, OCTOBER) == [
        "Gian A: đơn 0, 1, 2, 3, 4 và 3 đơn khác có các khoản cộng lại 0 ₫ mà sàn báo trả 8.000 ₫: hỏi sàn khoản chênh."
    ]
    assert doubts(books.session, period(date(2026, 9, 1), date(2026, 9, 30))) == []


def test_months_and_days_of_tet_are_marked(books: Books, shop: Shop) -> None:  # noqa: ARG001 - it was read
    """Tết 2026 is 17 February: its season begins on 18 January; without a time among the keys nothing is marked."""
    winter = period(date(2026, 1, 1), date(2026, 3, 31))
    told = "Mùa Tết (từ 30 ngày trước mùng 1 đến mùng 7): 01/2026: 14 ngày; 02/2026: 23 ngày."
    assert told in revenue(books.session, winter, ["month"]).notes
    assert told in channels(books.session, winter, ["day"]).notes
    assert told not in revenue(books.session, winter, ["shop"]).notes
    assert revenue(books.session, OCTOBER, ["month"]).notes == []
