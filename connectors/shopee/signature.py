"""Shopee's signature: HMAC-SHA256 over partner id, path, time, and for shop calls token and shop id.

Shopee v2 reference, section "Signature", read 2026-11-23. Business parameters and bodies are not signed. Refused when our
clock is more than 5 minutes off.
"""

import hmac
from datetime import datetime
from urllib.parse import quote

from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase

ROOT = "/api/v2/"


def sign(partner_key: str, *parts: str) -> str:
    """Lower-case hex over the parts joined without separators."""
    return hmac.digest(partner_key.encode(), "".join(parts).encode(), "sha256").hex()


class ShopeeSignature(AuthBase):
    """Adds partner_id, timestamp (s) and sign to the query; for a shop's call also access_token and shop_id."""

    def __init__(
        self,
        partner_id: int,
        partner_key: SecretStr,
        at: datetime,
        access_token: SecretStr | None = None,
        shop_id: str = "",
    ) -> None:
        self._partner_id = str(partner_id)
        self._partner_key = partner_key
        self._timestamp = str(int(at.timestamp()))
        self._access_token = access_token.get_secret_value() if access_token else ""
        self._shop_id = shop_id

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        url = str(request.url)
        path, joint, _ = url.partition("?")
        common = "&".join(f"{name}={quote(value)}" for name, value in self.query(path).items())
        request.url = f"{url}{'&' if joint else '?'}{common}"
        return request

    def query(self, path: str) -> dict[str, str]:
        """The signed query of one API path. Whatever stands before /api/v2/ is not part of it."""
        path = path[path.index(ROOT) :]
        signature = sign(
            self._partner_key.get_secret_value(),
            self._partner_id,
            path,
            self._timestamp,
            self._access_token,
            self._shop_id,
        )
        common = {"partner_id": self._partner_id, "timestamp": self._timestamp, "sign": signature}
        return common | ({"access_token": self._access_token, "shop_id": self._shop_id} if self._access_token else {})
