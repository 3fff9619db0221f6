"""One Lazada shop: its settings, its signatures and its two channels. The verbs are split by subject around it."""

from collections.abc import Callable
from datetime import timedelta

from pydantic import BaseModel

from connectors.base import Connector
from connectors.errors import LoginRequiredError
from connectors.facts.shop import Tokens
from connectors.http import HttpChannel, Retry
from connectors.lazada.dialect import LazadaDialect
from connectors.lazada.endpoints import REFRESH_TOKEN
from connectors.lazada.payloads.auth import RefreshGrant, TokenPair
from connectors.lazada.settings import LazadaSettings
from connectors.lazada.signature import ROOT, LazadaSignature
from connectors.limiter import limiter_for
from connectors.ports import Cache, Clock, TokenStore
from connectors.signing import AppSigning, ShopSigning
from connectors.transport import Transport


class LazadaShop(Connector):
    """What every group of verbs stands on. `shop_id` is Lazada's seller id."""

    code = "lazada"
    title = "Lazada"
    settings_model = LazadaSettings
    settings: LazadaSettings

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
        app = LazadaSettings.model_validate(settings)
        super().__init__(app, shop_id, tokens, clock=clock, cache=cache, read_picture=read_picture)
        self._app = app
        secret = (app.app_secret.get_secret_value(),)
        app_signing = AppSigning(self._signature, secret)
        signing = ShopSigning(tokens, clock, self._signature, self._refresh, secret)
        self._limiter = limiter_for(
            self.code, app.base_url, app.app_key, rate_per_s=app.rate_per_s, max_in_flight=app.max_in_flight
        )
        dialect = LazadaDialect(signing.secrets)
        self._channel = HttpChannel(dialect, Transport(app.base_url + ROOT), signing, self._limiter, retry)
        self._auth = HttpChannel(dialect, Transport(app.auth_url + ROOT), app_signing, self._limiter, retry)

    @property
    def at_once(self) -> int:
        return self._app.max_in_flight

    @property
    def api_calls(self) -> int:
        return self._channel.calls + self._auth.calls

    def close(self) -> None:
        self._channel.close()
        self._auth.close()

    def _signature(self, tokens: Tokens | None = None) -> LazadaSignature:
        app = self._app
        token = tokens.access_token if tokens else None
        return LazadaSignature(app.app_key, app.app_secret, self.clock.now(), token, app.partner_id)

    def _refresh(self, stale: Tokens) -> Tokens:
        """A new access token. The refresh token keeps its own end: after it the seller must consent again."""
        if stale.refresh_token is None:
            raise LoginRequiredError("gian hàng không có mã làm mới: cần đăng nhập lại", marketplace=self.code)
        grant = RefreshGrant(refresh_token=stale.refresh_token.get_secret_value())
        return self._tokens_of(self._auth.call(REFRESH_TOKEN, grant, signing=self._grant_signing(grant.refresh_token)))

    def _grant_signing(self, grant: str) -> AppSigning:
        """The app's own signature; neither its key nor what it hands in may be printed."""
        return AppSigning(self._signature, (self._app.app_secret.get_secret_value(), grant))

    def _tokens_of(self, pair: TokenPair) -> Tokens:
        """Lifetimes are read, never assumed: they differ between test and live apps. Raises LoginRequiredError for another seller's consent."""
        sellers = {user.seller_id for user in pair.country_user_info_list if user.country == "vn"}
        if self.shop_id not in sellers:
            whose = ", ".join(sorted(sellers)) or "không gian hàng nào ở Việt Nam"
            raise LoginRequiredError(
                f"người đăng nhập là {whose}, không phải gian hàng {self.shop_id}: đăng nhập lại bằng đúng tài khoản",
                marketplace=self.code,
                code="seller_id",
            )
        now = self.clock.now()
        consent_ends = now + timedelta(seconds=pair.refresh_expires_in)
        return Tokens(
            access_token=pair.access_token,
            refresh_token=pair.refresh_token,
            expires_at=now + timedelta(seconds=pair.expires_in),
            refresh_expires_at=consent_ends,
            authorised_until=consent_ends,
        )
