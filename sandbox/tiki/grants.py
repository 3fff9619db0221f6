"""Who may call what until when: apps, codes, access and refresh tokens (tiki.md section 2, read 2026-11-24).

Codes and refresh tokens work once. An access token stays good until it expires, also after a refresh.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.world import World

EXPIRES_IN_S = 3599
CODE_LIFETIME_S = 600
EVERYTHING = frozenset({"product", "order", "inventory", "multichannel", "offline"})
SCOPES = EVERYTHING | {"all"}


@dataclass(frozen=True)
class App:
    """An in-house app belongs to the seller; the token a public app gets for itself is linked with no seller."""

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    is_in_house: bool


@dataclass(frozen=True)
class Grant:
    """What one token allows. `scopes` is what the owner agreed to; an in-house app's own token carries everything."""

    client_id: str
    scopes: frozenset[str]
    has_seller: bool
    expires_at: datetime

    def allows(self, scope: str | None) -> bool:
        return scope is None or scope in self.scopes or "all" in self.scopes


@dataclass(frozen=True)
class Code:
    client_id: str
    scopes: frozenset[str]
    redirect_uri: str | None  # None: handed out by hand, any registered address may redeem it
    expires_at: datetime


@dataclass(frozen=True)
class Pair:
    access_token: str
    refresh_token: str | None
    grant: Grant


class Grants:
    """Every live code and token. `now` is the server's own idea of the time."""

    def __init__(self, world: World, now: Callable[[], datetime]) -> None:
        self._world = world
        self._now = now
        self._codes: dict[str, Code] = {}
        self._access: dict[str, Grant] = {}
        self._refresh: dict[str, Grant] = {}
        self.newest: dict[str, Pair] = {}  # client id -> the last pair with a refresh token

    def issue_code(self, app: App, scopes: frozenset[str], redirect_uri: str | None, lifetime_s: float) -> str:
        code = f"{self._world.token('tiki code')}.{self._world.token('tiki code')}"
        self._codes[code] = Code(app.client_id, scopes, redirect_uri, self._now() + timedelta(seconds=lifetime_s))
        return code

    def spend_code(self, app: App, code: str, redirect_uri: str) -> Pair | None:
        """The first pair, or None when the code is unknown, used, too old, another app's or bound to another address."""
        held = self._codes.get(code)
        if held is None or held.client_id != app.client_id or held.expires_at <= self._now():
            return None
        if held.redirect_uri not in (None, redirect_uri):
            return None
        del self._codes[code]
        return self._issue(app, held.scopes, has_seller=True, refreshable="offline" in held.scopes)

    def refresh(self, app: App, refresh_token: str) -> Pair | None:
        """A new pair for the old refresh token, which is spent; None when it is unknown, spent or another app's."""
        held = self._refresh.get(refresh_token)
        if held is None or held.client_id != app.client_id:
            return None
        del self._refresh[refresh_token]
        return self._issue(app, held.scopes, has_seller=True, refreshable=True)

    def issue_own(self, app: App) -> Pair:
        """The app's own token: no refresh token, one just asks again."""
        return self._issue(app, EVERYTHING, has_seller=app.is_in_house, refreshable=False)

    def issue_pair(self, app: App) -> Pair:
        """A pair as it stands after a consent to everything."""
        return self._issue(app, EVERYTHING, has_seller=True, refreshable=True)

    def holder(self, access_token: str) -> Grant | None:
        """What this access token allows; None when it is unknown or expired."""
        grant = self._access.get(access_token)
        return grant if grant is not None and grant.expires_at > self._now() else None

    def expire(self) -> None:
        """Every access token is too old from now on."""
        self._access = {token: replace(grant, expires_at=self._now()) for token, grant in self._access.items()}

    def revoke(self) -> None:
        """The seller took the permission back: no token works any more."""
        self._access.clear()
        self._refresh.clear()

    def _issue(self, app: App, scopes: frozenset[str], *, has_seller: bool, refreshable: bool) -> Pair:
        grant = Grant(app.client_id, scopes, has_seller, self._now() + timedelta(seconds=EXPIRES_IN_S))
        access = f"{self._world.token('tiki access')}.{self._world.token('tiki access')}"
        refresh = f"{self._world.token('tiki refresh')}.{self._world.token('tiki refresh')}" if refreshable else None
        pair = Pair(access, refresh, grant)
        self._access[access] = grant
        if refresh is not None:
            self._refresh[refresh] = grant
            self.newest[app.client_id] = pair
        return pair
