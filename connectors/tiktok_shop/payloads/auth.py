"""Tokens and authorised shops (Partner reference 1.2, 1.3)."""

from pydantic import SecretStr

from connectors.endpoint import Answer, Payload, Rows
from connectors.tiktok_shop.payloads.kinds import Seconds


class CodeGrant(Payload):
    auth_code: str
    grant_type: str = "authorized_code"  # spelled so


class RefreshGrant(Payload):
    refresh_token: str
    grant_type: str = "refresh_token"


class TokenPair(Answer):
    ignores = frozenset({"open_id", "seller_name", "seller_base_region"})

    access_token: SecretStr
    access_token_expire_in: Seconds  # absolute, whatever its name says
    refresh_token: SecretStr
    refresh_token_expire_in: Seconds
    user_type: int  # 0 seller, 1 creator, 3 partner
    granted_scopes: Rows[str]


class AuthorisedShop(Answer):
    ignores = frozenset({"seller_type", "code"})

    id: str
    name: str
    region: str
    cipher: str


class AuthorisedShops(Answer):
    shops: Rows[AuthorisedShop]


class CheckResult(Answer):
    check_item: str
    is_failed: bool
    fail_reasons: Rows[str]


class Prerequisites(Answer):
    check_results: Rows[CheckResult]
