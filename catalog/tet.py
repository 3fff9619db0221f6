"""Tết moves: the first days of the lunar years in Vietnam's own calendar (UTC+7), as rows of `catalog/data/tet.csv`."""

from datetime import date, timedelta

from catalog.base import Fact
from catalog.reference import table

BEFORE, AFTER = timedelta(days=30), timedelta(days=6)  # buying for Tết, and the holiday itself


class Tet(Fact):
    first_day: date
    basis: str
    checked_on: date


def tet_days(first: date, last: date) -> int | None:
    """Days of [first, last] in the season of a Tết, from 30 days before it to its seventh day.

    None outside the years the table knows: unknown is not none.
    """
    known = [row.first_day for row in table("tet", Tet)]
    if not known[0].year <= first.year <= last.year <= known[-1].year:
        return None
    return sum(max(0, (min(last, day + AFTER) - max(first, day - BEFORE)).days + 1) for day in known)
