"""TikTok Shop signatures (Partner Center "Sign your API request", read 2026-11-23).

The bytes that were sent are the bytes that are signed: nothing is parsed and written again on the way.
"""

import hashlib
import hmac
from collections.abc import Iterable

NOT_SIGNED = frozenset({"sign", "access_token"})


def sign(app_secret: str, path: str, query: Iterable[tuple[str, str]], body: bytes) -> str:
    """Lower-case hex. `query` holds decoded values in request order, a repeated key once per occurrence; `body` is empty for multipart."""
    pairs = sorted((pair for pair in query if pair[0] not in NOT_SIGNED), key=lambda pair: pair[0])
    said = "".join((path, *(key + value for key, value in pairs))).encode() + body
    return _hmac(app_secret, app_secret.encode() + said + app_secret.encode())


def sign_event(app_key: str, app_secret: str, body: bytes) -> str:
    """The whole `Authorization` header of a webhook: no scheme word before it."""
    return _hmac(app_secret, app_key.encode() + body)


def _hmac(app_secret: str, message: bytes) -> str:
    return hmac.new(app_secret.encode(), message, hashlib.sha256).hexdigest()
