"""What marketplaces must withhold, and from how much revenue a year on tax is due: dated rows of `catalog/data`.

Decree 117/2025 (vn_rules section 3, read 2026-11-23): from households only. A legal form without a row is unknown, never 0.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from pydantic import Field

from catalog.producer import ProducerKind
from catalog.reference import table
from catalog.reference_rows import Dated


class Withholding(Dated):
    """Percentages of the gross revenue, platform fees and subsidies included."""

    seller: ProducerKind
    nature: str  # goods or service
    vat_percent: Decimal = Field(ge=0)
    pit_percent: Decimal = Field(ge=0)
    source: str
    checked_on: date

    def vat_vnd(self, base_vnd: int) -> int:
        return _share(base_vnd, self.vat_percent)

    def pit_vnd(self, base_vnd: int) -> int:
        return _share(base_vnd, self.pit_percent)


class Threshold(Dated):
    """Revenue of a calendar year up to which nothing is due."""

    seller: ProducerKind
    year_vnd: int = Field(gt=0)
    source: str
    checked_on: date


def withholding(seller: str | None, nature: str, on: date) -> Withholding | None:
    """None where no row says what is withheld: an unknown legal form, or a day before the decree."""
    rows = table("taxes", Withholding)
    return next((row for row in rows if (row.seller, row.nature) == (seller, nature) and row.holds(on)), None)


def threshold(seller: str | None, on: date) -> Threshold | None:
    return next((row for row in table("tax_thresholds", Threshold) if row.seller == seller and row.holds(on)), None)


def _share(base_vnd: int, percent: Decimal) -> int:
    """Half up, away from zero: money taken back is rounded like money taken."""
    return int((base_vnd * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
