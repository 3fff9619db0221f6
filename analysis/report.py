"""What every report is: rows with named columns, for a period, at one stage, with what it covers said beside it."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analysis.headings import source

Row = Mapping[str, object]
YEARS = range(1900, 2201)  # as far as a day of the register may lie; beyond, a datetime's own limits are near


class ReportError(Exception):
    """The report cannot be made as asked; the text says why and what to ask instead."""


@dataclass(frozen=True)
class Period:
    """Local days [first, last], both included; months and days are cut at Vietnam midnight. May raise ReportError."""

    first: date
    last: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ReportError(f"Khoảng thời gian ngược: {self.first:%d/%m/%Y} sau {self.last:%d/%m/%Y}.")
        if self.first.year not in YEARS or self.last.year not in YEARS:
            raise ReportError(f"Khoảng thời gian phải nằm trong các năm {YEARS[0]}–{YEARS[-1]}.")

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return datetime.combine(self.last + timedelta(days=1), time.min, self.zone)

    @property
    def months(self) -> list[int]:
        """Every month the period touches, as yyyymm."""
        first, last = self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month - 1
        return [month // 12 * 100 + month % 12 + 1 for month in range(first, last + 1)]

    @property
    def whole_months(self) -> "Period":
        """From the first day of its first month to the last day of its last."""
        _, days = monthrange(self.last.year, self.last.month)
        return Period(self.first.replace(day=1), self.last.replace(day=days), self.zone)

    @property
    def a_year_before(self) -> "Period":
        """The same days of the year before; 29 February is 28 February there."""
        return Period(_year_before(self.first), _year_before(self.last), self.zone)

    def as_dict(self) -> dict[str, str]:
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}


def _year_before(day: date) -> date:
    _, days = monthrange(day.year - 1, day.month)
    return date(day.year - 1, day.month, min(day.day, days))


@dataclass(frozen=True)
class Report:
    """Rows of one shape. `stage` is placed, by row or none; `coverage` says what the figures rest on."""

    name: str
    period: Period
    stage: str
    columns: Sequence[str]
    rows: Sequence[Row]
    coverage: Mapping[str, object] = field(default_factory=dict)
    notes: Sequence[str] = ()
    oddities: Sequence[str] = ()  # what does not fit together, or is half there: counted as it is, and named

    def as_dict(self) -> dict[str, object]:
        """contracts.md's answer of `ocop report`."""
        return {
            "report": self.name,
            "period": self.period.as_dict(),
            "stage": self.stage,
            "source": source(self.name),
            "coverage": dict(self.coverage),
            "rows": [dict(row) for row in self.rows],
            "notes": list(self.notes),
            "oddities": list(self.oddities),
        }


Maker = Callable[[Session, Period, Sequence[str]], Report]
