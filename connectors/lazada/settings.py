"""What the office's Lazada app needs: OCOP_LAZADA__APP_KEY, OCOP_LAZADA__APP_SECRET, and rarely the rest."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

API = "https://api.lazada.vn"
AUTH = "https://auth.lazada.com"


class LazadaSettings(BaseModel):
    """One app of the Lazada Open Platform, Vietnam (reference, sections 0 and 1, read 2026-11-24).

    No rate is published in general; one call every 1.2 s an app is what a careful public connector keeps to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    app_key: str = Field(repr=False)  # no secret, yet it goes with one
    app_secret: SecretStr
    base_url: str = API  # API paths are under /rest
    auth_base_url: str | None = None  # consent and tokens; None: Lazada's own, or where a changed base_url points
    storefront_url: str = "https://www.lazada.vn"  # where shoppers see a listing
    partner_id: str | None = None  # only for an app that is refused with MissingPartner
    language: str = "vi_VN"
    category_ids: dict[str, int] = {}  # sub-group -> leaf category id; wins over the names in categories.py
    no_brand_id: str | None = None  # Vietnam's "No Brand"; None: looked up once among some 80,000 brands
    rate_per_s: float | None = Field(default=1 / 1.2, gt=0)
    max_in_flight: int = Field(default=4, gt=0)

    @property
    def auth_url(self) -> str:
        """Where consent and tokens are."""
        return self.auth_base_url or (AUTH if self.base_url == API else self.base_url)

    @field_validator("base_url", "auth_base_url", "storefront_url")
    @classmethod
    def _without_slash(cls, url: str | None) -> str | None:
        return url and url.rstrip("/")
