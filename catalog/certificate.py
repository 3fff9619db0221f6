"""One recognition (lượt) of a product: stars, the decision behind it, and how long it holds."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from pydantic import Field

from catalog.base import Day, Fact, Line

VALID_MONTHS = 36  # from the signing date of the decision (ocop_domain section 3, read 2026-11-23)


class CertificateState(StrEnum):
    NOT_YET = "not_yet"  # that day lies before the decision
    LIVE = "live"
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # only a year is known and the day decides: no claim may rest on it


class Certificate(Fact):
    """One recognition. Only 3-5 stars certify; `recognised_year` alone when no source gives the decision's date."""

    stars: int = Field(ge=3, le=5)
    recognised_year: int | None = Field(default=None, ge=1900, le=2200)
    decision_no: Line | None = None
    decision_date: Day | None = None
    issuing_body: Line | None = None
    certificate_no: Line | None = None
    score: float | None = None  # of 100, two decimals
    potential_five: bool = False  # >= 90 points, waiting for the ministry; sold as 4 stars until then

    @property
    def valid_to(self) -> date | None:
        """The last day it may be shown; None when the decision's date is unknown."""
        return add_months(self.decision_date, VALID_MONTHS) if self.decision_date else None

    def state(self, on: date) -> CertificateState:
        """Its state on that day. A bare year proves nothing in the year itself nor in the year of its expiry."""
        if self.decision_date:
            return _between(on, self.decision_date, add_months(self.decision_date, VALID_MONTHS))
        if self.recognised_year is None or on.year in (self.recognised_year, self._last_year(self.recognised_year)):
            return CertificateState.UNKNOWN
        return _between(on, date(self.recognised_year, 1, 1), date(self._last_year(self.recognised_year), 12, 31))

    def turning_days(self) -> tuple[date, ...]:
        """The days on which `state` may change."""
        if self.decision_date:
            return self.decision_date, add_months(self.decision_date, VALID_MONTHS) + timedelta(days=1)
        if self.recognised_year is None:
            return ()
        last_year = self._last_year(self.recognised_year)
        return tuple(date(y, 1, 1) for y in (self.recognised_year, self.recognised_year + 1, last_year, last_year + 1))

    @staticmethod
    def _last_year(recognised_year: int) -> int:
        return recognised_year + VALID_MONTHS // 12


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _between(on: date, first: date, last: date) -> CertificateState:
    if on < first:
        return CertificateState.NOT_YET
    return CertificateState.LIVE if on <= last else CertificateState.EXPIRED
