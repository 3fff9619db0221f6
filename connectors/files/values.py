"""A cell, one value: a parser per form, because one that takes every "Vietnamese number" corrupts some of them.

Money is whole đồng; a fraction is an error. Moments have no zone in any of these files: they are Vietnam's, and come back as aware
UTC. A number cell where a date belongs is an Excel serial, Vietnam time too. Every refusal is a ValueError without the cell's value.
"""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from catalog.text import clean
from connectors.files.cells import Cell
from connectors.files.moments import form

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - Vietnam's wall clock, as the cells are
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:\.0{1,2})?")  # three zeros would be thousands
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")
_GROUPED = re.compile(r"([+-]?[0-9]{1,3}(?:\.[0-9]{3}){0,5}|[+-]?[0-9]{1,15})\s?[₫đ]?")
_DAMAGED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]+", re.IGNORECASE)


def text(cell: Cell) -> str:
    """What stands there, one line in NFC; "" for nothing. A number is its digits."""
    return "" if cell is None else clean(cell) if isinstance(cell, str) else f"{cell:f}"


def identity(cell: Cell) -> str:
    """An id, which must be text: as a number its last digits may be gone already."""
    if isinstance(cell, Decimal) or (cell is not None and _DAMAGED.fullmatch(cell.strip())):
        raise ValueError("mã đã bị Excel đổi thành số, có thể mất chữ số cuối")
    return text(cell)


def plain_dong(cell: Cell) -> int:
    """`165000.00` and `-1620`: the dot is decimal. Nothing, and `-`, are 0."""
    if cell is None or cell in {"", "-"}:
        return 0
    if isinstance(cell, Decimal):
        return _whole(cell)
    written = cell.strip()
    if not _PLAIN.fullmatch(written):
        raise ValueError("không phải số tiền dạng 165000.00")
    return int(written.partition(".")[0])


def strict_dong(cell: Cell) -> int:
    """Digits and a sign, nothing else: `-12345`."""
    if isinstance(cell, Decimal):
        return _whole(cell)
    if cell is None or not _INTEGER.fullmatch(cell.strip()):
        raise ValueError("không phải số nguyên")
    return int(cell)


def grouped_dong(cell: Cell) -> int:
    """`15.690.000` and `44.650₫`: dots part thousands. Nothing, and `-`, are 0."""
    if cell is None or cell in {"", "-"}:
        return 0
    if isinstance(cell, Decimal):
        return _whole(cell)
    match = _GROUPED.fullmatch(cell.strip())
    if not match:
        raise ValueError("không phải số tiền dạng 15.690.000")
    return int(match[1].replace(".", ""))


def pieces(cell: Cell) -> int:
    """A count; nothing is 0."""
    count = plain_dong(cell)
    if count < 0:
        raise ValueError("số lượng âm")
    return count


def moment(cell: Cell, *forms: str) -> datetime | None:
    """A moment in one of these forms (strptime), as aware UTC; None for nothing."""
    if cell is None or cell in {"", "-"}:
        return None
    try:
        if isinstance(cell, Decimal):
            return (_SERIAL_ZERO + timedelta(days=float(cell))).replace(tzinfo=VIETNAM).astimezone(UTC)
        return _local(cell.strip(), forms).astimezone(UTC)
    except OverflowError:
        raise ValueError("không phải ngày trong lịch") from None


def _local(written: str, forms: tuple[str, ...]) -> datetime:
    for directives in forms:
        try:
            return form(directives).read(written, VIETNAM)
        except ValueError:
            continue
    raise ValueError(f"không phải thời điểm dạng {datetime(2026, 11, 24, 9, 30):{forms[0]}}")  # noqa: DTZ001 - an example


def local_day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def _whole(number: Decimal) -> int:
    whole = int(number)
    if whole != number:
        raise ValueError("có phần lẻ của đồng")
    return whole
