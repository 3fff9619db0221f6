"""Tiki's Open API on loopback: OAuth under /sc/oauth2, everything else under /integration/{v1,v2,v2.1} (tiki.md, read 2026-11-24).

Options: `review_pace` (1; 0 approves at once), `can_update_product` (true), `hidden_required` (attribute codes).
"""

from typing import Any

from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.tiki import fees, taxonomy
from sandbox.tiki.answers import Refusal
from sandbox.tiki.changes import Changes
from sandbox.tiki.events import EventLog, QueueCalls
from sandbox.tiki.grants import EVERYTHING, App, Grants
from sandbox.tiki.oauth import OAuthServer
from sandbox.tiki.orders import OrderCalls
from sandbox.tiki.products import ProductCalls
from sandbox.tiki.profile import ProfileCalls
from sandbox.tiki.requests import RequestCalls
from sandbox.tiki.routing import Call, Route, Routes
from sandbox.tiki.seller import MARKET, Seller
from sandbox.tiki.shelf import Shelf
from sandbox.world import World

OAUTH = "/sc/oauth2/"
REDIRECT = "https://ocop.example.vn/tiki/callback"
SEEDED_CODE_LIFETIME_S = 30 * 86_400  # the code handed out with the credentials waits until somebody uses it


class TikiApi(Site):
    market = MARKET
    role = "api"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self.seller = Seller(can_update_product=bool(settings.options.get("can_update_product", True)))
        world.fees[MARKET] = fees.amounts
        self._app = _app(world, "7000000000000001", is_in_house=True)
        self._public_app = _app(world, "7000000000000002", is_in_house=False)
        self.grants = Grants(world, self.skewed_now)
        self._oauth = OAuthServer((self._app, self._public_app), self.grants)
        self.grants.issue_pair(self._app)
        self._code = self.grants.issue_code(self._app, EVERYTHING, None, SEEDED_CODE_LIFETIME_S)
        shelf, log = Shelf(world, self.seller), EventLog(world)
        self._requests = RequestCalls(world, self.seller, shelf, settings.options)
        self.desk = self._requests.desk
        self._routes = Routes(
            (
                *ProfileCalls(self.seller).routes(),
                *taxonomy.routes(),
                *self._requests.routes(),
                *ProductCalls(world, self.seller, shelf, Changes(world, self.seller, shelf, log)).routes(),
                *OrderCalls(world, self.seller).routes(),
                *QueueCalls(world, self.seller, log).routes(),
            )
        )

    def handle(self, request: Request) -> Response:
        if request.path.startswith(OAUTH):
            return self._oauth.handle(request)
        try:
            route, path = self._routes.find(request.method, request.path)
            self._admit(request, route)
            answer = route.handler(Call(request, path))
        except Refusal as refusal:
            return self._refused(refusal)
        return answer if isinstance(answer, Response) else Response.json(answer)

    def credentials(self) -> dict[str, Any]:
        """The newest pair of the seller's consent, and a code that any registered or loopback address may redeem once."""
        pair = self.grants.newest[self._app.client_id]
        return {
            "client_id": self._app.client_id,
            "client_secret": self._app.client_secret,
            "shop_id": self.seller.shop,
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
            "expires_at": pair.grant.expires_at.isoformat(),
            "code": self._code,
            "redirect_uri": REDIRECT,
        }

    def public_app(self) -> dict[str, str]:
        """A second app, a public one: its own token is linked with no seller."""
        return {"client_id": self._public_app.client_id, "client_secret": self._public_app.client_secret}

    def call_name(self, request: Request) -> str:
        try:
            route, _ = self._routes.find(request.method, request.path)
        except Refusal:
            return super().call_name(request)
        return f"{request.method} {route.template}"

    def too_many(self, retry_after_s: float | None) -> Response:
        headers = {} if retry_after_s is None else {"Retry_After": f"{retry_after_s:g}"}
        return Response.json({"errors": ["Too many requests"]}, 429, **headers)

    def expire_tokens(self) -> None:
        self.grants.expire()

    def revoke_tokens(self) -> None:
        self.grants.revoke()

    def _admit(self, request: Request, route: Route) -> None:
        """Who it is, whether the seller is there and open, whether the scope was granted, whether JSON will do."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        grant = self.grants.holder(token) if scheme.lower() == "bearer" else None
        if grant is None:
            raise Refusal(401, "Access token is missing, invalid or expired")
        if route.needs_seller and not grant.has_seller:
            raise Refusal(401, "Access token is not linked with any seller")
        if not grant.allows(route.scope):
            raise Refusal(403, f"Scope {route.scope} is not granted")
        if route.needs_seller and not self.seller.is_active:
            raise Refusal(403, "Seller is not active")
        if not _takes_json(request) and not route.template.endswith("/labels"):
            raise Refusal(406, "Only JSON is available")

    def _refused(self, refusal: Refusal) -> Response:
        number = self.world.rng("tiki refusal", self.world.clock.now(), *refusal.errors).randrange(10**15)
        meta = {"source": "meepo", "id": str(3_500_000_000_000_000_000 + number)}
        return Response.json({"errors": list(refusal.errors), "meta": meta}, refusal.status)


def _app(world: World, client_id: str, *, is_in_house: bool) -> App:
    return App(client_id, world.token("tiki client secret"), (REDIRECT,), is_in_house)


def _takes_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "*/*")
    return any(kind in accepted for kind in ("*/*", "application/*", "application/json"))
