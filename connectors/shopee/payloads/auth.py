"""Tokens and shop facts (v2 reference 1.3, 1.4, 1.6): answers without a `response` wrapper."""

from connectors.endpoint import Answer, NoPayload, Payload
from connectors.shopee.payloads.kinds import Seconds


class GetToken(Payload):
    code: str
    partner_id: int
    shop_id: int


class RefreshToken(Payload):
    refresh_token: str
    partner_id: int
    shop_id: int


class TokenPair(Answer):
    ignores = frozenset({
        "partner_id", "shop_id", "merchant_id", "shop_id_list", "merchant_id_list", "supplier_id_list", "user_id_list",
        "principal_id_list",
    })  # fmt: skip

    access_token: str
    refresh_token: str
    expire_in: int  # seconds; one documented sample shows a Unix time instead


class ShopInfoQuery(NoPayload):
    pass


class ShopInfo(Answer):
    ignores = frozenset({
        "region", "is_cb", "is_sip", "is_upgraded_cbsc", "merchant_id", "shop_fulfillment_flag", "auth_time",
        "is_main_shop", "is_direct_shop", "is_mart_shop", "is_outlet_shop", "sip_affi_shops", "linked_main_shop_id",
        "linked_direct_shop_list", "mart_shop_id", "outlet_shop_info_list",
    })  # fmt: skip

    shop_name: str
    status: str  # NORMAL, FROZEN, BANNED
    expire_time: Seconds
