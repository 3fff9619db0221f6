"""Programme counts: products on a day, each once, whatever it was recognised for and how often."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from analysis.programme import programme
from analysis.report import ReportError
from tests.analysis.books import Books, period, table

DAY = period(date(2026, 11, 1), date(2026, 11, 24))
COUNTED = "{} lượt công nhận của {} sản phẩm tính đến 24/11/2026; bảng đếm sản phẩm."


def test_products_are_counted_not_recognitions(books: Books) -> None:
    """Three recognitions of one product are one product, at its highest live class."""
    maker = books.producer("HTX1", "HTX Trà")
    tea = books.product("P1", "Trà", maker)
    books.certificate(tea, 3, date(2020, 5, 1))
    books.certificate(tea, 3, date(2024, 5, 1))
    books.certificate(tea, 4, date(2025, 5, 1))
    books.product("P2", "Miến", maker)
    report = programme(books.session, DAY, [])
    assert table(report) == [(4, "live", 1), (None, "no certificate", 1)]
    assert report.coverage == {"products": 2, "recognitions": 3}
    assert (report.stage, report.notes) == ("none", [COUNTED.format(3, 1)])


@pytest.mark.parametrize(
    ("certificates", "row"),
    [
        ([(4, date(2023, 11, 24), None)], (4, "live", 1)),  # its last day
        ([(4, date(2023, 11, 23), None)], (4, "expired", 1)),
        ([(4, date(2026, 11, 25), None)], (4, "not_yet", 1)),
        ([(5, None, 2026)], (5, "unknown", 1)),
        ([(5, None, 2023)], (5, "unknown", 1)),
        ([(5, None, 2025)], (5, "live", 1)),
        ([(5, None, 2022)], (5, "expired", 1)),
        ([(5, date(2020, 1, 1), None), (3, date(2025, 1, 1), None)], (3, "live", 1)),  # a lost fifth star is lost
        ([(5, date(2020, 1, 1), None), (3, None, 2026)], (3, "unknown", 1)),
        ([(3, date(2019, 1, 1), None), (4, date(2020, 1, 1), None)], (4, "expired", 1)),
        ([(3, date(2020, 1, 1), None), (4, date(2027, 1, 1), None)], (3, "expired", 1)),
    ],
)
def test_each_standing(
    books: Books, certificates: list[tuple[int, date | None, int | None]], row: tuple[int, str, int]
) -> None:
    """Live before unknown before expired before not yet; within a state the highest class."""
    tea = books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    for stars, day, year in certificates:
        books.certificate(tea, stars, day, year=year)
    assert table(programme(books.session, DAY, [])) == [row, (None, "no certificate", 0)]


def test_a_day_in_the_past_knows_no_later_recognition(books: Books) -> None:
    """Recognitions after the day are neither counted nor shown as held."""
    tea = books.product("P1", "Trà", books.producer("HTX1", "HTX Trà"))
    books.certificate(tea, 3, date(2026, 12, 1))
    report = programme(books.session, DAY, [])
    assert report.coverage == {"products": 1, "recognitions": 0}
    assert report.notes == [COUNTED.format(0, 0)]


def test_years_without_a_day_are_pointed_at(books: Books) -> None:
    """The office can mend what is unknown by entering the decision, so the number stands in a note."""
    maker = books.producer("HTX1", "HTX Trà")
    for number in (1, 2):
        books.certificate(books.product(f"P{number}", "Trà", maker), 4, year=2026)
    report = programme(books.session, DAY, [])
    assert table(report) == [(4, "unknown", 2), (None, "no certificate", 0)]
    assert report.notes == [
        COUNTED.format(2, 2),
        "2 sản phẩm chỉ biết năm công nhận, chưa rõ còn hạn hay không: bổ sung ngày của quyết định.",
    ]


def test_rows_add_up_to_the_register(autumn: Books) -> None:
    """Every product is in exactly one row."""
    assert table(programme(autumn.session, DAY, [])) == [
        (5, "unknown", 1),
        (4, "live", 1),
        (3, "expired", 1),
        (None, "no certificate", 0),
    ]


def test_it_is_by_class_only(session: Session) -> None:
    """Another key is refused with a sentence."""
    with pytest.raises(ReportError, match="chỉ chia theo hạng sao"):
        programme(session, DAY, ["commune"])
