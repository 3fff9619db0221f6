"""How a sheet writes its numbers: chosen once for a mapping, because «1.234» is a thousand in one sheet and a fraction in the next.

A cell that is a number in the workbook is that number, whatever was chosen. Refusals are ValueErrors without the cell's value.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from catalog.text import clean
from connectors.files.cells import Cell


class Numbers(StrEnum):
    """Which sign parts thousands; the other one, where there is one, parts decimals."""

    PLAIN = "plain"  # 1234567.50: nothing does
    DOT = "dot"  # 1.234.567,50
    COMMA = "comma"  # 1,234,567.50


_FORMS = {
    Numbers.PLAIN: re.compile(r"([+-]?[0-9]{1,15})(?:\.([0-9]{1,6}))?"),
    Numbers.DOT: re.compile(r"([+-]?(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,15}))(?:,([0-9]{1,6}))?"),
    Numbers.COMMA: re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15}))(?:\.([0-9]{1,6}))?"),
}
_CURRENCY = re.compile(r"\s?(?:₫|đ|vnđ|vnd|đồng)$", re.IGNORECASE)
THOUSANDS = 3  # digits
_NOTHING = frozenset({"", "-", "–"})


def number(cell: Cell, written: Numbers) -> Decimal | None:
    """None for an empty cell and for a dash."""
    if cell is None or isinstance(cell, Decimal):
        return cell
    text = _bare(cell)
    if text in _NOTHING:
        return None
    match = _FORMS[written].fullmatch(text)
    if match is None:
        raise ValueError(f"không phải số viết như đã chọn ({written.value})")
    return Decimal(re.sub("[.,]", "", match[1]) + (f".{match[2]}" if match[2] else ""))


def money(cell: Cell, written: Numbers) -> Decimal | None:
    """The same for an amount, whose three last digits behind a sign would rather be thousands that are written otherwise."""
    amount = number(cell, written)
    if isinstance(cell, str) and amount is not None and _decimals(amount) >= THOUSANDS:
        raise ValueError(f"ba chữ số sau dấu thập phân là hàng nghìn hay phần lẻ? Đã chọn {written.value}")
    return amount


def whole(value: Decimal, unit: str = "đồng") -> int:
    """Raises ValueError for a fraction."""
    if value != value.to_integral_value():
        raise ValueError(f"có phần lẻ của {unit}")
    return int(value)


def suggested(cells: Iterable[Cell]) -> Numbers | None:
    """The one way in which all of them can be read; None where they do not say, and then a person does.

    Where several ways give the same numbers the strictest is taken: it refuses what it does not know instead of misreading it.
    """
    texts = {_bare(cell) for cell in cells if isinstance(cell, str)} - _NOTHING
    readings = {written: values for written in Numbers if (values := _all(texts, written)) is not None}
    different = {tuple(values) for values in readings.values()}
    return next(iter(readings)) if len(different) == 1 else None


def _all(texts: Iterable[str], written: Numbers) -> list[Decimal | None] | None:
    try:
        return [number(text, written) for text in texts]
    except ValueError:
        return None


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _bare(cell: str) -> str:
    return _CURRENCY.sub("", clean(cell))
