"""Lazada's times and ours. Answers write them in several ways, all documented (reference, sections 2.2 and 4.4, read 2026-11-24)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_MILLISECONDS = 100_000_000_000  # a smaller number counts seconds: milliseconds reached this in 1973
MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}  # noqa: SIM905 - one line to read


def to_utc(value: object) -> datetime:
    """ISO 8601, `2026-11-20 09:15:02 +0700`, or epoch milliseconds or seconds; without a zone it is Vietnam's time.

    Raises ValueError for anything else.
    """
    text = str(value).strip()
    if text.isdecimal():
        number = int(text)
        return datetime.fromtimestamp(number / 1000 if number >= FIRST_MILLISECONDS else number, UTC)
    moment = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)


def to_iso(moment: datetime) -> str:
    """What requests want: Vietnam's time with a colon in the offset; parts of a second are dropped."""
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds")


def to_day(moment: datetime) -> date:
    """The day in Vietnam."""
    return moment.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """Midnight in Vietnam, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC)


def to_milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def read_day(text: str) -> date:
    """`22 Nov 2026`. Raises ValueError for anything else."""
    day, month, year = text.split()
    if month not in MONTHS:
        raise ValueError(f"not a month: {month!r}")
    return date(int(year), MONTHS[month], int(day))


def read_period(text: str) -> tuple[date, date]:
    """`16 Nov 2026 - 22 Nov 2026`, both days included. Raises ValueError for anything else."""
    first, last = text.split(" - ")
    return read_day(first), read_day(last)
