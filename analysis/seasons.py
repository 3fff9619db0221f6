"""Months as buyers live them: by the sun's calendar in the rows, the days of Tết, which moves by the moon's, marked beside them."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from analysis.report import Period
from catalog.tet import tet_days


def tet_note(period: Period, keys: Sequence[str]) -> list[str]:
    """Which months of the period hold days of the season of Tết, for rows told apart by time; nothing where none does."""
    if not {"month", "day"} & set(keys):
        return []
    days = {month: _tet_days(month) for month in period.months}
    unknown = [month for month, count in days.items() if count is None]
    told = "; ".join(f"{_named(month)}: {count} ngày" for month, count in days.items() if count)
    notes = [f"Mùa Tết (từ 30 ngày trước mùng 1 đến mùng 7): {told}."] if told else []
    if unknown:
        notes.append(f"Bảng ngày Tết chưa có năm {unknown[0] // 100}: mùa Tết của năm đó không được đánh dấu.")
    return notes


def _tet_days(month: int) -> int | None:
    year, number = divmod(month, 100)
    return tet_days(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def _named(month: int) -> str:
    return f"{month % 100:02d}/{month // 100}"
