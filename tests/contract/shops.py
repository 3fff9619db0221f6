"""One shop of one marketplace, connected over real HTTP to the pretend world, and listings every marketplace takes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr

from catalog.listing import Listing
from catalog.product import PackSize
from connectors import marketplaces
from connectors.base import Connector
from connectors.errors import TransientError
from connectors.facts.listing import ListingRef, ListingState
from connectors.facts.shop import Tokens
from connectors.memory import MemoryCache, MemoryTokenStore
from sandbox.pictures import picture
from sandbox.sandbox import Sandbox

DESCRIPTION = "Chè đinh hái tay ở vùng Tân Cương, sao suốt bằng chảo gang, nước xanh, vị chát dịu, hậu ngọt sâu. " * 2


class CountingStore(MemoryTokenStore):
    """Counts the refreshes it lets through."""

    refreshes = 0

    def renew(self, stale: Tokens, refresh: Callable[[Tokens], Tokens]) -> Tokens:
        def counted(pair: Tokens) -> Tokens:
            self.refreshes += 1
            return refresh(pair)

        return super().renew(stale, counted)


class Shop:
    """One connected shop and the world behind it."""

    def __init__(self, code: str, sandbox: Sandbox) -> None:
        self.code = code
        self.sandbox = sandbox
        self.credentials: dict[str, Any] = sandbox.credentials(code)
        self.store = CountingStore(self._tokens())
        self.cache = MemoryCache()
        self.api = self.connector()

    def connector(self) -> Connector:
        """Another connector of the same shop, as another lane or process has."""
        kind = marketplaces()[self.code]
        fields = kind.settings_model.model_fields
        given = {name: value for name, value in self.credentials.items() if name in fields}
        given |= {"base_url": self.sandbox.base_url(self.code), "rate_per_s": None}
        return kind(
            kind.settings_model(**given),
            str(self.credentials["shop_id"]),
            self.store,
            clock=self.sandbox.world.clock,
            cache=self.cache,
            read_picture=picture,
        )

    def fault(self, kind: str, **options: Any) -> None:
        self.sandbox.faults.add(f"{self.code}.api", kind, **options)

    def now(self) -> datetime:
        return self.sandbox.world.clock.now()

    def days_pass(self, days: float) -> None:
        self.sandbox.advance(to=self.now() + timedelta(days=days))

    def on_sale(self, listing: Listing) -> ListingRef:
        """Push, wait until the marketplace shows it, give its ids."""
        self.api.push_new(listing)
        return self.found(listing.sku)

    def found(self, sku: str) -> ListingRef:
        """Look until it is live. A marketplace that cannot tell yet (Tiki, while a create is queued) is asked again later."""
        for _ in range(20):
            try:
                seen = self.api.find(sku)
            except TransientError:
                seen = None
            if seen and seen.external_id and seen.state is ListingState.LIVE:
                return ListingRef(sku=sku, external_id=seen.external_id, variant_id=seen.variant_id)
            self.days_pass(0.5)
        raise AssertionError(f"{sku} never went live")

    def skus(self) -> list[str]:
        """What the world itself holds."""
        return [offer.sku for offer in self.sandbox.world.offers(self.code)]

    def _tokens(self) -> Tokens:
        refresh = self.credentials.get("refresh_token")
        return Tokens(
            access_token=SecretStr(self.credentials["access_token"]),
            refresh_token=SecretStr(refresh) if refresh else None,
            expires_at=datetime.fromisoformat(self.credentials["expires_at"]),
        )


def tea(number: int = 7, **changes: Any) -> Listing:
    """A listing every marketplace takes."""
    facts: dict[str, Any] = {
        "sku": f"OCOP-TN-{number:04d}",
        "title": f"Trà đinh Tân Cương thượng hạng số {number} hộp thiếc 200g",
        "description": DESCRIPTION,
        "sub_group": "food/tea",
        "price_vnd": 185_000 + 1000 * number,
        "stock": 400,
        "images": ("https://ocop.example/tra-dinh.png",),
        "net_weight_g": 200,
        "shipping_weight_g": 350,
        "shipping_size": PackSize(length_mm=180, width_mm=120, height_mm=100),
    }
    return Listing(**(facts | changes))
