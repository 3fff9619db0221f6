"""A site's rate limit: a token bucket in real seconds, since clients wait in real seconds even when the world's clock jumps."""

import time


class Bucket:
    """`rate_per_s` requests a second, and as many at once after a pause. Callers hold the world's lock."""

    def __init__(self, rate_per_s: float | None) -> None:
        self._rate_per_s = rate_per_s
        self._room = max(1.0, rate_per_s or 0.0)
        self._tokens = self._room
        self._filled_at = time.monotonic()

    def wait_s(self) -> float:
        """Take one token: 0 when there was one, else the seconds until there will be."""
        if self._rate_per_s is None:
            return 0.0
        now = time.monotonic()
        self._tokens = min(self._room, self._tokens + (now - self._filled_at) * self._rate_per_s)
        self._filled_at = now
        if self._tokens < 1:
            return (1 - self._tokens) / self._rate_per_s
        self._tokens -= 1
        return 0.0
