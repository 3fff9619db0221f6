"""TikTok Shop's Open API for Vietnam, played on loopback: the routes, the envelope, and whose keys open it.

The token host and the consent page live on the same port; their paths do not meet the API's. `settings.options` are fields of `Rules`.
"""

from typing import Any, ClassVar

from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.tiktok_shop import (
    analytics,
    auth_host,
    category_pages,
    editing,
    finance,
    media,
    orders,
    price_stock,
    product_pages,
    returns,
    shop_pages,
    states,
    webhook_pages,
    writing,
)
from sandbox.tiktok_shop.auth_host import AuthHost
from sandbox.tiktok_shop.call import MARKET, Call
from sandbox.tiktok_shop.gateway import Gateway, Routes
from sandbox.tiktok_shop.refusal import Refusal
from sandbox.tiktok_shop.rules import Rules
from sandbox.tiktok_shop.stage import COOPERATIVE, Stage
from sandbox.world import World

ROUTES = (
    *shop_pages.ROUTES,
    *category_pages.ROUTES,
    *media.ROUTES,
    *writing.ROUTES,
    *editing.ROUTES,
    *states.ROUTES,
    *price_stock.ROUTES,
    *product_pages.ROUTES,
    *orders.ROUTES,
    *returns.ROUTES,
    *finance.ROUTES,
    *analytics.ROUTES,
    *webhook_pages.ROUTES,
)


class TikTokShopApi(Site):
    """`rules` may also be changed while it runs."""

    market: ClassVar[str] = MARKET
    role: ClassVar[str] = "api"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self.rules = Rules(**settings.options)
        self.stage = Stage.set(world, self.rules)
        self.accounts = self.stage.accounts
        self._auth = AuthHost(self.accounts, self.rules)
        self._routes = Routes(ROUTES)
        self.gateway = Gateway(self.accounts, self.rules, self._routes)
        self.codes = {shop_id: self.accounts.consent(shop_id) for shop_id in self.accounts.shops}
        for shop_id in self.accounts.shops:
            self.accounts.grant(shop_id)
        world.fees[MARKET] = self.stage.ledger.amounts

    def handle(self, request: Request) -> Response:
        try:
            if request.path in auth_host.PATHS:
                answer = self._auth.answer(request)
                return answer if isinstance(answer, Response) else self._say(answer)
            route, version, ids, shop = self.gateway.admit(request, self.skewed_now())
            return self._say(route.handle(Call(self.stage, request, shop, version, ids)))
        except Refusal as refusal:
            return self._refuse(refusal)

    def changes(self, request: Request, response: Response) -> bool:
        """A consent and a token call change the world though they are GETs. A refusal never does, though it may travel as a 200."""
        if request.path in auth_host.PATHS:
            return response.status == 302 or b'"code":0,' in response.body[:16]
        return super().changes(request, response) and b'"code":0,' in response.body[:16]

    def call_name(self, request: Request) -> str:
        """Asked for live requests only: from the first of them on, messages may leave."""
        self.stage.outbox.is_open = True
        try:
            return f"{request.method} {self._routes.find(request.method, request.path)[0].template}"
        except Refusal:
            return super().call_name(request)

    def too_many(self, retry_after_s: float | None) -> Response:
        said = super().too_many(retry_after_s)
        told = self._refuse(Refusal(36009002, "too many requests", status=429))
        return Response(told.status, told.body, said.headers | told.headers)

    def credentials(self) -> dict[str, Any]:
        return self.credentials_of(COOPERATIVE.shop_id)

    def credentials_of(self, shop_id: str) -> dict[str, Any]:
        """The app's keys, the shop's newest pair, and a code that was never used (it lives 30 minutes like any)."""
        pair, shop = self.accounts.latest[shop_id], self.accounts.shops[shop_id]
        return {
            "app_key": self.accounts.app_key,
            "app_secret": self.accounts.app_secret,
            "service_id": self.accounts.service_id,
            "auth_base_url": self.base_url,
            "shop_id": shop_id,
            "shop_cipher": shop.cipher,
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
            "expires_at": pair.until.isoformat(),
            "code": self.codes[shop_id],
        }

    def seeded_errors(self) -> list[dict[str, object]]:
        """What `Rules.statement_errors` put into the statements so far."""
        return self.stage.ledger.seeded_errors()

    def expire_tokens(self) -> None:
        self.accounts.expire_access()

    def revoke_tokens(self) -> None:
        """The sellers take consent back; the app is told."""
        for shop in self.accounts.shops.values():
            message = {"message": "The seller has cancelled the authorization."}
            self.stage.webhooks.tell(shop.shop_id, "SELLER_DEAUTHORIZATION", message)
        self.accounts.revoke()

    def _say(self, data: dict[str, Any] | None) -> Response:
        return Response.json({"code": 0, "message": "Success", "request_id": self._request_id(), "data": data})

    def _refuse(self, refusal: Refusal) -> Response:
        said = {"code": refusal.code, "message": refusal.message, "request_id": self._request_id(), "data": None}
        return Response.json(said, refusal.status)

    def _request_id(self) -> str:
        """Time and twenty hex digits."""
        return f"{self.world.clock.now():%Y%m%d%H%M%S}{self.world.token('tiktok_shop.request')[:20].upper()}"
