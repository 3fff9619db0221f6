"""Figures of a period as analytics exports write them: counts and money whose thousands are parted by dots or commas.

Which of the two it is depends on the language of the seller centre. A group of three digits behind either is thousands: none of
these figures has a fraction. Percentages are not read: they say nothing that the counts do not.
"""

import re

from catalog.money import format_dong
from connectors.files.cells import Cell
from connectors.files.values import text

NOT_STORED = "Chỉ để đối chiếu, không ghi vào sổ: doanh thu tính từ tệp đơn hàng."
_COUNT = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3}){1,4}|[0-9]{1,15}")
_CURRENCY = re.compile(r"\s?[₫đ]$")


def figure(cell: Cell) -> int:
    """`15.690.000`, `475,455`, `192.612.578₫`, `10436`; nothing, and `-`, are 0. Raises ValueError."""
    written = _CURRENCY.sub("", text(cell))
    if written in {"", "-"}:
        return 0
    if not _COUNT.fullmatch(written):
        raise ValueError("không phải số dạng 15.690.000 hay 15,690,000")
    return int(re.sub("[.,]", "", written))


def told(what: str, pieces: int, sales_vnd: int) -> str:
    """A sentence for the office."""
    return f"{what}: bán {pieces} sản phẩm, doanh số {format_dong(sales_vnd)}. {NOT_STORED}"
