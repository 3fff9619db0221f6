"""The token host and the consent page, which share this port with the API (Partner Center authorisation pages, read 2026-11-23).

Token calls are plain GETs, unsigned, secrets in the query, the literal `authorized_code` among them. The consent page leads straight
back with a code, to the address registered for the app; a `redirect_uri` of one's own is ignored, unless it is loopback and
`Rules.loopback_redirects` lets it stand for the registered one. A `shop_id` in the link chooses who consents: the sandbox's own addition.
"""

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from sandbox.server import Request, Response
from sandbox.tiktok_shop.accounts import Accounts, Pair
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.refusal import Refusal, invalid
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.scopes import granted

TOKEN_GET, TOKEN_REFRESH = "/api/v2/token/get", "/api/v2/token/refresh"
CONSENT = frozenset({"/open/authorize", "/oauth/authorize"})
PATHS = CONSENT | {TOKEN_GET, TOKEN_REFRESH}
LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class AuthHost:
    def __init__(self, accounts: Accounts, rules: Rules) -> None:
        self._accounts = accounts
        self._rules = rules

    def answer(self, request: Request) -> Response | dict[str, Any]:
        """A redirect, or the `data` of a token answer."""
        if request.method != "GET":
            raise Refusal(36009010, "invalid request method", status=405)
        return self._consent(request) if request.path in CONSENT else self._token(request)

    def _token(self, request: Request) -> dict[str, Any]:
        by_code = request.path == TOKEN_GET
        if (
            param(request, "app_key") != self._accounts.app_key
            or param(request, "app_secret") != self._accounts.app_secret
        ):
            raise Refusal(36004003, "app_key or app_secret is invalid")
        grant_type = "authorized_code" if by_code else "refresh_token"
        if param(request, "grant_type") != grant_type:
            raise Refusal(36004002, f"grant_type must be {grant_type}")
        if by_code:
            return self._told(self._accounts.exchange(param(request, "auth_code")))
        return self._told(self._accounts.renew(param(request, "refresh_token")))

    def _told(self, pair: Pair) -> dict[str, Any]:
        shop = self._accounts.shops[pair.shop_id]
        return {
            "access_token": pair.access_token,
            "access_token_expire_in": epoch(pair.until),
            "refresh_token": pair.refresh_token,
            "refresh_token_expire_in": epoch(pair.refresh_until),
            "open_id": shop.open_id,
            "seller_name": shop.name,
            "seller_base_region": "VN",
            "user_type": 0,
            "granted_scopes": granted(self._rules),
        }

    def _consent(self, request: Request) -> Response:
        known = {"service_id": self._accounts.service_id, "app_key": self._accounts.app_key}
        name = "service_id" if request.path == "/open/authorize" else "app_key"
        if param(request, name) != known[name]:
            raise invalid(f"{name} is invalid")
        state, asked = request.one("state"), request.one("shop_id")
        shop_id = next((one for one in self._accounts.shops if asked in {None, one}), None)
        if shop_id is None:
            raise invalid("shop_id is invalid")
        query = {"app_key": self._accounts.app_key, "code": self._accounts.consent(shop_id), "locale": "vi-VN"}
        query |= {"shop_region": "VN"} | ({} if state is None else {"state": state})
        target = urlsplit(self._back(request))
        joined = "&".join(part for part in (target.query, urlencode(query)) if part)
        return Response(302, b"", {"Location": urlunsplit(target._replace(query=joined))})

    def _back(self, request: Request) -> str:
        own = request.one("redirect_uri") or ""
        return own if self._rules.loopback_redirects and _is_loopback(own) else self._rules.redirect_url


def _is_loopback(address: str) -> bool:
    try:
        target = urlsplit(address)
    except ValueError:
        return False
    return target.scheme == "http" and target.hostname in LOOPBACK


def param(request: Request, name: str) -> str:
    value = request.one(name)
    if not value:
        raise invalid(f"'{name}' is a required field")
    return value
