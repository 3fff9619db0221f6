"""What the office's Shopee app needs: OCOP_SHOPEE__PARTNER_ID, OCOP_SHOPEE__PARTNER_KEY, and rarely the rest."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class ShopeeSettings(BaseModel):
    """One Open Platform app (Shopee v2 reference, read 2026-11-23). The key is used as text, never decoded.

    Shopee publishes no rate; 5 requests a second and 5 in flight is what careful users report to work.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    partner_id: int
    partner_key: SecretStr
    base_url: str = "https://partner.shopeemobile.com"
    auth_base_url: str = "https://open.shopee.com"
    storefront_url: str = "https://shopee.vn"  # where shoppers see a listing; never fetched
    login_link: Literal["current", "signed"] = "current"  # "signed": the older link, for apps whose console asks for it
    push_url: str | None = None  # the callback's address as the console has it; None: as the message arrived
    push_key: SecretStr | None = None  # where the console shows a key for messages of its own; None: the partner key
    push_signs: Literal["url_and_body", "body"] = (
        "url_and_body"  # the documents' form, and the one some receivers report
    )
    language: str = "vi"
    rate_per_s: float | None = Field(default=5.0, gt=0)
    max_in_flight: int = Field(default=5, gt=0)
    categories: dict[str, int] = {}  # sub-group -> leaf category id; wins over the names in categories.py
