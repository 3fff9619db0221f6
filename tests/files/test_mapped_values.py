"""Numbers and days as a mapping says they are written: what was written is read, what could mean two things is never chosen for anybody."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.mapped import days, numbers
from connectors.mapped.days import MONTHS, Days, read_day
from connectors.mapped.numbers import Numbers, money, number

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WALL = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59, 59))  # noqa: DTZ001 - a wall clock
STRFTIME = {
    Days.DAY_FIRST: "%d/%m/%Y", Days.MONTH_FIRST: "%m/%d/%Y", Days.DASHES: "%d-%m-%Y", Days.DOTS: "%d.%m.%Y",
    Days.ISO: "%Y-%m-%d", Days.YEAR_FIRST: "%Y/%m/%d", Days.MONTH: "%m/%Y", Days.MONTH_DASH: "%m-%Y", Days.ISO_MONTH: "%Y-%m",
    Days.BARE_MONTH: "%Y%m",
}  # fmt: skip
TAILS = ("", " %H:%M", " %H:%M:%S")


def _written(value: Decimal, form: Numbers, *, grouped: bool) -> str:
    """As a spreadsheet of that form writes it."""
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.translate(str.maketrans(",.", ".,")) if form is Numbers.DOT else text


@given(
    value=st.decimals(-(10**12), 10**12, places=2),
    form=st.sampled_from(Numbers),
    grouped=st.booleans(),
    unit=st.sampled_from(["", " ₫", "đ", " VND"]),
)
def test_a_number_is_read_as_it_was_written(value: Decimal, form: Numbers, grouped: bool, unit: str) -> None:
    """Whatever its form, grouped or not, with a currency behind it or not."""
    text = _written(value, form, grouped=grouped and form is not Numbers.PLAIN)
    assert number(text + unit, form) == value


@given(st.integers(1_000, 10**12), st.sampled_from([Numbers.DOT, Numbers.COMMA]), st.sampled_from(Numbers))
def test_thousands_are_never_read_as_another_amount(value: int, form: Numbers, chosen: Numbers) -> None:
    """Where the form that was chosen is not the sheet's, a grouped amount is refused: «1.000» never becomes one đồng."""
    text = _written(Decimal(value), form, grouped=True)
    if chosen is form:
        assert money(text, chosen) == value
        return
    with pytest.raises(ValueError, match=r"không phải số viết như đã chọn|hàng nghìn hay phần lẻ"):
        money(text, chosen)


@given(st.text(max_size=20), st.sampled_from(Numbers))
def test_any_text_is_a_number_or_refused(text: str, form: Numbers) -> None:
    """And the refusal does not repeat it."""
    try:
        number(text, form)
    except ValueError as err:
        assert str(err) == f"không phải số viết như đã chọn ({form.value})"  # noqa: PT017 - a number is fine too


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["1.234.567"], Numbers.DOT),
        (["1.234", "12.000.000"], Numbers.DOT),
        (["1,234.50"], Numbers.COMMA),
        (["1.234,5"], Numbers.DOT),
        (["165000", "20"], Numbers.PLAIN),
        (["165000.00"], Numbers.PLAIN),
        ([Decimal(5), None], Numbers.PLAIN),
        (["1.234"], None),
        (["1,234"], None),
        (["12.500", "7"], None),
        (["1.234.567", "1,234,567"], None),
        (["chưa rõ"], None),
    ],
)
def test_a_form_is_suggested_only_where_the_cells_leave_no_doubt(
    cells: list[str | Decimal | None], form: Numbers | None
) -> None:
    """One reading fits all, or every reading gives the same numbers and the strictest is taken."""
    assert numbers.suggested(cells) == form


@given(wall=WALL, form=st.sampled_from(list(STRFTIME)), tail=st.sampled_from(TAILS))
def test_a_day_is_read_as_it_was_written(wall: datetime, form: Days, tail: str) -> None:
    """Vietnam's wall clock, to the last part that was written; a month is its first moment."""
    pattern = STRFTIME[form] + ("" if form in MONTHS else tail)
    expected = datetime.strptime(wall.strftime(pattern), pattern).replace(tzinfo=VIETNAM)
    read = read_day(wall.strftime(pattern), form)
    assert read == expected
    assert read is not None
    assert read.tzinfo is UTC


@given(WALL)
def test_a_serial_is_the_same_moment(wall: datetime) -> None:
    """What Excel keeps of a date cell, in whatever form the mapping says text is."""
    wall = wall.replace(microsecond=0)
    since = wall - datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock
    serial = Decimal(repr(since.days + since.seconds / 86_400))
    assert read_day(serial, Days.DAY_FIRST) == wall.replace(tzinfo=VIETNAM)


@given(st.text(max_size=20), st.sampled_from(Days))
def test_any_text_is_a_day_or_refused(text: str, form: Days) -> None:
    """And the refusal does not repeat it."""
    try:
        read_day(text, form)
    except ValueError as err:
        assert str(err) in {f"không phải ngày dạng {form.value}", f"không có ngày này (dạng {form.value})"}  # noqa: PT017 - a day is fine too


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["24/11/2026", "01/02/2026"], Days.DAY_FIRST),
        (["11/24/2026"], Days.MONTH_FIRST),
        (["24-11-2026 09:30"], Days.DASHES),
        (["09:30 24.11.2026"], Days.DOTS),
        (["2026-11-24T09:30:00"], Days.ISO),
        (["Tháng 11/2026", "12/2026"], Days.MONTH),
        (["202611"], Days.BARE_MONTH),
        ([Decimal(202611)], Days.BARE_MONTH),
        ([Decimal("46350.5")], Days.SERIAL),
        (["05/06/2026"], None),
        (["24/11/2026", "2026-11-24"], None),
        ([None], None),
    ],
)
def test_a_form_of_days_is_suggested_only_where_one_fits(cells: list[str | Decimal | None], form: Days | None) -> None:
    """The fifth of June may be the sixth of May: a person says."""
    assert days.suggested(cells) == form
