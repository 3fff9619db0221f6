"""Where the world's time comes from: a clock that tests turn, or the one on the wall."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...


class VirtualClock:
    """Stands still until somebody sets it, and never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = _utc(start)

    def now(self) -> datetime:
        return self._now

    def set(self, to: datetime) -> None:
        """Move to that moment. ValueError when it lies in the past."""
        moment = _utc(to)
        if moment < self._now:
            raise ValueError(
                f"the world's clock stands at {self._now.isoformat()} and cannot go back to {moment.isoformat()}"
            )
        self._now = moment


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} names no time zone")
    return moment.astimezone(UTC)
