"""Whatever stands in a cell, its reader gives a value or a sentence."""

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.workbook.columns import COLUMNS, Column

values = (
    st.text()
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.from_regex(r"[0-9.,/ -]{1,12}(k|tr|kg|g|ml|đ|%|sao)?", fullmatch=True)
)


@pytest.mark.parametrize("column", COLUMNS, ids=[f"{column.part}.{column.field}" for column in COLUMNS])
@given(value=values)
def test_any_value_is_read_or_refused(column: Column, value: Any) -> None:
    """No value of a spreadsheet escapes as another kind of error."""
    with suppress(ValueError):
        column.read(value)


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.example], ids=lambda column: column.heading_vi)
def test_every_example_is_true(column: Column) -> None:
    """The example that the template shows for a column is read by it."""
    column.read(column.example)


def test_no_two_columns_share_a_name() -> None:
    """Headings and field keys tell columns apart."""
    assert len({column.key for column in COLUMNS}) == len(COLUMNS)
    assert len({column.heading_vi for column in COLUMNS}) == len(COLUMNS)


def test_a_time_of_day_is_no_date() -> None:
    """Excel keeps times as their own kind of value; a date column refuses it."""
    day = next(column for column in COLUMNS if column.field == "expires_on")
    with pytest.raises(ValueError, match="Ô này phải là chữ"):
        day.read(dt.time(12))
