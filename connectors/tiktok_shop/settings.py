"""What the office's TikTok Shop app needs: OCOP_TIKTOK_SHOP__APP_KEY, OCOP_TIKTOK_SHOP__APP_SECRET, and rarely the rest."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

API = "https://open-api.tiktokglobalshop.com"  # every region outside China has this one
AUTH = "https://auth.tiktok-shops.com"
CONSENT = "https://services.tiktokshop.com"


class TiktokShopSettings(BaseModel):
    """One Partner Center app (TikTok Shop Partner reference 1.1, read 2026-11-24).

    TikTok publishes no rate: it allots one to each app, shop and endpoint, and advises to start low. Here a shop is called
    twice a second, one call at a time. An API at another address is taken to log in and to ask for consent there too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_key: str = Field(repr=False)
    app_secret: SecretStr
    service_id: str | None = None  # of the app's page in Partner Center; without it the older consent page is used
    base_url: str = API
    auth_base_url: str = AUTH
    consent_base_url: str = CONSENT
    storefront_url: str = "https://shop.tiktok.com"  # where shoppers see a listing; never fetched
    rate_per_s: float | None = Field(default=2.0, gt=0)
    max_in_flight: int = Field(default=1, gt=0)

    @model_validator(mode="before")
    @classmethod
    def _one_address(cls, given: dict[str, object]) -> dict[str, object]:
        base_url = given.get("base_url", API)
        if base_url == API:
            return given
        return {"auth_base_url": base_url, "consent_base_url": base_url, **given}
