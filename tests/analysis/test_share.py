"""Online share: never printed without its other half, over whole months, and with what makes it doubtful beside it."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from analysis.report import ReportError
from analysis.share import online_share, overall_share
from models import Producer
from tests.analysis.books import AUTUMN, OCTOBER, Books, Line, local, period, table

DEMONSTRATION = "Doanh thu ngoài mạng là số minh hoạ, không phải số thật."
NONE_IN_NOVEMBER = "Chưa có doanh thu ngoài mạng của tháng 11/2026: không tính tỷ trọng."

TOLD_TWICE = (
    "1 chủ thể có doanh thu ngoài mạng của một tháng từ nhiều nguồn hoặc vừa khai chung vừa khai từng sản phẩm: "
    "có thể bị tính hai lần."
)


def _producers(books: Books) -> tuple[Producer, Producer]:
    tea, noodles = books.session.query(Producer).order_by(Producer.code)
    return tea, noodles


def test_share_of_each_month_and_of_all(autumn: Books) -> None:
    """Online over both, to four decimals: 515.000 of 2.060.000, and 90.000 of 100.000."""
    tea, noodles = _producers(autumn)
    autumn.offline(tea, 202610, 1_000_000)
    autumn.offline(noodles, 202610, 545_000)
    autumn.offline(noodles, 202611, 10_000)
    report = online_share(autumn.session, AUTUMN, [])
    assert report.columns == ("month", "online_vnd", "offline_vnd", "online_share", "producers_undeclared")
    assert table(report) == [(202610, 515_000, 1_545_000, 0.25, 0), (202611, 90_000, 10_000, 0.9, 0)]
    assert (report.notes, report.stage) == ([], "placed")
    assert overall_share(report) == 0.2801  # 605.000 of 2.160.000


def test_no_share_where_the_offline_side_is_missing(autumn: Books) -> None:
    """One month without declarations has no share, nor has the whole; the report says which month."""
    tea, noodles = _producers(autumn)
    autumn.offline(tea, 202610, 1_000_000)
    autumn.offline(noodles, 202610, 545_000)
    report = online_share(autumn.session, AUTUMN, [])
    assert table(report) == [(202610, 515_000, 1_545_000, 0.25, 0), (202611, 90_000, None, None, 1)]
    assert report.notes == [NONE_IN_NOVEMBER]
    assert overall_share(report) is None


def test_declarations_of_other_months_do_not_help(autumn: Books) -> None:
    """A declaration counts for its own month, in its own year."""
    tea, _ = _producers(autumn)
    for month in (202509, 202510, 202609, 202611):
        autumn.offline(tea, month, 1_000)
    assert table(online_share(autumn.session, OCTOBER, [])) == [(202610, 515_000, None, None, 2)]


def test_who_has_not_declared_is_counted(autumn: Books) -> None:
    """Two sold online, one declared: the share is too high, and the row and a note say so. An unknown SKU has no producer."""
    tea, _ = _producers(autumn)
    autumn.offline(tea, 202610, 1_545_000)
    report = online_share(autumn.session, OCTOBER, [])
    assert table(report) == [(202610, 515_000, 1_545_000, 0.25, 1)]
    assert report.notes == [
        "Tháng 10/2026: 1 chủ thể bán trực tuyến chưa khai doanh thu ngoài mạng, tỷ trọng có thể cao hơn thực tế."
    ]


def test_part_of_a_month_is_widened_to_the_whole(autumn: Books) -> None:
    """Declarations are of whole months; ten days online against a month offline would be a share of nothing."""
    for producer in _producers(autumn):
        autumn.offline(producer, 202610, 772_500)
    report = online_share(autumn.session, period(date(2026, 10, 20), date(2026, 10, 21)), [])
    assert table(report) == [(202610, 515_000, 1_545_000, 0.25, 0)]
    assert report.period == OCTOBER
    assert report.notes == ["Doanh thu ngoài mạng khai theo tháng nên bảng tính trọn tháng: 01/10/2026 – 31/10/2026."]


def test_demonstration_amounts_are_never_shown_as_real(autumn: Books) -> None:
    """One example among the amounts is enough for the note; an example of another month is not."""
    tea, noodles = _producers(autumn)
    autumn.offline(tea, 202610, 1_000_000, is_demonstration=True)
    autumn.offline(noodles, 202610, 545_000)
    assert online_share(autumn.session, OCTOBER, []).notes == [DEMONSTRATION]
    november = period(date(2026, 11, 1), date(2026, 11, 30))
    assert online_share(autumn.session, november, []).notes == [NONE_IN_NOVEMBER]


@pytest.mark.parametrize("second", [{"source": "pos"}, {"product_key": "P1"}])
def test_money_that_may_be_told_twice_is_pointed_at(autumn: Books, second: dict[str, str]) -> None:
    """A till's file beside a declaration, or products beside the whole: the sum stands, and the doubt beside it."""
    tea, noodles = _producers(autumn)
    autumn.offline(noodles, 202610, 45_000, product_key="P2")
    autumn.offline(noodles, 202610, 100_000, product_key="P3")
    autumn.offline(tea, 202610, 700_000)
    assert online_share(autumn.session, OCTOBER, []).notes == []
    autumn.offline(tea, 202610, 700_000, **second)
    report = online_share(autumn.session, OCTOBER, [])
    assert table(report) == [(202610, 515_000, 1_545_000, 0.25, 0)]
    assert report.notes == [TOLD_TWICE]


def test_another_source_in_another_month_is_no_doubt(autumn: Books) -> None:
    """A producer may begin to send a till's file; and what was told twice outside the period is not this report's doubt."""
    tea, noodles = _producers(autumn)
    for producer in (tea, noodles):
        autumn.offline(producer, 202610, 1_000)
        autumn.offline(producer, 202611, 1_000, source="pos")
    for source in ("declaration", "pos"):
        autumn.offline(tea, 202612, 1_000, source=source)
    assert online_share(autumn.session, AUTUMN, []).notes == []


def test_nothing_on_both_sides_is_no_share(books: Books) -> None:
    """Zero of zero is unknown, not 0 %; a declared zero is a declaration."""
    books.offline(books.producer("HTX1", "HTX Trà"), 202610, 0)
    report = online_share(books.session, OCTOBER, [])
    assert table(report) == [(202610, 0, 0, None, 0)]
    assert overall_share(report) is None


def test_nothing_sold_online_is_a_share_of_zero(books: Books) -> None:
    """Known to be none."""
    books.offline(books.producer("HTX1", "HTX Trà"), 202610, 500)
    books.order(books.shop("A", "shopee"), "1", local(10, 5), Line("X", 1, 100), state="unpaid")
    assert table(online_share(books.session, OCTOBER, [])) == [(202610, 0, 500, 0.0, 0)]


def test_a_marketplace_has_no_share(session: Session) -> None:
    """Declarations know no marketplace: another key is refused with a sentence."""
    with pytest.raises(ReportError, match="Tỷ trọng không chia theo shop được"):
        online_share(session, OCTOBER, ["shop"])
