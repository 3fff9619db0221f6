"""Tiki's OAuth 2: an in-house app asks with its own credentials, a public app with the seller's consent.

Tiki Open API notes, section 2, read 2026-11-23. An in-house app has no refresh token: it just asks again. A public app's
refresh answer holds a new pair and ends the old one, so `TokenStore.renew` is the only way in.
"""

from datetime import timedelta
from urllib.parse import urlencode

from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase, HTTPBasicAuth

from connectors.endpoint import Answer, Endpoint, Payload
from connectors.facts.shop import Tokens
from connectors.http import HttpChannel
from connectors.ports import Clock
from connectors.signing import AppSigning
from connectors.tiki.settings import TikiSettings

SCOPE = "offline product order inventory"  # without "offline" no refresh token is given


class ClientGrant(Payload):
    client_id: str
    grant_type: str = "client_credentials"


class CodeGrant(Payload):
    code: str
    redirect_uri: str
    client_id: str
    grant_type: str = "authorization_code"


class RefreshGrant(Payload):
    refresh_token: str
    client_id: str
    grant_type: str = "refresh_token"


class TokenAnswer(Answer):
    access_token: SecretStr
    expires_in: int
    refresh_token: SecretStr | None = None
    ignores = frozenset({"scope", "token_type", "id_token"})


TOKEN_PATH = "/sc/oauth2/token"  # noqa: S105 - a path, not a token
CLIENT_TOKEN = Endpoint("POST", TOKEN_PATH, ClientGrant, TokenAnswer, safe_to_repeat=True, encoding="form")
CODE_TOKEN = Endpoint("POST", TOKEN_PATH, CodeGrant, TokenAnswer, encoding="form")  # a code works once
REFRESHED_TOKEN = Endpoint("POST", TOKEN_PATH, RefreshGrant, TokenAnswer, encoding="form")  # so does a refresh token


class BearerAuth(AuthBase):
    """The access token in the Authorization header."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._tokens.access_token.get_secret_value()}"
        return request


class Login:
    """Gets tokens. Holds no tokens itself."""

    def __init__(self, settings: TikiSettings, channel: HttpChannel, clock: Clock) -> None:
        self._settings = settings
        self._channel = channel
        self._clock = clock

    def url(self, redirect: str, state: str) -> str:
        """`redirect` must equal a registered one; `state` needs at least 8 characters."""
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": redirect,
            "scope": SCOPE,
            "state": state,
        }
        return f"{self._settings.base_url.rstrip('/')}/sc/oauth2/auth?{urlencode(query)}"

    def from_code(self, code: str, redirect: str) -> Tokens:
        """The first pair. An empty code means an in-house app, which nobody has to consent to."""
        if not code:
            return self.own()
        grant = CodeGrant(code=code, redirect_uri=redirect, client_id=self._settings.client_id)
        return self._tokens(self._channel.call(CODE_TOKEN, grant, signing=self._signing(code)))

    def refresh(self, stale: Tokens) -> Tokens:
        """The pair that replaces `stale`."""
        if stale.refresh_token is None:
            return self.own()
        old = stale.refresh_token.get_secret_value()
        grant = RefreshGrant(refresh_token=old, client_id=self._settings.client_id)
        return self._tokens(self._channel.call(REFRESHED_TOKEN, grant, signing=self._signing(old)))

    def own(self) -> Tokens:
        """The app's own token, which needs nobody's consent and cannot be refreshed."""
        grant = ClientGrant(client_id=self._settings.client_id)
        return self._tokens(self._channel.call(CLIENT_TOKEN, grant, signing=self._signing()))

    def _signing(self, *more_secrets: str) -> AppSigning:
        secret = self._settings.client_secret.get_secret_value()
        return AppSigning(lambda: HTTPBasicAuth(self._settings.client_id, secret), (secret, *more_secrets))

    def _tokens(self, answer: TokenAnswer) -> Tokens:
        """`expires_in` is read, never assumed: one hour was seen, nothing is promised."""
        return Tokens(
            access_token=answer.access_token,
            refresh_token=answer.refresh_token,
            expires_at=self._clock.now() + timedelta(seconds=answer.expires_in),
        )
