"""The pace of one app key, shared by every lane of this process that uses it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from connectors.errors import TransientError

CATCH_UP_S = 0.25  # a lane that was late may send this much of its allowance at once


class NotAppliedError(TransientError):
    """The request provably changed nothing (refused for pace, or never sent): even a write may be sent again."""


class Limiter:
    """At most `rate_per_s` requests a second and `max_in_flight` at once; a refusal for pace pauses every lane.

    `rate_per_s` None means no pace of our own. Thread-safe.
    """

    def __init__(
        self, rate_per_s: float | None, max_in_flight: int, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.interval_s = 1 / rate_per_s if rate_per_s else 0.0
        self._sleep = sleep
        self._places = threading.BoundedSemaphore(max_in_flight)
        self._lock = threading.Lock()
        self._next_at = time.monotonic()
        self._paused_until = 0.0

    @contextmanager
    def slot(self, max_wait_s: float = 30.0) -> Iterator[None]:
        """Wait for a turn. Raises NotAppliedError when a pause is longer than `max_wait_s`: the row should wait, not the lane."""
        with self._places:
            while (wait_s := self._take(max_wait_s)) > 0:
                self._sleep(wait_s)
            yield

    def pause(self, seconds: float) -> None:
        """Nobody sends for so long: the marketplace said so."""
        with self._lock:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    def _take(self, max_wait_s: float) -> float:
        """Take a turn and give 0, or give the seconds to wait before asking again."""
        with self._lock:
            now = time.monotonic()
            paused_s = self._paused_until - now
            if paused_s > max_wait_s:
                raise NotAppliedError("this app is paused by the marketplace", retry_after_s=paused_s)
            self._next_at = max(self._next_at, now - CATCH_UP_S)
            if (wait_s := max(paused_s, self._next_at - now)) > 0:
                return wait_s
            self._next_at += self.interval_s
            return 0.0


_limiters: dict[tuple[str, str, str], Limiter] = {}
_registry = threading.Lock()


def limiter_for(
    marketplace: str, base_url: str, app_key: str, *, rate_per_s: float | None, max_in_flight: int
) -> Limiter:
    """The one limiter of this app key at this address; the first caller's pace holds for the process."""
    with _registry:
        key = (marketplace, base_url, app_key)
        if key not in _limiters:
            _limiters[key] = Limiter(rate_per_s, max_in_flight)
        return _limiters[key]
