"""TikTok Shop's times are Unix seconds; ours are aware UTC. Its upper bounds are exclusive."""

from datetime import UTC, datetime, timedelta

from connectors.errors import UnexpectedAnswerError

DAY = timedelta(days=1)


def to_utc(seconds: int) -> datetime:
    """Raises UnexpectedAnswerError for a number that is no time, as milliseconds would be."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise UnexpectedAnswerError(f"{seconds} s is no time", marketplace="tiktok_shop") from None


def to_seconds(moment: datetime) -> int:
    """Whole seconds, cut down."""
    return int(moment.timestamp())


def after(moment: datetime) -> int:
    """The exclusive bound that takes the whole of this second in."""
    return to_seconds(moment) + 1
