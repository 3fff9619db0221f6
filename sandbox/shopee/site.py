"""Shopee's Open Platform v2 for Vietnam, played on loopback: the routes, the envelope, and whose keys open it."""

from dataclasses import replace
from typing import Any, ClassVar

from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.shopee import (
    auth_pages,
    comments,
    consent,
    escrow,
    fees,
    listing,
    orders,
    price_stock,
    push_pages,
    returns,
    shelf,
    taxonomy,
    variations,
)
from sandbox.shopee.accounts import Accounts, ShopAccount
from sandbox.shopee.call import MARKET, Answer, Backstage, Call, Route
from sandbox.shopee.gateway import Gateway
from sandbox.shopee.media import Pictures
from sandbox.shopee.push import PushDesk
from sandbox.shopee.refusal import GATEWAY_STATUS, Refusal
from sandbox.shopee.rules import Rules
from sandbox.shopee.statement_errors import Errors
from sandbox.world import Order, World

PARTNER_ID = 2_099_123
COOPERATIVE = ShopAccount(770_011_223, "HTX Trà Tân Cương (cửa hàng thử)", "4600000000")
HOUSEHOLD = ShopAccount(770_011_224, "Hộ kinh doanh Đồi Chè (cửa hàng thử)", "4600000001", vat_bp=100, pit_bp=50)

ROUTES: dict[str, Route] = (
    auth_pages.ROUTES
    | push_pages.ROUTES
    | taxonomy.ROUTES
    | listing.ROUTES
    | price_stock.ROUTES
    | shelf.ROUTES
    | comments.ROUTES
    | variations.ROUTES
    | orders.ROUTES
    | escrow.ROUTES
    | returns.ROUTES
)


class ShopeeApi(Site):
    """`settings.options` are fields of `Rules`; `rules` may also be changed while it runs."""

    market: ClassVar[str] = MARKET
    role: ClassVar[str] = "api"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self.rules = Rules(**settings.options)
        self.accounts = _accounts(world)
        self.errors = Errors(world, MARKET, self.rules)
        self.backstage = Backstage(world, self.accounts, self.rules, Pictures(world), PushDesk(world), self.errors)
        self.gateway = Gateway(self.accounts, self.rules, ROUTES)
        self.codes = {shop_id: self.accounts.consent((shop_id,)) for shop_id in self.accounts.shops}
        for shop_id in self.accounts.shops:
            self.accounts.grant((shop_id,))
        world.fees[MARKET] = self._fees

    def handle(self, request: Request) -> Response:
        try:
            if request.path in consent.PATHS:
                return consent.answer(self.accounts, request, lambda: self._check_public(request))
            route, shop = self.gateway.admit(request, self.skewed_now())
            return self._say(route.handle(Call(self.backstage, request, shop)), route.envelope)
        except Refusal as refusal:
            return self._refuse(refusal)

    def changes(self, request: Request, response: Response) -> bool:
        """A consent changes the world though it is a GET."""
        return super().changes(request, response) or (request.path in consent.PATHS and response.status == 302)

    def too_many(self, retry_after_s: float | None) -> Response:
        said = super().too_many(retry_after_s)
        refusal = Refusal("error_rate_limit", "You have called too many times, please try later.", status=429)
        told = self._refuse(refusal)
        return Response(told.status, told.body, said.headers | told.headers)

    def credentials(self) -> dict[str, Any]:
        return self.credentials_of(COOPERATIVE.shop_id)

    def credentials_of(self, shop_id: int) -> dict[str, Any]:
        """The app's keys, the shop's newest pair, and a code that was never used (it lives 600 s like any)."""
        pair = self.accounts.latest[shop_id]
        return {
            "partner_id": self.accounts.partner_id,
            "partner_key": self.accounts.partner_key,
            "shop_id": str(shop_id),
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
            "expires_at": pair.until.isoformat(),
            "code": self.codes[shop_id],
        }

    def seeded_errors(self) -> list[dict[str, Any]]:
        """The errors in this Shopee's accounts so far: kind, shop, order, code. Empty without `statement_errors`."""
        return self.errors.seeded()

    def expire_tokens(self) -> None:
        self.accounts.expire_access()

    def revoke_tokens(self) -> None:
        self.accounts.revoke()

    def _check_public(self, request: Request) -> None:
        self.gateway.check_signature(request, self.skewed_now(), by_shop=False)

    def _fees(self, order: Order) -> dict[str, int]:
        return fees.signed_amounts(self.accounts.shops[int(order.shop)], order)

    def _say(self, answer: Answer, envelope: tuple[str, ...]) -> Response:
        said: dict[str, Any] = {"error": "", **dict.fromkeys(envelope, ""), "request_id": self._request_id()}
        said |= answer.top
        return Response.json(said if answer.response is None else said | {"response": answer.response})

    def _refuse(self, refusal: Refusal) -> Response:
        said = {"error": refusal.code, "message": refusal.message, "request_id": self._request_id()}
        if refusal.response is not None:
            said["response"] = refusal.response
        status = self.rules.gateway_status if refusal.status == GATEWAY_STATUS else refusal.status
        return Response.json(said, status)

    def _request_id(self) -> str:
        return self.world.token("shopee.request")


def _accounts(world: World) -> Accounts:
    shops = {shop.shop_id: replace(shop) for shop in (COOPERATIVE, HOUSEHOLD)}
    key = f"shpk{world.token('shopee.partner')}{world.token('shopee.partner')}"
    return Accounts(world, PARTNER_ID, key, shops)
