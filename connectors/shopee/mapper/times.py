"""Shopee's times are Unix seconds; ours are aware UTC."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_WINDOW = timedelta(days=15)  # of order, escrow and return lists (v2 reference 7, read 2026-11-23)

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def to_utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def to_seconds(moment: datetime) -> int:
    """Whole seconds, cut down: the fraction is seen by the next pull."""
    return int(moment.timestamp())


def windows(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """[since, until] in pieces the API takes, oldest first; neighbours share their second."""
    while since < until:
        end = min(since + LONGEST_WINDOW, until)
        yield since, end
        since = end


def day_of(moment: datetime) -> str:
    """The Vietnamese day, as 2026-11-24: released money is told day by day."""
    return moment.astimezone(VIETNAM).date().isoformat()


def midnight(moment: datetime) -> datetime:
    """The beginning of its Vietnamese day, aware UTC."""
    return datetime.combine(moment.astimezone(VIETNAM).date(), time.min, VIETNAM).astimezone(UTC)
