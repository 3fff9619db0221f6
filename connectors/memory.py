"""The ports of `base.py` in memory: for tools that touch no database, and for tests."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from connectors.errors import LoginRequiredError
from connectors.facts.shop import Tokens


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MemoryTokenStore:
    """One shop's tokens. Refreshes are serialised by a lock; a failed refresh leaves the old pair, which may be tried again.

    After a lost answer that second try tells the truth: the marketplace either never saw the first (and renews) or refuses
    the used refresh token (LoginRequiredError).
    """

    def __init__(self, tokens: Tokens | None = None) -> None:
        self._tokens = tokens
        self._lock = threading.Lock()

    def load(self) -> Tokens:
        if self._tokens is None:
            raise LoginRequiredError("this shop has not been connected yet")
        return self._tokens

    def save(self, tokens: Tokens) -> None:
        """Put a pair in force, as after a login."""
        with self._lock:
            self._tokens = tokens

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        with self._lock:
            if self.load() == stale:
                self._tokens = refresh(stale)
            return self.load()


class MemoryCache:
    """Keeps answers until the process ends. Ages are measured on the monotonic clock."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, str]] = {}

    def get(self, key: str, max_age_s: float) -> str | None:
        at, value = self._kept.get(key, (-float("inf"), None))
        return value if time.monotonic() - at <= max_age_s else None

    def put(self, key: str, value: str) -> None:
        self._kept[key] = (time.monotonic(), value)
