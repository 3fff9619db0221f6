"""TikTok Shop's signature: HMAC-SHA256 over path, sorted query and the body's own bytes, between two copies of the secret.

TikTok Shop Partner reference 1.4 and 1.5, read 2026-11-24. Values are signed decoded; a multipart body is not signed. Refused when
our clock is more than 5 minutes behind TikTok's or 30 seconds ahead of it.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase

from connectors.tiktok_shop.settings import TiktokShopSettings

Pairs = list[tuple[str, str]]
UNSIGNED = frozenset({"sign", "access_token"})


def sign(app_secret: str, path: str, query: Iterable[tuple[str, str]], body: bytes = b"") -> str:
    """Lower-case hex. A key that comes twice is signed twice, in the order of the request."""
    pairs = sorted((pair for pair in query if pair[0] not in UNSIGNED), key=lambda pair: pair[0])
    words = path + "".join(name + value for name, value in pairs)
    secret = app_secret.encode()
    return hmac.new(secret, secret + words.encode() + body + secret, hashlib.sha256).hexdigest()


class TiktokSignature(AuthBase):
    """Adds app_key, timestamp (s), sign, and the shop's cipher where there is one; the token goes into a header."""

    def __init__(
        self, app: TiktokShopSettings, at: datetime, access_token: SecretStr, cipher: str | None = None
    ) -> None:
        self._secret = app.app_secret.get_secret_value()
        self._access_token = access_token.get_secret_value()
        self._common: Pairs = [("app_key", app.app_key), ("timestamp", str(int(at.timestamp())))]
        if cipher is not None:
            self._common.append(("shop_cipher", cipher))

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["x-tts-access-token"] = self._access_token
        request.headers.setdefault("Content-Type", "application/json")  # on a GET too
        parts = urlsplit(str(request.url))
        query = parse_qsl(parts.query, keep_blank_values=True) + self._common
        signature = sign(self._secret, parts.path, query, _signed_body(request))
        request.url = parts._replace(query=urlencode([*query, ("sign", signature)])).geturl()
        return request


class AppCredentials(AuthBase):
    """The unsigned calls for tokens: key and secret stand in the query, so that address must never be printed."""

    def __init__(self, app: TiktokShopSettings) -> None:
        self._query = {"app_key": app.app_key, "app_secret": app.app_secret.get_secret_value()}

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.url = f"{request.url}&{urlencode(self._query)}"
        return request


def _signed_body(request: PreparedRequest) -> bytes:
    if str(request.headers["Content-Type"]).startswith("multipart/form-data") or request.body is None:
        return b""
    return request.body if isinstance(request.body, bytes) else request.body.encode()
