"""Who may speak for which shop: the app, its shops, consent codes and tokens.

Read from the Partner Center authorisation pages on 2026-11-23. A code lives 30 minutes and works once; an access token 7 days.
A refresh token's life must be read from its answer; here it is 365 days. Expiries are told in absolute seconds. Each refresh
gives a new pair and the old refresh token is worth nothing afterwards, which the reference allows without promising it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.tiktok_shop.refusal import Refusal, invalid
from sandbox.world import World

CODE_LIFE = timedelta(minutes=30)
ACCESS_LIFE = timedelta(days=7)
REFRESH_LIFE = timedelta(days=365)
PREFIX = "ROW_"


@dataclass
class ShopAccount:
    """One seller's shop. Taxes withheld are in basis points of what buyers pay for goods: none for a legal entity, which files its own."""

    shop_id: str
    name: str
    code: str
    open_id: str
    cipher: str
    vat_bp: int = 0
    pit_bp: int = 0
    is_active: bool = True
    linked: bool = True
    refresh_until: datetime | None = None


@dataclass
class Code:
    shop_id: str
    until: datetime
    used: bool = False


@dataclass(frozen=True)
class Pair:
    shop_id: str
    access_token: str
    refresh_token: str
    until: datetime
    refresh_until: datetime


@dataclass
class Accounts:
    """Everything the gateway and the token host know. Each refusal leaves it untouched."""

    world: World
    app_key: str
    app_secret: str
    service_id: str
    shops: dict[str, ShopAccount]
    codes: dict[str, Code] = field(default_factory=dict)
    access: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # token -> shop, until
    refresh: dict[str, Pair] = field(default_factory=dict)
    latest: dict[str, Pair] = field(default_factory=dict)

    def consent(self, shop_id: str) -> str:
        """A seller says yes: the code that the redirect carries back."""
        code = f"{PREFIX}{self.world.token('tiktok_shop.code')}"
        self.codes[code] = Code(shop_id, self.world.clock.now() + CODE_LIFE)
        return code

    def exchange(self, auth_code: str) -> Pair:
        """The first pair for a code. Refusal 36004004 when it was used, is too old or unknown."""
        code = self.codes.get(auth_code)
        if code is None or code.used or code.until <= self.world.clock.now():
            raise Refusal(36004004, "auth_code is expired, used or invalid")
        code.used = True
        return self.grant(code.shop_id)

    def grant(self, shop_id: str) -> Pair:
        """A fresh consent: earlier tokens of this shop are void."""
        self._void(shop_id)
        self.shops[shop_id].linked = True
        return self._issue(shop_id)

    def renew(self, refresh_token: str) -> Pair:
        """The next pair. The access token before it lives on until its own end."""
        pair = self.refresh.get(refresh_token)
        if pair is None or not self.shops[pair.shop_id].linked:
            raise Refusal(36004005, "the authorization does not exist")
        if pair.refresh_until <= self.world.clock.now():
            raise Refusal(36004001, "refresh_token is expired")
        del self.refresh[refresh_token]
        return self._issue(pair.shop_id)

    def check_access(self, token: str, now: datetime) -> ShopAccount:
        """The shop this token speaks for at that moment, by the marketplace's clock."""
        if not token.startswith(PREFIX):
            raise invalid("access_token header 'x-tts-access-token' is missing or malformed")
        shop_id, until = self.access.get(token, ("", now))
        shop = self.shops.get(shop_id)
        if shop is None or not shop.linked:
            raise Refusal(105001, "the access_token is invalid", status=401)
        if until <= now:
            raise Refusal(105002, "the 'x-tts-access-token' access_token is expired", status=401)
        if not shop.is_active:
            raise Refusal(36009043, "the shop is inactive", status=401)
        return shop

    def expire_access(self) -> None:
        now = self.world.clock.now()
        self.access = {token: (shop_id, min(until, now)) for token, (shop_id, until) in self.access.items()}

    def revoke(self) -> None:
        """Every seller takes consent back in Seller Center."""
        for shop in self.shops.values():
            shop.linked = False

    def _issue(self, shop_id: str) -> Pair:
        now = self.world.clock.now()
        access, refresh = (f"{PREFIX}{self.world.token(f'tiktok_shop.{kind}')}" for kind in ("access", "refresh"))
        pair = Pair(shop_id, access, refresh, now + ACCESS_LIFE, now + REFRESH_LIFE)
        self.access[access] = (shop_id, pair.until)
        self.refresh[refresh] = self.latest[shop_id] = pair
        self.shops[shop_id].refresh_until = pair.refresh_until
        return pair

    def _void(self, shop_id: str) -> None:
        self.access = {token: held for token, held in self.access.items() if held[0] != shop_id}
        self.refresh = {token: pair for token, pair in self.refresh.items() if pair.shop_id != shop_id}
