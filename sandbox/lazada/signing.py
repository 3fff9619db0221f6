"""Lazada's signatures (Lazada Open Platform reference, signing and push pages, read 2026-11-24)."""

import hashlib
import hmac
from collections.abc import Mapping


def sign(secret: str, path: str, params: Mapping[str, str], body: bytes = b"") -> str:
    """Upper-case hex HMAC-SHA256 over the path without /rest, then name and value of every text parameter but `sign`, sorted by
    name byte by byte, with nothing between; a body that is neither form nor multipart nor JSON comes last.
    """
    text = path + "".join(name + params[name] for name in sorted(params) if name != "sign")
    return hmac.new(secret.encode(), text.encode() + body, hashlib.sha256).hexdigest().upper()


def sign_push(secret: str, app_key: str, body: bytes) -> str:
    """The `Authorization` header of a push: lower-case hex over the app key and the raw body."""
    return hmac.new(secret.encode(), app_key.encode() + body, hashlib.sha256).hexdigest()
