"""Which signature a call carries, and how a refused token is replaced."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from requests.auth import AuthBase

from connectors.facts.shop import Tokens
from connectors.ports import Clock, TokenStore

REFRESH_BEFORE = timedelta(seconds=60)  # of a token's end: a call may take 30 s


@dataclass(frozen=True)
class Signed:
    """A signature and the tokens it was made with."""

    auth: AuthBase | None
    tokens: Tokens | None = field(default=None, repr=False)


class Signing(ABC):
    @abstractmethod
    def sign(self) -> Signed:
        """The signature for the next request."""

    @abstractmethod
    def renew(self, refused: Signed) -> bool:
        """Replace the refused tokens; False when there are none to replace."""

    @abstractmethod
    def secrets(self) -> Iterable[str]:
        """What must not appear in any text."""


class AppSigning(Signing):
    """Signed by the app alone: consent, tokens, public data. `make` None sends nothing."""

    def __init__(self, make: Callable[[], AuthBase] | None = None, secrets: tuple[str, ...] = ()) -> None:
        self._make = make
        self._secrets = secrets

    def sign(self) -> Signed:
        return Signed(self._make() if self._make else None)

    def renew(self, refused: Signed) -> bool:  # noqa: ARG002 - an app has no token that could be renewed
        return False

    def secrets(self) -> Iterable[str]:
        return self._secrets


class ShopSigning(Signing):
    """Signed with one shop's tokens, kept in memory between calls; renewed through the store, shortly before their end or when refused.

    Another process may have renewed them meanwhile: the store then gives the new pair without a call.
    """

    def __init__(
        self,
        store: TokenStore,
        clock: Clock,
        make: Callable[[Tokens], AuthBase],
        refresh: Callable[[Tokens], Tokens],
        secrets: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._clock = clock
        self._make = make
        self._refresh = refresh
        self._secrets = secrets
        self._tokens: Tokens | None = None

    def sign(self) -> Signed:
        tokens = self._tokens or self._store.load()
        if tokens.expires_at - self._clock.now() < REFRESH_BEFORE:
            tokens = self._store.renew(tokens, self._refresh)
        self._tokens = tokens
        return Signed(self._make(tokens), tokens)

    def renew(self, refused: Signed) -> bool:
        if refused.tokens is None:
            return False
        self._tokens = self._store.renew(refused.tokens, self._refresh)
        return True

    def secrets(self) -> Iterable[str]:
        yield from self._secrets
        if self._tokens:
            yield self._tokens.access_token.get_secret_value()
            if self._tokens.refresh_token:
                yield self._tokens.refresh_token.get_secret_value()
