"""Moments as TikTok Shop writes them: whole Unix seconds, and days of the shop's zone."""

from datetime import UTC, datetime


def epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def epoch_or_zero(moment: datetime | None) -> int:
    return 0 if moment is None else epoch(moment)


def from_epoch(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)
