"""Who may speak for which shop: the app, its shops, consent codes and rotating tokens.

Read from the Shopee v2 authorisation guide on 2026-11-23. A code is single-use and lives 600 s; an access token 4 h; a refresh
token 30 days and once per shop; the access token before a refresh stays good for 300 s. A main account's first pair is shared:
each of its shops may refresh with it once, and from then on has a pair of its own. A new consent replaces both tokens.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.shopee.refusal import gateway
from sandbox.world import World

CODE_LIFE = timedelta(seconds=600)
ACCESS_LIFE = timedelta(hours=4)
REFRESH_LIFE = timedelta(days=30)
OLD_ACCESS_GRACE = timedelta(seconds=300)
CONSENT_LIFE = timedelta(days=365)
MAIN_ACCOUNT_ID = 68001


@dataclass
class ShopAccount:
    """One seller's shop. Taxes withheld are in basis points of what the buyer pays for goods: none for a legal entity,
    which files its own; 100 and 50 for a household.
    """

    shop_id: int
    name: str
    tax_code: str
    vat_bp: int = 0
    pit_bp: int = 0
    linked: bool = True
    auth_at: datetime | None = None
    consent_until: datetime | None = None

    @property
    def world_name(self) -> str:
        return str(self.shop_id)


@dataclass
class Code:
    shop_ids: tuple[int, ...]
    main_account_id: int | None
    until: datetime
    used: bool = False


@dataclass
class RefreshRight:
    until: datetime
    used: bool = False


@dataclass(frozen=True)
class Pair:
    access_token: str
    refresh_token: str
    until: datetime


@dataclass
class Accounts:
    """Everything the gateway knows. Each refusal leaves it untouched."""

    world: World
    partner_id: int
    partner_key: str
    shops: dict[int, ShopAccount]
    codes: dict[str, Code] = field(default_factory=dict)
    access: dict[tuple[str, int], datetime] = field(default_factory=dict)
    refresh: dict[tuple[str, int], RefreshRight] = field(default_factory=dict)
    latest: dict[int, Pair] = field(default_factory=dict)

    def consent(self, shop_ids: tuple[int, ...], main_account_id: int | None = None) -> str:
        """A seller says yes: the code that the redirect carries back."""
        code = self.world.token("shopee.code")
        self.codes[code] = Code(shop_ids, main_account_id, self.world.clock.now() + CODE_LIFE)
        return code

    def exchange(self, code: str, *, shop_id: int | None, main_account_id: int | None) -> tuple[Pair, tuple[int, ...]]:
        """The first pair for a code, shared by the shops it stands for."""
        known = self.codes.get(code)
        if known is None or known.used or known.until <= self.world.clock.now():
            raise gateway("error_auth", "Invalid code")
        if main_account_id is not None and main_account_id != known.main_account_id:
            raise gateway("invalid_main_acount_id", "Invalid main_account_id.")
        if main_account_id is None and shop_id not in known.shop_ids:
            raise gateway("invalid_shop_id", "Invalid shop_id.")
        known.used = True
        return self.grant(known.shop_ids), known.shop_ids

    def grant(self, shop_ids: tuple[int, ...]) -> Pair:
        """A fresh consent: new tokens, and every earlier one of these shops is void."""
        for shop_id in shop_ids:
            self._void(shop_id)
            shop = self.shops[shop_id]
            shop.linked, shop.auth_at = True, self.world.clock.now()
            shop.consent_until = shop.auth_at + CONSENT_LIFE
        return self._issue(shop_ids)

    def renew(self, refresh_token: str, shop_id: int) -> Pair:
        """The next pair of one shop."""
        right = self._refresh_right(refresh_token, shop_id)
        right.used = True
        grace = self.world.clock.now() + OLD_ACCESS_GRACE
        for (token, owner), until in self.access.items():
            if owner == shop_id:
                self.access[token, owner] = min(until, grace)
        return self._issue((shop_id,))

    def check_access(self, access_token: str, shop_id: int, now: datetime) -> ShopAccount:
        """The shop this token speaks for at that moment."""
        until = self.access.get((access_token, shop_id))
        if until is None or until <= now:
            raise gateway("invalid_acceess_token", "Invalid access_token, please have a check.")
        shop = self.shops[shop_id]
        if not shop.linked:
            raise gateway("partner_shop_no_link", "Partner and shop has no linked.")
        return shop

    def expire_access(self) -> None:
        now = self.world.clock.now()
        self.access = {key: min(until, now) for key, until in self.access.items()}

    def revoke(self) -> None:
        for shop in self.shops.values():
            shop.linked = False

    def _refresh_right(self, refresh_token: str, shop_id: int) -> RefreshRight:
        right = self.refresh.get((refresh_token, shop_id))
        now = self.world.clock.now()
        if right is None:
            raise gateway("error_auth", "Invalid refresh_token.")
        if right.used:
            raise gateway("error_shop_refresh_token", "Your refresh_token is wrong or has been used.")
        if right.until <= now:
            raise gateway("refresh_token_expired", "Your refresh_token expired.")
        shop = self.shops[shop_id]
        if not shop.linked:
            raise gateway("shop_no_linked", "Partner and shop has no linked.")
        if shop.consent_until is None or shop.consent_until <= now:
            raise gateway("shop_access_expired", "The shop's authorization has expired.")
        return right

    def _issue(self, shop_ids: tuple[int, ...]) -> Pair:
        now = self.world.clock.now()
        pair = Pair(self.world.token("shopee.access"), self.world.token("shopee.refresh"), now + ACCESS_LIFE)
        for shop_id in shop_ids:
            self.access[pair.access_token, shop_id] = pair.until
            self.refresh[pair.refresh_token, shop_id] = RefreshRight(now + REFRESH_LIFE)
            self.latest[shop_id] = pair
        return pair

    def _void(self, shop_id: int) -> None:
        self.access = {key: until for key, until in self.access.items() if key[1] != shop_id}
        self.refresh = {key: right for key, right in self.refresh.items() if key[1] != shop_id}
