"""Who may speak for which seller: the app, its sellers, consent codes and tokens.

Read from the Lazada Open Platform authorisation pages on 2026-11-24. A code is single-use and lives 30 minutes. A refresh gives new
tokens, but the right to refresh ends when it would have ended before: then the seller must consent again. That a refresh voids the
tokens before it is not documented; it is the harder reading.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.lazada.refusal import platform
from sandbox.lazada.rules import Rules
from sandbox.world import World

CODE_LIFE = timedelta(minutes=30)
APP_KEY = "500001"


@dataclass
class Seller:
    """One seller's shop. Taxes withheld are in basis points of the price of goods: none for a legal entity, which files its own;
    100 and 50 for a household.
    """

    seller_id: int
    user_id: int
    short_code: str
    name: str
    company: str
    account: str
    shop_key: str
    vat_bp: int = 0
    pit_bp: int = 0

    @property
    def world_name(self) -> str:
        return str(self.seller_id)


@dataclass(frozen=True)
class Grant:
    """The newest tokens of one seller."""

    access_token: str
    refresh_token: str
    until: datetime
    refresh_until: datetime


@dataclass
class Code:
    seller_id: int
    until: datetime
    used: bool = False


@dataclass
class Accounts:
    """Everything the gateway knows. Each refusal leaves it untouched."""

    world: World
    rules: Rules
    app_secret: str
    sellers: dict[int, Seller]
    codes: dict[str, Code] = field(default_factory=dict)
    grants: dict[int, Grant] = field(default_factory=dict)

    def consent(self, seller_id: int) -> str:
        """A seller says yes: the code that the redirect carries back."""
        code = f"0_{APP_KEY}_{self.world.token('lazada.code')}"
        self.codes[code] = Code(seller_id, self.world.clock.now() + CODE_LIFE)
        return code

    def exchange(self, code: str) -> tuple[Seller, Grant]:
        known = self.codes.get(code)
        if known is None or known.used or known.until <= self.world.clock.now():
            raise platform("InvalidCode", "The specified authorization code is invalid or expired")
        known.used = True
        return self.sellers[known.seller_id], self.grant(known.seller_id)

    def grant(self, seller_id: int) -> Grant:
        """A fresh consent: both lives begin anew."""
        refresh_until = self.world.clock.now() + timedelta(days=self.rules.token_days[1])
        return self._issue(seller_id, refresh_until)

    def renew(self, refresh_token: str) -> tuple[Seller, Grant]:
        """New tokens; the end of the refresh right stays where it was."""
        now = self.world.clock.now()
        for seller_id, grant in self.grants.items():
            if grant.refresh_token == refresh_token and grant.refresh_until > now:
                return self.sellers[seller_id], self._issue(seller_id, grant.refresh_until)
        raise platform("IllegalRefreshToken", "The specified refresh token is invalid or expired")

    def seller_of(self, access_token: str, now: datetime) -> Seller:
        """The seller this token speaks for at that moment."""
        for seller_id, grant in self.grants.items():
            if grant.access_token == access_token and grant.until > now:
                return self.sellers[seller_id]
        raise platform("IllegalAccessToken", "The specified access token is invalid or expired")

    def expire_access(self) -> None:
        now = self.world.clock.now()
        self.grants = {
            seller_id: Grant(grant.access_token, grant.refresh_token, min(grant.until, now), grant.refresh_until)
            for seller_id, grant in self.grants.items()
        }

    def revoke(self) -> None:
        now = self.world.clock.now()
        self.grants = {
            seller_id: Grant(
                grant.access_token, grant.refresh_token, min(grant.until, now), min(grant.refresh_until, now)
            )
            for seller_id, grant in self.grants.items()
        }

    def _issue(self, seller_id: int, refresh_until: datetime) -> Grant:
        until = min(self.world.clock.now() + timedelta(days=self.rules.token_days[0]), refresh_until)
        grant = Grant(
            f"50000{self.world.token('lazada.access')}",
            f"50001{self.world.token('lazada.refresh')}",
            until,
            refresh_until,
        )
        self.grants[seller_id] = grant
        return grant
