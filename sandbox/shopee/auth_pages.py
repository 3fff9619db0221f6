"""Tokens, authorised shops, shop facts and pictures: the pages around the catalogue (Shopee v2 reference, read 2026-11-23)."""

from typing import Any

from sandbox.shopee import media, read
from sandbox.shopee.accounts import ACCESS_LIFE, Pair, ShopAccount
from sandbox.shopee.call import Access, Answer, Call, Route, epoch
from sandbox.shopee.refusal import gateway

FIRST_EXPIRE_IN_S = 14_380  # a first answer says a little less than the token's life


def first_token(call: Call) -> Answer:
    body = _partner_body(call)
    subjects = [name for name in ("shop_id", "main_account_id") if name in body]
    if len(subjects) != 1:
        raise gateway("error_param", "exactly one of shop_id and main_account_id is required")
    code, subject = _param(body, "code"), read.integer(body, subjects[0])
    by_shop = subjects[0] == "shop_id"
    pair, shop_ids = call.backstage.accounts.exchange(
        code, shop_id=subject if by_shop else None, main_account_id=None if by_shop else subject
    )
    lists = {} if by_shop else {"shop_id_list": list(shop_ids), "merchant_id_list": []}
    return Answer(top=_tokens(pair) | {"expire_in": FIRST_EXPIRE_IN_S} | lists)


def refreshed_token(call: Call) -> Answer:
    body = _partner_body(call)
    others = ("merchant_id", "supplier_id", "user_id", "principal_id")
    if "shop_id" not in body or any(name in body for name in others):
        raise gateway("error_param", "exactly one subject is required, and this app serves shops only")
    shop_id = read.integer(body, "shop_id")
    pair = call.backstage.accounts.renew(_param(body, "refresh_token"), shop_id)
    named = {"partner_id": call.backstage.accounts.partner_id, "shop_id": shop_id}
    return Answer(top=named | _tokens(pair) | {"expire_in": int(ACCESS_LIFE.total_seconds())})


def get_shops_by_partner(call: Call) -> Answer:
    size, page = call.integer("page_size", 1, 100), call.integer("page_no", 1, 10**6)
    shops = [shop for shop in call.backstage.accounts.shops.values() if shop.linked and shop.auth_at]
    rows = [_authed(shop) for shop in shops[(page - 1) * size : page * size]]
    return Answer(top={"more": len(shops) > page * size, "authed_shop_list": rows})


def get_shop_info(call: Call) -> Answer:
    shop = call.shop
    facts = {"shop_name": shop.name, "region": "VN", "status": "NORMAL", "shop_fulfillment_flag": "Others"}
    flags = ("is_cb", "is_sip", "is_upgraded_cbsc", "is_main_shop", "is_direct_shop", "is_mart_shop", "is_outlet_shop")
    return Answer(top=facts | _consent(shop) | {"merchant_id": None} | dict.fromkeys(flags, False))


def upload_image(call: Call) -> Answer:
    return Answer(media.upload(call.backstage.pictures, call.request))


def _partner_body(call: Call) -> dict[str, Any]:
    body = call.body
    if read.integer(body, "partner_id") != call.backstage.accounts.partner_id:
        raise gateway("error_auth", "partner_id is invalid")
    return body


def _param(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise gateway("error_param", f"{name} is required")
    return value


def _tokens(pair: Pair) -> dict[str, Any]:
    return {"access_token": pair.access_token, "refresh_token": pair.refresh_token}


def _authed(shop: ShopAccount) -> dict[str, Any]:
    return {"region": "VN", "shop_id": shop.shop_id, "sip_affi_shop_list": []} | _consent(shop)


def _consent(shop: ShopAccount) -> dict[str, Any]:
    if shop.auth_at is None or shop.consent_until is None:
        raise AssertionError("a shop that never consented has no token to ask with")
    return {"auth_time": epoch(shop.auth_at), "expire_time": epoch(shop.consent_until)}


ROUTES = {
    "/api/v2/auth/token/get": Route("POST", first_token, Access.PUBLIC, ("message",)),
    "/api/v2/auth/access_token/get": Route("POST", refreshed_token, Access.PUBLIC, ("message",)),
    "/api/v2/public/get_shops_by_partner": Route("GET", get_shops_by_partner, Access.PUBLIC, ()),
    "/api/v2/shop/get_shop_info": Route("GET", get_shop_info, envelope=("message",)),
    "/api/v2/media_space/upload_image": Route("POST", upload_image, Access.PUBLIC_OR_SHOP),
}
