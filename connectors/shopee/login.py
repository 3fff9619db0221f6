"""Connecting a shop: consent, first tokens, and a call that proves they work (v2 reference 1.2-1.6, read 2026-11-23)."""

from urllib.parse import urlencode

from connectors.facts.shop import ShopFacts, Tokens
from connectors.shopee.endpoints import GET_TOKEN, SHOP_INFO
from connectors.shopee.mapper.times import to_utc
from connectors.shopee.payloads.auth import GetToken, ShopInfoQuery
from connectors.shopee.shop import ShopeeShop
from connectors.shopee.signature import ShopeeSignature

SIGNED_LINK = "/api/v2/shop/auth_partner"  # dies 5 minutes after its timestamp


class Login(ShopeeShop):
    def login_url(self, redirect: str, state: str) -> str:
        """The redirect's domain must be the one declared in Shopee's console. `state` comes back with the code."""
        if self._app.login_link == "signed":
            return self._signed_link(f"{redirect}{'&' if '?' in redirect else '?'}{urlencode({'state': state})}")
        query = {
            "partner_id": self._app.partner_id,
            "auth_type": "seller",
            "redirect_uri": redirect,
            "response_type": "code",
            "state": state,
        }
        return f"{self._app.auth_base_url.rstrip('/')}/auth?{urlencode(query)}"

    def _signed_link(self, redirect: str) -> str:
        signature = ShopeeSignature(self._app.partner_id, self._app.partner_key, self.clock.now())
        query = signature.query(SIGNED_LINK) | {"redirect": redirect}
        return f"{self._app.base_url.rstrip('/')}{SIGNED_LINK}?{urlencode(query)}"

    def exchange_code(self, code: str, redirect: str) -> Tokens:  # noqa: ARG002 - Shopee does not ask for it again
        """The code works once, for 10 minutes."""
        payload = GetToken(code=code, partner_id=self._app.partner_id, shop_id=int(self.shop_id))
        return self._tokens_of(self._channel.call(GET_TOKEN, payload, signing=self._app_signing))

    def check(self) -> ShopFacts:
        reply = self._channel.exchange(SHOP_INFO, ShopInfoQuery())
        normal = reply.answer.status == "NORMAL"
        return ShopFacts(
            external_id=self.shop_id,
            name=reply.answer.shop_name,
            is_active=normal,
            can_push=normal,
            authorised_until=to_utc(reply.answer.expire_time),
            server_time=reply.server_time,
        )
