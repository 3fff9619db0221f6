"""Lazada's Open Platform for Vietnam, played on loopback: the routes, the envelope, and whose keys open it.

Both bases of the real one are served: `/rest/...` of the API and of the token pages, and the consent page. Everything is answered with
HTTP 200; a refusal is a `code` other than "0".
"""

import math
from dataclasses import replace
from typing import Any, ClassVar

from sandbox.lazada import consent, fees, weeks
from sandbox.lazada.accounts import APP_KEY, Accounts
from sandbox.lazada.call import Backstage, Call, Route
from sandbox.lazada.carrier import unload
from sandbox.lazada.courier import Courier
from sandbox.lazada.gateway import Gateway
from sandbox.lazada.ledger import Ledger
from sandbox.lazada.media import Pictures
from sandbox.lazada.order_book import OrderBook
from sandbox.lazada.refusal import Refusal, platform
from sandbox.lazada.routes import ROUTES
from sandbox.lazada.rules import MARKET, Rules
from sandbox.lazada.saying import Said, Speaker
from sandbox.lazada.sellers import COOPERATIVE, SELLERS
from sandbox.lazada.shelf import Shelf
from sandbox.lazada.trouble import Blow, Trouble
from sandbox.server import Request, Response, Site, SiteSettings
from sandbox.world import Order, World


class LazadaApi(Site):
    """`settings.options` are fields of `Rules`; `rules` may also be changed while it runs, and `trouble` be announced."""

    market: ClassVar[str] = MARKET
    role: ClassVar[str] = "api"

    def __init__(self, world: World, settings: SiteSettings) -> None:
        super().__init__(world, settings)
        self.rules = Rules(**settings.options)
        self.trouble = Trouble()
        self.speaker = Speaker(world, self.rules)
        self.accounts = Accounts(
            world, self.rules, world.token("lazada.app"), {one.seller_id: replace(one) for one in SELLERS}
        )
        self.backstage = _backstage(world, self.accounts, self.rules)
        self.courier = Courier(self.backstage)
        self.gateway = Gateway(self.accounts, self.rules, ROUTES)
        self.codes = {seller_id: self.accounts.consent(seller_id) for seller_id in self.accounts.sellers}
        for seller_id in self.accounts.sellers:
            self.accounts.grant(seller_id)
        world.fees[MARKET] = self._fees
        weeks.keep_paydays(world)

    def handle(self, request: Request) -> Response:
        if request.path == consent.PATH:
            page = consent.answer(self.accounts, request)
            return Said.of(page, applied=page.status == 302)
        path = api_path(request)
        try:
            return self._answer(request, path)
        except Refusal as refusal:
            return self.speaker.refuse(refusal)

    def changes(self, request: Request, response: Response) -> bool:  # noqa: ARG002 - the answer knows
        """A consent and a reply change the world though they are GETs; a refused POST does not."""
        return isinstance(response, Said) and response.applied

    def call_name(self, request: Request) -> str:
        return f"{request.method} {api_path(request)}"

    def too_many(self, retry_after_s: float | None) -> Response:
        """Not a 429: a refusal that names the seconds, one at least."""
        seconds = math.ceil(retry_after_s or 1)
        message = f"Api access frequency exceeds the limit. this ban will last {seconds} seconds"
        return self.speaker.refuse(platform("ApiCallLimit", message))

    def credentials(self) -> dict[str, Any]:
        return self.credentials_of(COOPERATIVE.seller_id)

    def credentials_of(self, seller_id: int) -> dict[str, Any]:
        """The app's keys, the seller's newest tokens, and a code that was never used (it lives 30 minutes like any)."""
        grant = self.accounts.grants[seller_id]
        return {
            "app_key": APP_KEY,
            "app_secret": self.accounts.app_secret,
            "shop_id": str(seller_id),
            "short_code": self.accounts.sellers[seller_id].short_code,
            "access_token": grant.access_token,
            "refresh_token": grant.refresh_token,
            "expires_at": grant.until.isoformat(),
            "refresh_expires_at": grant.refresh_until.isoformat(),
            "code": self.codes[seller_id],
        }

    def expire_tokens(self) -> None:
        self.accounts.expire_access()

    def revoke_tokens(self) -> None:
        self.accounts.revoke()

    def seeded_errors(self) -> list[dict[str, Any]]:
        """The mistakes in the statements that can be seen by now; none without the option `statement_errors`."""
        now = self.world.clock.now()
        return [mistake for ledger in self.backstage.ledgers.values() for mistake in ledger.mistakes(now)]

    def _answer(self, request: Request, path: str) -> Response:
        cargo = unload(request)
        route, seller = self.gateway.admit(request.method, path, cargo, self.skewed_now())
        trouble = self.trouble.take(path)
        if trouble is not None and not trouble.applied:
            return self._troubled(trouble, route)
        answer = route.handle(Call(self.backstage, request, cargo, seller))
        if trouble is not None:
            raise trouble.refusal()
        return self.speaker.answer(answer, route)

    def _troubled(self, trouble: Blow, route: Route) -> Response:
        """Most trouble is a refusal; some of it says code 0."""
        page = trouble.page(self.speaker.envelope(route))
        return self.speaker.refuse(trouble.refusal()) if page is None else Response.json(page)

    def _fees(self, order: Order) -> dict[str, int]:
        return fees.signed_amounts(self.accounts.sellers[int(order.shop)], self.rules, order)


def api_path(request: Request) -> str:
    """The path as it is signed: `/rest` belongs to the base address."""
    return request.path.removeprefix("/rest")


def _backstage(world: World, accounts: Accounts, rules: Rules) -> Backstage:
    books = {one: OrderBook(world, str(one)) for one in accounts.sellers}
    shelves = {one: Shelf(world, str(one)) for one in accounts.sellers}
    ledgers = {one: Ledger(seller, rules, books[one]) for one, seller in accounts.sellers.items()}
    return Backstage(world, accounts, rules, Pictures(world, rules), books, shelves, ledgers)
