"""By which of its days an order belongs to a period: the day it was placed, delivered, or paid out."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

from analysis.report import Period, ReportError
from models import SalesOrder

ASKED = "dated="


class Dated(StrEnum):
    """What a report's days and months are days and months of."""

    PLACED = "placed"
    DELIVERED = "delivered"
    PAID = "paid"

    @property
    def moment(self) -> str:
        """The order's own moment, by its name."""
        return {Dated.PLACED: "placed_at", Dated.DELIVERED: "delivered_at", Dated.PAID: "settled_at"}[self]

    @property
    def prefix(self) -> str:
        """Before `day` and `month` in the names of the columns of sums."""
        return "" if self is Dated.PLACED else f"{self.value}_"

    def within(self, period: Period) -> ColumnElement[bool]:
        """The orders of the period. One that was not delivered, or not paid out, is in none."""
        moment: InstrumentedAttribute[object] = getattr(SalesOrder, self.moment)
        return and_(moment >= period.start, moment < period.end)


def dated_by(by: Sequence[str]) -> tuple[Dated, list[str]]:
    """`dated=paid` among the keys, and the other keys; by the day of placing unless said otherwise. Raises ReportError."""
    asked = {key.removeprefix(ASKED) for key in by if key.startswith(ASKED)} or {Dated.PLACED.value}
    if len(asked) > 1 or not asked.issubset(Dated):
        raise ReportError(f"Không xếp ngày theo {', '.join(sorted(asked))} được. Chọn một trong: {', '.join(Dated)}.")
    return Dated(asked.pop()), [key for key in by if not key.startswith(ASKED)]
