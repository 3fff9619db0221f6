"""Connecting a shop: consent, first tokens, and calls that prove they work (Partner reference 1.2, 1.3, 3.1, read 2026-11-24)."""

from urllib.parse import urlencode

from connectors.endpoint import NoPayload
from connectors.facts.shop import ShopFacts, Tokens
from connectors.tiktok_shop.endpoints import GET_TOKEN, PREREQUISITES
from connectors.tiktok_shop.payloads.auth import CodeGrant
from connectors.tiktok_shop.shop import TiktokShop, to_tokens

SHOP_STATUS = "SHOP_STATUS"


class Login(TiktokShop):
    def login_url(self, redirect: str, state: str) -> str:  # noqa: ARG002 - TikTok goes to the registered address alone
        """The code comes back to the address registered in Partner Center, whatever `redirect` says."""
        if self._app.service_id is None:
            query = urlencode({"app_key": self._app.app_key, "state": state})
            return f"{self._app.auth_base_url.rstrip('/')}/oauth/authorize?{query}"
        query = urlencode({"service_id": self._app.service_id, "state": state})
        return f"{self._app.consent_base_url.rstrip('/')}/open/authorize?{query}"

    def exchange_code(self, code: str, redirect: str) -> Tokens:  # noqa: ARG002 - TikTok does not ask for it again
        """The code works once, for 30 minutes."""
        return to_tokens(self._auth_channel.call(GET_TOKEN, CodeGrant(auth_code=code), signing=self._app_signing(code)))

    def check(self) -> ShopFacts:
        """Two reads: the consent names this shop, and what TikTok wants of a shop before it may list is there."""
        reply = self._authorised()
        checks = self.call(PREREQUISITES, NoPayload()).check_results
        failed = {check.check_item for check in checks if check.is_failed}
        return ShopFacts(
            external_id=self.shop_id,
            name=reply.answer.name,
            is_active=SHOP_STATUS not in failed,
            can_push=not failed,
            authorised_until=self.tokens.load().authorised_until,
            server_time=reply.server_time,
        )
