"""What the programme set out to reach: dated rows of `catalog/data/targets.csv`, each with its source."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from catalog.base import Fact
from catalog.reference import table


class Measure(StrEnum):
    PRODUCTS = "products"
    FIVE_STAR = "five_star"
    ONLINE_SHARE = "online_share"
    ONLINE_GROWTH = "online_growth"
    STAR_UPLIFT = "star_uplift"


class Target(Fact):
    """At least so much by the end of that year; shares and growth are fractions."""

    measure: Measure
    least: Decimal
    by_year: int
    basis: str
    source: str
    checked_on: date


def targets() -> tuple[Target, ...]:
    return table("targets", Target)
