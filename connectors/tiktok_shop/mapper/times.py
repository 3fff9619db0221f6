"""TikTok Shop's times are Unix seconds; ours are aware UTC. Its upper bounds are exclusive."""

from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)


def to_utc(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def to_seconds(moment: datetime) -> int:
    """Whole seconds, cut down."""
    return int(moment.timestamp())


def after(moment: datetime) -> int:
    """The exclusive bound that takes the whole of this second in."""
    return to_seconds(moment) + 1
