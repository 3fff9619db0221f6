"""What a connector is given instead of the database: `jobs/` implements it over tables, tests over memory."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from connectors.facts.shop import Tokens


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware UTC."""
        ...


class TokenStore(Protocol):
    """One shop's tokens. `renew` is the only way to refresh: it serialises refreshes of a shop across processes."""

    def load(self) -> Tokens:
        """The pair now in force. Raises LoginRequiredError when there is none."""
        ...

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        """Give the pair that replaced `stale`, calling `refresh` at most once a shop however many ask.

        The start is recorded before the call and the new pair is stored before it is used. A lost answer is recorded too:
        single-use refresh tokens make it an OutcomeUnknownError once, then a LoginRequiredError, never silence.
        """
        ...


class Cache(Protocol):
    """Small reference answers (categories, attributes, uploaded picture ids), kept at most `max_age_s` seconds."""

    def get(self, key: str, max_age_s: float) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...
