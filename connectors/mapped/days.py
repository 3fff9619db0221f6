"""How a sheet writes its days and months: one form a mapping, Vietnam's wall clock, a time of day beside it or not.

A number cell is an Excel serial. Refusals are ValueErrors without the cell's value.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from catalog.text import clean
from connectors.files.cells import Cell
from connectors.files.values import VIETNAM, moment


class Days(StrEnum):
    """Named as a person would write the form down."""

    DAY_FIRST = "dd/mm/yyyy"
    MONTH_FIRST = "mm/dd/yyyy"
    DASHES = "dd-mm-yyyy"
    DOTS = "dd.mm.yyyy"
    ISO = "yyyy-mm-dd"
    YEAR_FIRST = "yyyy/mm/dd"
    MONTH = "mm/yyyy"
    MONTH_DASH = "mm-yyyy"
    ISO_MONTH = "yyyy-mm"
    BARE_MONTH = "yyyymm"
    SERIAL = "excel"  # number cells and nothing else


MONTHS = frozenset({Days.MONTH, Days.MONTH_DASH, Days.ISO_MONTH, Days.BARE_MONTH})
_PIECES = {"dd": "(?P<day>[0-9]{1,2})", "mm": "(?P<month>[0-9]{1,2})", "yyyy": "(?P<year>[0-9]{4})"}
_BARE = re.compile("(?P<year>[0-9]{4})(?P<month>[0-9]{2})")
_TIME = "(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_SERIALS = (Decimal(36_526), Decimal(73_051))  # of the years 2000 to 2099
_NOTHING = frozenset({"", "-", "–"})


def _patterns(form: Days) -> tuple[re.Pattern[str], ...]:
    if form is Days.BARE_MONTH:
        return (_BARE,)
    if form is Days.SERIAL:
        return ()
    day = re.sub("dd|mm|yyyy", lambda piece: _PIECES[piece[0]], re.escape(form.value))
    if form in MONTHS:
        return (re.compile(f"(?:tháng )?{day}", re.IGNORECASE),)
    return re.compile(f"{day}(?:[ T]{_TIME})?"), re.compile(f"{_TIME} {day}")


_FORMS = {form: _patterns(form) for form in Days}


def read_day(cell: Cell, form: Days) -> datetime | None:
    """As aware UTC, to the second; a month is its first moment. None for an empty cell and for a dash."""
    if cell is None or (isinstance(cell, str) and clean(cell) in _NOTHING):
        return None
    if isinstance(cell, Decimal) and form is not Days.BARE_MONTH:
        return _of_serial(cell)
    text = clean(cell) if isinstance(cell, str) else f"{cell:f}"
    match = next((found for pattern in _FORMS[form] if (found := pattern.fullmatch(text))), None)
    if match is None:
        raise ValueError(f"không phải ngày dạng {form.value}")
    try:
        return _utc({name: int(value) for name, value in match.groupdict().items() if value})
    except ValueError:
        raise ValueError(f"không có ngày này (dạng {form.value})") from None


def suggested(cells: Iterable[Cell]) -> Days | None:
    """The one form in which all of them can be read; None where more than one can, or none."""
    values = {cell for cell in cells if cell is not None}
    texts = {clean(cell) for cell in values if isinstance(cell, str)} - _NOTHING
    if not texts:
        bare_or_serial = (Days.BARE_MONTH, Days.SERIAL)
        return next((form for form in bare_or_serial if values and _reads(values, form)), None)
    possible = [form for form in Days if _reads(values, form)]
    return possible[0] if len(possible) == 1 else None


def _reads(cells: Iterable[Cell], form: Days) -> bool:
    try:
        return all(read_day(cell, form) is not None for cell in cells if not _is_nothing(cell))
    except ValueError:
        return False


def _is_nothing(cell: Cell) -> bool:
    return isinstance(cell, str) and clean(cell) in _NOTHING


def _of_serial(cell: Decimal) -> datetime | None:
    if not _SERIALS[0] <= cell < _SERIALS[1]:
        raise ValueError("là số nhưng không phải ngày của Excel")
    at = moment(cell)
    return at and (at + timedelta(milliseconds=500)).replace(microsecond=0)


def _utc(parts: dict[str, int]) -> datetime:
    return datetime(**({"day": 1} | parts), tzinfo=VIETNAM).astimezone(UTC)
