"""Shopee v2 signatures (Shopee v2 reference, signature pages, read 2026-11-23).

`partner_key` is used as text, never hex-decoded; path is without host and query.
"""

import hashlib
import hmac


def sign(partner_key: str, *parts: object) -> str:
    """Lower-case hex HMAC-SHA256 over the parts with nothing between them: partner id, path, timestamp (s) and, for a
    subject's own call, its access token and id.
    """
    return _hmac(partner_key, "".join(map(str, parts)).encode())


def sign_push(partner_key: str, callback_url: str, body: bytes) -> str:
    """The `Authorization` header of a push: over the callback address as configured, a bar, and the raw body."""
    return _hmac(partner_key, callback_url.encode() + b"|" + body)


def _hmac(partner_key: str, message: bytes) -> str:
    return hmac.new(partner_key.encode(), message, hashlib.sha256).hexdigest()
