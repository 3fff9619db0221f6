"""A moment in a named form, read several times faster than by strptime alone: days and clocks come again, moments seldom do."""

import re
from datetime import date, datetime, time, tzinfo
from functools import cache
from typing import NamedTuple

from connectors.files.memory import Memory

_CLOCK = re.compile("[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2})?")
_MIDNIGHT = time()


class Form(NamedTuple):
    """`clocks` None: a form of days alone."""

    days: Memory[str, date]
    clocks: Memory[str, time] | None

    def read(self, written: str, zone: tzinfo) -> datetime:
        """That zone's. Raises ValueError where it is written otherwise, and where the calendar or the clock has no such moment."""
        if self.clocks is None:
            return datetime.combine(self.days[written], _MIDNIGHT, zone)
        day, _, clock = written.rpartition(" ")
        return datetime.combine(self.days[day], self.clocks[clock], zone)


@cache
def form(directives: str) -> Form:
    """A day in strptime's directives, and behind it ` %H:%M`, ` %H:%M:%S` or nothing."""
    day, hour, rest = directives.partition(" %H")
    days: Memory[str, date] = Memory(lambda written: datetime.strptime(written, day).date())  # noqa: DTZ007 - a day has no zone
    return Form(days, Memory(lambda written: _clock(written, rest.count(":"))) if hour else None)


def _clock(written: str, colons: int) -> time:
    if not _CLOCK.fullmatch(written) or written.count(":") != colons:
        raise ValueError
    hour, minute, second = (*map(int, written.split(":")), 0)[:3]
    return time(hour, minute, second)
