"""/auth/token/create and /auth/token/refresh: signed like any call, without a token, answered flat (Lazada Open Platform reference,
authorisation pages, read 2026-11-24). The list of shops has another name after a refresh.
"""

from typing import Any

from sandbox.lazada.accounts import Grant, Seller
from sandbox.lazada.call import Answer, Call, Route


def create(call: Call) -> Answer:
    seller, grant = call.backstage.accounts.exchange(call.text("code"))
    return Answer(top=_tokens(call, seller, grant, "country_user_info"))


def refresh(call: Call) -> Answer:
    seller, grant = call.backstage.accounts.renew(call.text("refresh_token"))
    return Answer(top=_tokens(call, seller, grant, "country_user_info_list"))


def _tokens(call: Call, seller: Seller, grant: Grant, list_name: str) -> dict[str, Any]:
    shop = {
        "country": "vn",
        "user_id": str(seller.user_id),
        "seller_id": str(seller.seller_id),
        "short_code": seller.short_code,
    }
    return {
        "access_token": grant.access_token,
        "refresh_token": grant.refresh_token,
        "expires_in": int((grant.until - call.now).total_seconds()),
        "refresh_expires_in": int((grant.refresh_until - call.now).total_seconds()),
        "account": seller.account,
        "account_id": None,
        "account_platform": "seller_center",
        "country": "vn",
        list_name: [shop],
    }


ROUTES = {
    "/auth/token/create": Route("GET|POST", create, needs_seller=False, writes=True),
    "/auth/token/refresh": Route("GET|POST", refresh, needs_seller=False, writes=True),
}
