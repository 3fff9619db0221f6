"""The gate every call passes, in this order: path, partner, timestamp, signature, token, link, daily quota.

The order is a reading between the lines of the Shopee v2 reference (read 2026-11-23); the codes and messages are its own.
"""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from sandbox.server import Request
from sandbox.shopee.accounts import Accounts, ShopAccount
from sandbox.shopee.call import Access, Route, epoch
from sandbox.shopee.refusal import Refusal, gateway
from sandbox.shopee.rules import Rules
from sandbox.shopee.signing import sign

TOLERANCE_S = 300
QUOTA_ZONE = timezone(timedelta(hours=8))  # the daily quota starts again at midnight there


@dataclass
class Gateway:
    accounts: Accounts
    rules: Rules
    routes: Mapping[str, Route]
    _calls_on: dict[date, int] = field(default_factory=dict)

    def admit(self, request: Request, now: datetime) -> tuple[Route, ShopAccount | None]:
        """The route asked for, and the shop it is asked for on a shop's path. `now` is the marketplace's own clock."""
        route = self._route(request)
        by_shop = route.access is Access.SHOP or (
            route.access is Access.PUBLIC_OR_SHOP and request.one("access_token") is not None
        )
        self.check_signature(request, now, by_shop=by_shop)
        shop = self._shop(request, now) if by_shop else None
        self._count(now)
        return route, shop

    def check_signature(self, request: Request, now: datetime, *, by_shop: bool) -> None:
        """Public form, or with token and shop id behind. A token's absence is told after the signature of what is there."""
        if param(request, "partner_id") != str(self.accounts.partner_id):
            raise gateway("error_auth", "partner_id is invalid")
        check_timestamp(param(request, "timestamp"), now)
        subject = (request.one("access_token") or "", request.one("shop_id") or "") if by_shop else ()
        expected = sign(
            self.accounts.partner_key, self.accounts.partner_id, request.path, param(request, "timestamp"), *subject
        )
        if not hmac.compare_digest(expected.encode(), param(request, "sign").encode()):
            raise gateway("error_sign", "Wrong sign.")

    def _route(self, request: Request) -> Route:
        route = self.routes.get(request.path)
        if route is None:
            raise Refusal("error_not_found", "The request path is not found.", status=404)
        if request.method not in route.method.split("|"):
            raise gateway("error_param", "API is currently offline or the request path is incorrect.")
        return route

    def _shop(self, request: Request, now: datetime) -> ShopAccount:
        token, shop_id = param(request, "access_token"), param(request, "shop_id")
        if not re.fullmatch(r"[0-9]{1,18}", shop_id):
            raise gateway("error_param", "shop_id is invalid")
        return self.accounts.check_access(token, int(shop_id), now)

    def _count(self, now: datetime) -> None:
        today = now.astimezone(QUOTA_ZONE).date()
        calls = self._calls_on.get(today, 0) + 1
        self._calls_on = {today: calls}
        if self.rules.calls_per_day is not None and calls > self.rules.calls_per_day:
            raise Refusal("error_limit", "The app has reached its daily limit of API calls.", status=429)


def param(request: Request, name: str) -> str:
    value = request.one(name)
    if not value:
        raise gateway("error_param", f"There is no {name} in query.")
    return value


def check_timestamp(raw: str, now: datetime) -> None:
    """Whole seconds within five minutes of the marketplace's clock."""
    if not re.fullmatch(r"[0-9]{1,10}", raw) or int(raw) > 4_294_967_295:
        raise gateway("error_param", "Invalid timestamp")
    if abs(int(raw) - epoch(now)) > TOLERANCE_S:
        raise gateway("error_param", "Timestamp is expired.")
