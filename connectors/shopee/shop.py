"""One Shopee shop: its settings, its signatures and its channel. The verbs are split by subject around it."""

from collections.abc import Callable
from datetime import timedelta

from pydantic import BaseModel, SecretStr

from connectors.base import Connector
from connectors.facts.shop import Tokens
from connectors.http import HttpChannel, Retry
from connectors.limiter import limiter_for
from connectors.ports import Cache, Clock, TokenStore
from connectors.shopee.dialect import ShopeeDialect
from connectors.shopee.endpoints import REFRESH_TOKEN
from connectors.shopee.payloads.auth import RefreshToken, TokenPair
from connectors.shopee.settings import ShopeeSettings
from connectors.shopee.signature import ShopeeSignature
from connectors.signing import AppSigning, ShopSigning
from connectors.transport import Transport

REFRESH_TOKEN_LIFE = timedelta(days=30)  # single use; each refresh gives the next one (v2 reference 1.4)
ABSOLUTE = 1_000_000_000  # an `expire_in` above this is a Unix time, as one documented sample shows


class ShopeeShop(Connector):
    """What every group of verbs stands on."""

    code = "shopee"
    title = "Shopee"
    settings_model = ShopeeSettings
    settings: ShopeeSettings

    def __init__(
        self,
        settings: BaseModel,
        shop_id: str,
        tokens: TokenStore,
        *,
        clock: Clock,
        cache: Cache,
        read_picture: Callable[[str], bytes],
        retry: Retry | None = None,
    ) -> None:
        app = ShopeeSettings.model_validate(settings)
        super().__init__(app, shop_id, tokens, clock=clock, cache=cache, read_picture=read_picture)
        self._app = app
        secret = (app.partner_key.get_secret_value(),)
        self._app_signing = AppSigning(lambda: ShopeeSignature(app.partner_id, app.partner_key, clock.now()), secret)
        shop_signing = ShopSigning(tokens, clock, self._signature, self._refresh, secret)
        limiter = limiter_for(
            self.code, app.base_url, str(app.partner_id), rate_per_s=app.rate_per_s, max_in_flight=app.max_in_flight
        )
        self._channel = HttpChannel(ShopeeDialect(clock), Transport(app.base_url), shop_signing, limiter, retry)

    @property
    def storefront(self) -> str:
        """Where shoppers see this shop's listings, in the site's short form (listing_pages notes 2, read 2026-11-23)."""
        return f"{self.settings.storefront_url}/product/{self.shop_id}"

    @property
    def at_once(self) -> int:
        return self._app.max_in_flight

    @property
    def api_calls(self) -> int:
        return self._channel.calls

    def close(self) -> None:
        self._channel.close()

    def _signature(self, tokens: Tokens) -> ShopeeSignature:
        app = self._app
        return ShopeeSignature(app.partner_id, app.partner_key, self.clock.now(), tokens.access_token, self.shop_id)

    def _refresh(self, stale: Tokens) -> Tokens:
        """Spend the refresh token. It works once, so this is never repeated by itself: a lost answer is OutcomeUnknown."""
        refresh_token = stale.refresh_token.get_secret_value() if stale.refresh_token else ""
        payload = RefreshToken(refresh_token=refresh_token, partner_id=self._app.partner_id, shop_id=int(self.shop_id))
        pair = self._channel.call(REFRESH_TOKEN, payload, signing=self._app_signing)
        return self._tokens_of(pair, stale)

    def _tokens_of(self, pair: TokenPair, before: Tokens | None = None) -> Tokens:
        now = self.clock.now()
        lasts_s = pair.expire_in - int(now.timestamp()) if pair.expire_in > ABSOLUTE else pair.expire_in
        return Tokens(
            access_token=SecretStr(pair.access_token),
            refresh_token=SecretStr(pair.refresh_token),
            expires_at=now + timedelta(seconds=lasts_s),
            refresh_expires_at=now + REFRESH_TOKEN_LIFE,
            authorised_until=before.authorised_until if before else None,
        )
