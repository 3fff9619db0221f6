"""Faults on demand: what can go wrong between a client and a marketplace, announced beforehand by a test."""

import re
import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from sandbox.hostile import PAGES


class FaultKind(StrEnum):
    STATUS = "status"  # status, retry_after (seconds or none): answered so, nothing applied
    RESET_BEFORE = "reset_before"  # the connection is reset, nothing applied
    RESET_AFTER = "reset_after"  # applied, then the connection is reset: a lost answer
    HANG_BEFORE = "hang_before"  # seconds: silence, then a reset, nothing applied
    HANG_AFTER = "hang_after"  # seconds: applied at once, the answer comes late
    TRUNCATED = "truncated"  # applied; half of the body. lie: Content-Length still promises all of it
    HTML = "html"  # a page instead of JSON with status 200. applied: the write behind it happened
    DUPLICATE_PAGE = "duplicate_page"  # the last good answer of this path, once more
    REORDERED_PAGE = "reordered_page"  # every list of objects in the JSON comes back to front
    EXPIRED_TOKEN = "expired_token"  # noqa: S105 - a kind of fault: access tokens expire just before this request
    REVOKED_TOKEN = "revoked_token"  # noqa: S105 - likewise, refresh tokens too
    CLOCK_SKEW = "clock_skew"  # seconds: the site's clock is ahead, until cleared
    CAPTCHA = "captcha"  # the site's challenge page
    ROBOTS_DENY = "robots_deny"  # robots.txt forbids everything
    HOSTILE_PAGE = "hostile_page"  # page: one of sandbox/hostile.py's, made of the site's own answer


OPTIONS: dict[FaultKind, frozenset[str]] = {
    FaultKind.STATUS: frozenset({"status", "retry_after"}),
    FaultKind.HANG_BEFORE: frozenset({"seconds"}),
    FaultKind.HANG_AFTER: frozenset({"seconds"}),
    FaultKind.TRUNCATED: frozenset({"lie"}),
    FaultKind.HTML: frozenset({"applied"}),
    FaultKind.CLOCK_SKEW: frozenset({"seconds"}),
    FaultKind.HOSTILE_PAGE: frozenset({"page"}),
}
NEEDED = {
    FaultKind.STATUS: "status",
    FaultKind.CLOCK_SKEW: "seconds",
    FaultKind.HANG_BEFORE: "seconds",
    FaultKind.HANG_AFTER: "seconds",
    FaultKind.HOSTILE_PAGE: "page",
}


@dataclass
class Fault:
    """`times` None: until cleared. The first `skip` requests that match pass unharmed."""

    id: int
    site: str
    kind: FaultKind
    path: str
    times: int | None
    skip: int
    options: dict[str, Any] = field(default_factory=dict)

    def matches(self, site: str, path: str) -> bool:
        return site == self.site and re.search(self.path, path) is not None


class Faults:
    """The faults now announced, in the order they were added. Safe for threads."""

    def __init__(self, sites: Collection[str]) -> None:
        self._sites = sites
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._last_id = 0

    def add(
        self,
        site: str,
        kind: str,
        *,
        path: str | None = None,
        times: int | None = 1,
        skip: int = 0,
        **options: Any,
    ) -> int:
        """Announce one fault and give its id. `path` is a regular expression. ValueError for a word that is not known."""
        known = FaultKind(kind)
        self._check(site, known, options)
        where = path or (r"^/robots\.txt$" if known is FaultKind.ROBOTS_DENY else "")
        re.compile(where)
        with self._lock:
            self._last_id += 1
            self._faults.append(Fault(self._last_id, site, known, where, times, skip, options))
            return self._last_id

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, site: str, path: str) -> Fault | None:
        """The fault that strikes this request, used up once."""
        with self._lock:
            return next((fault for fault in self._faults if self._strikes(fault, site, path)), None)

    def skew_s(self, site: str) -> float:
        """How many seconds that site's clock is ahead."""
        with self._lock:
            skews = (f for f in self._faults if f.kind is FaultKind.CLOCK_SKEW and f.site == site)
            return float(sum(fault.options["seconds"] for fault in skews))

    def listed(self) -> list[dict[str, Any]]:
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def _check(self, site: str, kind: FaultKind, options: dict[str, Any]) -> None:
        if site not in self._sites:
            raise ValueError(f"no site {site!r}; there are {', '.join(sorted(self._sites))}")
        if strange := options.keys() - OPTIONS.get(kind, frozenset()):
            raise ValueError(f"{kind} knows no {', '.join(sorted(strange))}")
        if (needed := NEEDED.get(kind)) and needed not in options:
            raise ValueError(f"{kind} needs {needed}")
        if kind is FaultKind.HOSTILE_PAGE and options["page"] not in PAGES:
            raise ValueError(f"no hostile page {options['page']!r}; there are {', '.join(PAGES)}")

    @staticmethod
    def _strikes(fault: Fault, site: str, path: str) -> bool:
        if fault.kind is FaultKind.CLOCK_SKEW or fault.times == 0 or not fault.matches(site, path):
            return False
        if fault.skip:
            fault.skip -= 1
            return False
        if fault.times is not None:
            fault.times -= 1
        return True
