"""The gate every call passes: path, method, app key, timestamp, signature, token, scope, cipher, hourly quota.

That the path comes first and the app key second was seen live; the rest of the order is chosen (reference and clients, read 2026-11-23).
"""

import hmac
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.server import Request
from sandbox.tiktok_shop.accounts import Accounts, ShopAccount
from sandbox.tiktok_shop.call import Route
from sandbox.tiktok_shop.moments import epoch
from sandbox.tiktok_shop.refusal import Refusal, invalid
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.scopes import granted
from sandbox.tiktok_shop.signing import sign

BEHIND_S, AHEAD_S = 300, 30
PATH = re.compile(r"/([a-z_]+)/(\d{6})(/.*)")


@dataclass
class Routes:
    """Routes by group, method and shape. A shape is the rest of the path as a pattern."""

    routes: Iterable[Route]
    _shapes: dict[str, list[tuple[re.Pattern[str], dict[str, Route]]]] = field(init=False)

    def __post_init__(self) -> None:
        shapes: dict[tuple[str, str], dict[str, Route]] = defaultdict(dict)
        for route in sorted(self.routes, key=lambda route: route.rest.count("{}")):
            shapes[route.group, route.rest][route.method] = route
        self._shapes = defaultdict(list)
        for (group, rest), by_method in shapes.items():
            pattern = re.compile(re.escape(rest).replace(r"\{\}", "([^/]+)"))
            self._shapes[group].append((pattern, by_method))

    def find(self, method: str, path: str) -> tuple[Route, str, tuple[str, ...]]:
        """The route, the version asked for, and the ids in the path. A literal path wins over a placeholder."""
        parts = PATH.fullmatch(path)
        if parts is None:
            raise Refusal(36009009, "the path is not found", status=404)
        group, version, rest = parts.groups()
        for pattern, by_method in self._shapes[group]:
            if found := pattern.fullmatch(rest):
                if method not in by_method:
                    raise Refusal(36009010, "invalid request method", status=405)
                route = by_method[method]
                if version not in route.versions:
                    raise Refusal(36009014, "invalid api version", status=400)
                return route, version, found.groups()
        raise Refusal(36009009, "the path is not found", status=404)


@dataclass
class Gateway:
    accounts: Accounts
    rules: Rules
    routes: Routes
    _calls_in: dict[datetime, int] = field(default_factory=dict)

    def admit(self, request: Request, now: datetime) -> tuple[Route, str, tuple[str, ...], ShopAccount]:
        """`now` is the marketplace's own clock."""
        route, version, ids = self.routes.find(request.method, request.path)
        self._check_app(request)
        check_timestamp(request.one("timestamp") or "", now)
        self._check_signature(request)
        check_content_type(request)
        shop = self.accounts.check_access(request.headers.get("x-tts-access-token", ""), now)
        if route.scope not in granted(self.rules):
            raise Refusal(105005, f"access denied: the scope {route.scope} is not granted", status=401)
        self._check_cipher(request, route, shop)
        self._count(now)
        return route, version, ids, shop

    def _check_app(self, request: Request) -> None:
        if request.one("app_key") != self.accounts.app_key:
            raise invalid("'app_key' is missing or invalid")

    def _check_signature(self, request: Request) -> None:
        said = request.one("sign")
        if not said:
            raise invalid("missing credentials: the signature is required")
        is_multipart = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
        body = b"" if is_multipart else request.body
        expected = sign(self.accounts.app_secret, request.path, request.query, body)
        if not hmac.compare_digest(expected.encode(), said.encode()):
            raise Refusal(106001, "the 'sign' query parameter is invalid", status=401)

    def _check_cipher(self, request: Request, route: Route, shop: ShopAccount) -> None:
        cipher = request.one("shop_cipher")
        if not route.by_shop:
            if cipher is not None:
                raise invalid("unexpected 'shop_cipher': it is not required for this api")
            return
        if not cipher or all(one.cipher != cipher for one in self.accounts.shops.values()):
            raise Refusal(106013, "the shop_cipher is missing or invalid", status=400)
        if cipher != shop.cipher:
            raise Refusal(101000, "the access_token does not match the shop_cipher", status=401)

    def _count(self, now: datetime) -> None:
        if self.rules.calls_per_hour is None:
            return
        hour = now.replace(minute=0, second=0, microsecond=0)
        calls = self._calls_in.get(hour, 0) + 1
        self._calls_in = {hour: calls}
        if calls > self.rules.calls_per_hour:
            raise Refusal(36009037, "the hourly quota of the test shop is used up", status=429)


def check_timestamp(raw: str, now: datetime) -> None:
    """Ten digits, from five minutes behind to thirty seconds ahead of the marketplace's clock."""
    if not re.fullmatch(r"[0-9]{10}", raw):
        raise invalid("'timestamp' is missing or invalid")
    if not -BEHIND_S <= int(raw) - epoch(now) <= AHEAD_S:
        raise invalid("'timestamp' is out of the accepted window")


def check_content_type(request: Request) -> None:
    """What carries a body must say it is JSON, or a form with files."""
    kind = request.headers.get("content-type", "").lower()
    if request.body and not kind.startswith(("application/json", "multipart/form-data")):
        raise Refusal(36009023, "the content type is invalid", status=400)
