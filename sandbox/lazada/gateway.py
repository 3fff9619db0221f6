"""The gate every call passes, in this order: path, system parameters, app, time, signature, quota, token.

The order and the code for a wrong time are guesses of the Lazada Open Platform notes (read 2026-11-24); the other codes are named there.
"""

import hmac
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sandbox.lazada.accounts import APP_KEY, Accounts, Seller
from sandbox.lazada.call import Route
from sandbox.lazada.carrier import Cargo
from sandbox.lazada.refusal import missing, platform
from sandbox.lazada.rules import Rules
from sandbox.lazada.signing import sign

TOLERANCE = timedelta(seconds=7200)
SYSTEM = ("app_key", "timestamp", "sign_method", "sign")
PACED = frozenset(
    {"/product/price_quantity/update", "/product/stock/sellable/update", "/product/stock/sellable/adjust"}
)


@dataclass
class Gateway:
    accounts: Accounts
    rules: Rules
    routes: Mapping[str, Route]
    _calls_on: Counter[date] = field(default_factory=Counter)
    _second: tuple[datetime | None, Counter[int]] = (None, Counter())

    def admit(self, method: str, path: str, cargo: Cargo, now: datetime) -> tuple[Route, Seller | None]:
        """The route asked for, and the seller it is asked for. `now` is the marketplace's own clock."""
        route = self.routes.get(path)
        if route is None or method not in route.method.split("|"):
            raise platform("InvalidApiPath", "The specified API path is invalid")
        self._check_system(path, cargo, now)
        self._count(now)
        seller = self._seller(cargo, now, needed=route.needs_seller)
        if seller is not None and path in PACED:
            self._pace(seller, now)
        return route, seller

    def _check_system(self, path: str, cargo: Cargo, now: datetime) -> None:
        for name in SYSTEM:
            if not cargo.params.get(name):
                raise missing(name)
        if cargo.params["app_key"] != APP_KEY:
            raise platform("InvalidAppKey", "The specified App Key is invalid")
        if cargo.params["sign_method"] != "sha256":
            raise platform("InvalidParameter", "The sign_method must be sha256")
        if abs(_moment(cargo.params["timestamp"]) - now) > TOLERANCE:
            raise platform("IllegalTimestamp", "The specified timestamp is more than 7200 seconds off")
        self._check_signature(path, cargo)

    def _check_signature(self, path: str, cargo: Cargo) -> None:
        """Some official SDKs sign empty parameters, some leave them out; both pass."""
        filled = {name: value for name, value in cargo.params.items() if name and value}
        given = cargo.params["sign"].encode()
        for params in (filled, cargo.params):
            expected = sign(self.accounts.app_secret, path, params, cargo.opaque)
            if hmac.compare_digest(expected.encode(), given):
                return
        raise platform("IncompleteSignature", "The request signature does not conform to lazada standards")

    def _seller(self, cargo: Cargo, now: datetime, *, needed: bool) -> Seller | None:
        token = cargo.params.get("access_token")
        if token:
            return self.accounts.seller_of(token, now)
        if needed:
            raise missing("access_token")
        return None

    def _count(self, now: datetime) -> None:
        today = now.date()
        self._calls_on = Counter({today: self._calls_on[today] + 1})
        if self._calls_on[today] > self.rules.quota:
            raise platform("AppCallLimit", "The app has reached its quota of calls for today")

    def _pace(self, seller: Seller, now: datetime) -> None:
        """Calls of one seller within one second of the world."""
        if self.rules.price_calls_per_s is None:
            return
        second = now.replace(microsecond=0)
        if self._second[0] != second:
            self._second = (second, Counter())
        calls = self._second[1]
        if calls[seller.seller_id] >= self.rules.price_calls_per_s:
            raise platform("SellerCallLimit", "Seller access frequency exceeds the limit. this ban will last 1 seconds")
        calls[seller.seller_id] += 1


def _moment(raw: str) -> datetime:
    """Epoch milliseconds, or ISO 8601 in UTC."""
    if re.fullmatch(r"[0-9]{13}", raw):
        return datetime.fromtimestamp(int(raw) / 1000, UTC)
    try:
        return datetime.strptime(raw, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise platform("IllegalTimestamp", "The specified timestamp is neither milliseconds nor ISO 8601") from None
