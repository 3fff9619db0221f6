"""Moments as TikTok Shop writes them: whole Unix seconds, and days of the shop's zone."""

from datetime import UTC, datetime

END_OF_TIME = 253_402_300_799  # the last second a datetime can hold


def epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def epoch_or_zero(moment: datetime | None) -> int:
    return 0 if moment is None else epoch(moment)


def from_epoch(second: int) -> datetime:
    """The moment; one outside of all calendars is moved to their nearest end."""
    return datetime.fromtimestamp(min(max(second, 0), END_OF_TIME), UTC)
