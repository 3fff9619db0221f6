"""One TikTok Shop: its settings, its signatures and its two channels. The verbs are split by subject around it."""

import threading
from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel, SecretStr

from connectors.base import Connector
from connectors.endpoint import Endpoint, In, NoPayload, Out
from connectors.errors import LoginRequiredError
from connectors.facts.shop import Tokens
from connectors.http import HttpChannel, Reply, Retry
from connectors.limiter import limiter_for
from connectors.ports import Cache, Clock, TokenStore
from connectors.signing import AppSigning, ShopSigning, Signing
from connectors.tiktok_shop.codes import CipherRefusedError
from connectors.tiktok_shop.dialect import TiktokShopDialect
from connectors.tiktok_shop.endpoints import REFRESH_TOKEN, SHOPS, next_page_of
from connectors.tiktok_shop.mapper.times import to_utc
from connectors.tiktok_shop.payloads.auth import AuthorisedShop, RefreshGrant, TokenPair
from connectors.tiktok_shop.settings import TiktokShopSettings
from connectors.tiktok_shop.signature import AppCredentials, TiktokSignature
from connectors.transport import Transport

SELLER = 0  # `user_type` of a token that may manage a shop


class TiktokShop(Connector):
    """What every group of verbs stands on."""

    code = "tiktok_shop"
    title = "TikTok Shop"
    settings_model = TiktokShopSettings
    settings: TiktokShopSettings

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
        app = TiktokShopSettings.model_validate(settings)
        super().__init__(app, shop_id, tokens, clock=clock, cache=cache, read_picture=read_picture)
        self._app = app
        self._cipher_now: SecretStr | None = None
        self._cipher_turn = threading.Lock()
        secrets = (app.app_secret.get_secret_value(), app.app_key)
        self._shop_signing = ShopSigning(tokens, clock, self._with_cipher, self._refresh, secrets)
        self._seller_signing = ShopSigning(tokens, clock, self._without_cipher, self._refresh, secrets)
        limiter = limiter_for(
            self.code,
            app.base_url,
            f"{app.app_key}/{shop_id}",  # TikTok gives each shop its own pace
            rate_per_s=app.rate_per_s,
            max_in_flight=app.max_in_flight,
        )
        dialect = TiktokShopDialect(clock)
        self._channel = HttpChannel(dialect, Transport(app.base_url), self._shop_signing, limiter, retry)
        self._auth_channel = HttpChannel(dialect, Transport(app.auth_base_url), self._app_signing(), limiter, retry)

    @property
    def at_once(self) -> int:
        return self._app.max_in_flight

    @property
    def api_calls(self) -> int:
        return self._channel.calls + self._auth_channel.calls

    def close(self) -> None:
        self._channel.close()
        self._auth_channel.close()

    def call(self, endpoint: Endpoint[In, Out], payload: In, **path: str) -> Out:
        """What `exchange` gives, without its circumstances."""
        return self.exchange(endpoint, payload, **path).answer

    def exchange(self, endpoint: Endpoint[In, Out], payload: In, **path: str) -> Reply[Out]:
        """A call of this shop. One refused for its cipher did nothing: it goes out once more with the present one."""
        try:
            return self._channel.exchange(endpoint, payload, path=path)
        except CipherRefusedError:
            self._cipher_now = None
            return self._channel.exchange(endpoint, payload, path=path)

    def search(self, endpoint: Endpoint[In, Out], filters: In, token: str | None) -> Reply[Out]:
        """One page of a search."""
        if token is None:
            return self.exchange(endpoint, filters)
        return self.exchange(next_page_of(endpoint), filters, page_token=token)

    def call_as_seller(self, endpoint: Endpoint[In, Out], payload: In) -> Reply[Out]:
        """A call about the seller, not one shop: a cipher is refused there (1.3)."""
        return self._channel.exchange(endpoint, payload, signing=self._seller_signing)

    def _authorised(self) -> Reply[AuthorisedShop]:
        """The shop as the consent names it. Raises LoginRequiredError when the consent was given for other shops only."""
        reply = self.call_as_seller(SHOPS, NoPayload())
        for shop in reply.answer.shops:
            if shop.id == self.shop_id:
                return Reply(shop, reply.data, reply.request_id, reply.server_time)
        raise LoginRequiredError(f"chủ gian hàng {self.shop_id} chưa cho phép ứng dụng", marketplace=self.code)

    def _cipher(self) -> str:
        """Asked for once a process: it opens nothing without a token, but is written down nowhere all the same."""
        with self._cipher_turn:
            if self._cipher_now is None:
                self._cipher_now = SecretStr(self._authorised().answer.cipher)
            return self._cipher_now.get_secret_value()

    def _with_cipher(self, tokens: Tokens) -> TiktokSignature:
        return TiktokSignature(self._app, self.clock.now(), tokens.access_token, self._cipher())

    def _without_cipher(self, tokens: Tokens) -> TiktokSignature:
        return TiktokSignature(self._app, self.clock.now(), tokens.access_token)

    def _app_signing(self, *more_secrets: str) -> Signing:
        secret = self._app.app_secret.get_secret_value()
        return AppSigning(lambda: AppCredentials(self._app), (secret, self._app.app_key, *more_secrets))

    def _refresh(self, stale: Tokens) -> Tokens:
        """Spend the refresh token: it may work only once, so this is never repeated by itself."""
        old = stale.refresh_token.get_secret_value() if stale.refresh_token else ""
        pair = self._auth_channel.call(REFRESH_TOKEN, RefreshGrant(refresh_token=old), signing=self._app_signing(old))
        return to_tokens(pair)


def to_tokens(pair: TokenPair) -> Tokens:
    """Expiries are absolute and read, never assumed: a year was promised once, 99 were seen. With the refresh token the consent ends.

    Raises LoginRequiredError when somebody else than a seller agreed.
    """
    if pair.user_type != SELLER:
        raise LoginRequiredError("người đồng ý không phải chủ gian hàng", code=f"user_type {pair.user_type}")
    ends_at: datetime = to_utc(pair.refresh_token_expire_in)
    return Tokens(
        access_token=pair.access_token,
        refresh_token=pair.refresh_token,
        expires_at=to_utc(pair.access_token_expire_in),
        refresh_expires_at=ends_at,
        authorised_until=ends_at,
    )
