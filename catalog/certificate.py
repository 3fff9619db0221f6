"""One recognition (lượt) of a product: stars, the decision behind it, and how long it holds."""

from datetime import date
from enum import StrEnum

from catalog.base import Fact

VALID_MONTHS = 36  # from the signing date of the decision (ocop_domain section 3, read 2026-11-23)


class CertificateState(StrEnum):
    LIVE = "live"
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # only a year is known and the day decides: no claim may rest on it


class Certificate(Fact):
    """One recognition. Only 3-5 stars certify; `recognised_year` alone when no source gives the decision's date."""

    stars: int
    recognised_year: int | None = None
    decision_no: str | None = None
    decision_date: date | None = None
    issuing_body: str | None = None
    certificate_no: str | None = None
    score: float | None = None  # of 100, two decimals
    potential_five: bool = False  # >= 90 points, waiting for the ministry; sold as 4 stars until then

    @property
    def valid_to(self) -> date | None:
        """The last day it may be shown; None when the decision's date is unknown."""
        return add_months(self.decision_date, VALID_MONTHS) if self.decision_date else None

    def state(self, on: date) -> CertificateState:
        """Live, expired, or unknown on that day. A bare year proves expiry or life only outside its own anniversary year."""
        if valid_to := self.valid_to:
            return CertificateState.LIVE if on <= valid_to else CertificateState.EXPIRED
        if self.recognised_year is None:
            return CertificateState.UNKNOWN
        last_year = self.recognised_year + VALID_MONTHS // 12
        if on.year == last_year:
            return CertificateState.UNKNOWN
        return CertificateState.LIVE if on.year < last_year else CertificateState.EXPIRED


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month0 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError(day)
