"""Tokens and the seller (reference, sections 1.4 and 4.5, read 2026-11-24)."""

from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr

from connectors.endpoint import Answer, NoPayload, Payload
from connectors.lazada.payloads.kinds import Count, Flag, Id


class CodeGrant(Payload):
    code: str  # works once, for 30 minutes


class RefreshGrant(Payload):
    refresh_token: str


class CountryUser(Answer):
    ignores = frozenset({"user_id", "short_code"})

    country: str
    seller_id: Id


class TokenPair(Answer):
    """Flat. A refresh calls the list of sellers by another name."""

    ignores = frozenset({"account", "account_id", "account_platform", "country", "country_user_info"})

    access_token: SecretStr
    refresh_token: SecretStr
    expires_in: Count  # seconds
    refresh_expires_in: Count  # seconds; a refresh does not begin it anew
    country_user_info_list: Annotated[
        list[CountryUser], Field(validation_alias=AliasChoices("country_user_info_list", "country_user_info"))
    ]


class SellerQuery(NoPayload):
    pass


class Seller(Answer):
    ignores = frozenset({"name_company", "short_code", "email", "cb", "location", "logo_url", "verified"})

    seller_id: Id
    name: str
    status: str  # ACTIVE, INACTIVE, DELETED
    marketplaceEaseMode: Flag = False  # noqa: N815 - Lazada's own spelling; such a seller may not write products
