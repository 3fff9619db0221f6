"""Sending messages out: one thread, alive only while something waits, to addresses on this machine and nowhere else.

Nothing is sent while a journal is replayed: until the first live request the outbox is shut, and what is put in is forgotten.
"""

import http.client
import logging
import threading
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TIMEOUT_S = 5.0
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    address: str
    body: bytes
    signature: str = field(repr=False)


@dataclass
class Outbox:
    is_open: bool = False
    _waiting: deque[Letter] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_sending: bool = False

    def send(self, address: str, body: bytes, signature: str) -> None:
        """At most once, in order; what cannot be delivered is lost."""
        if not self.is_open:
            return
        with self._lock:
            self._waiting.append(Letter(address, body, signature))
            if not self._is_sending:
                self._is_sending = True
                threading.Thread(target=self._empty, daemon=True).start()

    @property
    def is_busy(self) -> bool:
        """Is anything on its way?"""
        with self._lock:
            return self._is_sending

    def _empty(self) -> None:
        while letter := self._next():
            deliver(letter)

    def _next(self) -> Letter | None:
        with self._lock:
            self._is_sending = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None


def deliver(letter: Letter) -> None:
    target = urlsplit(letter.address)
    if target.scheme != "http" or target.hostname not in LOOPBACK:
        log.info("webhook not sent: its address is not on this machine")
        return
    connection = http.client.HTTPConnection(target.hostname, target.port or 80, timeout=TIMEOUT_S)
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    headers = {"Content-Type": "application/json", "Authorization": letter.signature}
    try:
        connection.request("POST", path, letter.body, headers)
        connection.getresponse().read()
    except (OSError, http.client.HTTPException) as err:
        log.info("webhook lost", extra={"why": type(err).__name__})
    finally:
        connection.close()
