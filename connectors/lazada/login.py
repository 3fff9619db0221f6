"""Connecting a shop: consent, first tokens, and a call that proves they work (reference, sections 1.3-1.5, read 2026-11-24)."""

from urllib.parse import urlencode

from connectors.errors import UnexpectedAnswerError
from connectors.facts.shop import ShopFacts, Tokens
from connectors.lazada.endpoints import CREATE_TOKEN, SELLER
from connectors.lazada.payloads.auth import CodeGrant, SellerQuery
from connectors.lazada.shop import LazadaShop

IS_ACTIVE = {"ACTIVE": True, "INACTIVE": False, "DELETED": False}


class Login(LazadaShop):
    def login_url(self, redirect: str, state: str) -> str:
        """`redirect` must equal the app's callback to the character. The seller logs in by password, in a fresh window."""
        query = {
            "response_type": "code",
            "force_auth": "true",
            "client_id": self._app.app_key,
            "redirect_uri": redirect,
            "state": state,
        }
        return f"{self._app.auth_url}/oauth/authorize?{urlencode(query)}"

    def exchange_code(self, code: str, redirect: str) -> Tokens:  # noqa: ARG002 - Lazada does not ask for it again
        """The code works once, for 30 minutes."""
        return self._tokens_of(self._auth.call(CREATE_TOKEN, CodeGrant(code=code), signing=self._grant_signing(code)))

    def check(self) -> ShopFacts:
        reply = self._channel.exchange(SELLER, SellerQuery())
        seller = reply.answer
        if seller.status.upper() not in IS_ACTIVE:
            raise UnexpectedAnswerError("a seller status we do not know", marketplace=self.code, code=seller.status)
        is_active = IS_ACTIVE[seller.status.upper()]
        return ShopFacts(
            external_id=seller.seller_id,
            name=seller.name,
            is_active=is_active,
            can_push=is_active and not seller.marketplaceEaseMode,
            authorised_until=self.tokens.load().authorised_until,
            server_time=reply.server_time,
        )
