"""Sends messages to the app's callback: signed, acknowledged by 200 within 500 ms, else again every 30 minutes up to 12 times
(Lazada Open Platform reference, push pages, read 2026-11-24).

It goes out when it is told to, so that a test on a standing clock decides when. What it sent is forgotten by a restart: messages come
at least once. Unlike the real one it accepts a callback without TLS.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from sandbox.lazada import events
from sandbox.lazada.accounts import APP_KEY
from sandbox.lazada.call import Backstage
from sandbox.lazada.events import Event
from sandbox.lazada.signing import sign_push

ACKNOWLEDGED_WITHIN_S = 0.5
AGAIN_AFTER = timedelta(minutes=30)
MOST_REPEATS = 12


@dataclass
class Parcel:
    """A message on its way."""

    event: Event
    tries: int = 0
    next_at: datetime | None = None  # None: at once
    arrived: bool = False

    def is_due(self, now: datetime) -> bool:
        return not self.arrived and self.tries <= MOST_REPEATS and (self.next_at is None or self.next_at <= now)


@dataclass
class Courier:
    backstage: Backstage
    _url: str = ""
    _since: datetime | None = None
    _parcels: dict[tuple[Any, ...], Parcel] = field(default_factory=dict)

    def register(self, callback_url: str) -> None:
        """Messages are sent there from now on, those of earlier moments never."""
        self._url, self._since = callback_url, self.backstage.world.clock.now()

    def deliver(self, *, twice: bool = False) -> int:
        """Send what is due, each once or twice; how many were acknowledged. The world goes on meanwhile."""
        with self.backstage.world.lock:
            now = self.backstage.world.clock.now()
            due = self._due(now)
            bodies = [self._body(parcel) for parcel in due]
        for parcel, body in zip(due, bodies, strict=True):
            answers = [self._post(body) for _ in range(2 if twice else 1)]
            parcel.arrived, parcel.tries, parcel.next_at = any(answers), parcel.tries + 1, now + AGAIN_AFTER
        return sum(parcel.arrived for parcel in due)

    def _due(self, now: datetime) -> list[Parcel]:
        """Oldest first. Nothing of a seller whose token is not valid."""
        if self._since is None:
            return []
        stage = self.backstage
        for seller_id, seller in stage.accounts.sellers.items():
            if stage.accounts.grants[seller_id].until > now:
                for event in events.since(
                    stage.world, seller, stage.books[seller_id], stage.shelves[seller_id], self._since
                ):
                    self._parcels.setdefault(event.key, Parcel(event))
        return sorted((one for one in self._parcels.values() if one.is_due(now)), key=lambda one: one.event.at)

    @staticmethod
    def _body(parcel: Parcel) -> bytes:
        envelope = parcel.event.envelope(again=parcel.tries > 0)
        return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()

    def _post(self, body: bytes) -> bool:
        """Was it acknowledged in time?"""
        target = urlsplit(self._url)
        secret = self.backstage.accounts.app_secret
        headers = {"Content-Type": "application/json", "Authorization": sign_push(secret, APP_KEY, body)}
        connection = HTTPConnection(target.hostname or "", target.port, timeout=ACKNOWLEDGED_WITHIN_S)
        try:
            connection.request("POST", target.path or "/", body, headers)
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
