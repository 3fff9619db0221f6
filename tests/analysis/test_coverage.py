"""What the figures rest on is said beside them, and a period can be asked for in the right direction only."""

from datetime import date

import pytest

from analysis.coverage import coverage
from analysis.report import Period, ReportError
from analysis.revenue import revenue
from tests.analysis.books import AUTUMN, OCTOBER, VIETNAM, Books, Line, local, period


def test_complete_only_when_every_shop_was_read_beyond_the_period(books: Books) -> None:
    """One shop read up to the last second leaves the whole report incomplete."""
    books.shop("A", "shopee", orders=local(11, 1))
    assert coverage(books.session, OCTOBER)["complete"] is True
    books.shop("B", "tiki", orders=local(10, 31, 23, 59, 59))
    assert coverage(books.session, OCTOBER) == {
        "orders_read_until": {"A": "2026-11-01T00:00:00+07:00", "B": "2026-10-31T23:59:59+07:00"},
        "as_of": "2026-10-31T23:59:59+07:00",
        "complete": False,
        "orders": 0,
        "lines": 0,
        "lines_of_unknown_sku": 0,
    }


def test_a_period_from_before_the_first_reading_is_not_complete(books: Books) -> None:
    """A first pull reaches back ninety days: months before that were never asked for."""
    books.shop("A", "shopee", orders=local(11, 1), orders_from=local(10, 2))
    assert coverage(books.session, OCTOBER)["complete"] is False


def test_a_shop_that_was_never_read_is_named(books: Books) -> None:
    """Its name stands there without a moment: no orders is not the same as not asked."""
    books.shop("A", "shopee", orders=local(12, 1))
    books.shop("Mới", "tiki")
    said = coverage(books.session, OCTOBER)
    assert said["orders_read_until"] == {"A": "2026-12-01T00:00:00+07:00", "Mới": None}
    assert said["complete"] is False


def test_nothing_is_complete_without_a_shop(books: Books) -> None:
    """An empty table of an office that sells nowhere yet is not a proven zero."""
    assert coverage(books.session, OCTOBER)["complete"] is False


def test_a_period_to_come_is_not_complete(books: Books) -> None:
    """Nothing can have been read beyond it."""
    books.shop("A", "shopee", orders=local(11, 24))
    report = revenue(books.session, period(date(2027, 1, 1), date(2027, 1, 31)), [])
    assert (report.rows, report.coverage["complete"]) == ([], False)


def test_orders_in_any_state_are_counted_and_unknown_skus_too(autumn: Books) -> None:
    """What was read, not what is revenue; an order without a line is an order."""
    shop = autumn.shop("C", "shopee")
    autumn.order(shop, "empty", local(10, 3))
    said = coverage(autumn.session, AUTUMN)
    assert (said["orders"], said["lines"], said["lines_of_unknown_sku"]) == (9, 11, 1)


def test_only_orders_of_the_period_are_counted(books: Books) -> None:
    """The first moment of October and the last are inside, the last of September and the first of November are not."""
    shop = books.shop("A", "shopee")
    for number, at in enumerate((local(9, 30, 23, 59, 59), local(10, 1), local(10, 31, 23, 59, 59), local(11, 1))):
        books.order(shop, str(number), at, Line("LA", 1, 1))
    said = coverage(books.session, OCTOBER)
    assert (said["orders"], said["lines"], said["lines_of_unknown_sku"]) == (2, 2, 2)


def test_another_stream_says_nothing_about_orders(books: Books) -> None:
    """Only the cursor of orders counts: reviews read to the end leave orders unread."""
    books.shop("A", "shopee", orders=local(10, 2), reviews=local(12, 1), settlements=local(12, 1))
    said = coverage(books.session, OCTOBER)
    assert said["orders_read_until"] == {"A": "2026-10-02T00:00:00+07:00"}
    assert said["complete"] is False


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (date(2026, 10, 2), date(2026, 10, 1), "Khoảng thời gian ngược: 02/10/2026 sau 01/10/2026."),
        (date(1, 1, 1), date(2026, 1, 1), "Khoảng thời gian phải nằm trong các năm 1900–2200."),
        (date(2026, 1, 1), date(9999, 12, 31), "Khoảng thời gian phải nằm trong các năm 1900–2200."),
    ],
)
def test_impossible_periods_are_refused(first: date, last: date, sentence: str) -> None:
    """Backwards, or beyond what a day of the register can be: a sentence, not an error of the calendar."""
    with pytest.raises(ReportError) as refused:
        Period(first, last, VIETNAM)
    assert str(refused.value) == sentence


def test_a_period_knows_its_months() -> None:
    """Every month it touches, over the turn of a year; whole months are widened to both ends, also in a leap year."""
    winter = period(date(2027, 11, 30), date(2028, 2, 1))
    assert winter.months == [202711, 202712, 202801, 202802]
    assert winter.whole_months.as_dict() == {"from": "2027-11-01", "to": "2028-02-29"}
