"""What Tiki's connector is told from outside: `OCOP_TIKI__<FIELD>`."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

InventoryType = Literal["dropship", "instock", "cross_border", "seller_backorder"]


class TikiSettings(BaseModel):
    """The app's keys, the hosts, and what Tiki's documents leave for a person to decide."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str
    client_secret: SecretStr
    base_url: str = "https://api.tiki.vn"  # the API is under /integration, OAuth under /sc/oauth2
    storefront_url: str = "https://tiki.vn"
    inventory_type: InventoryType = "dropship"  # must be one of the seller's operation models
    unbranded: str = "OEM"  # the brand of a listing without one: sellers' usual word, in no document we have
    tiki_warehouse_codes: str = "hn4,sgn"  # Tiki warehouses our own ones may serve, comma-separated
    warehouse_id: int | None = (
        None  # which of the seller's own warehouses holds the stock; needed when there are several
    )
    category_ids: dict[str, int] = {}  # sub-group -> category id, before any look-up by name
    rate_per_s: float | None = Field(default=20.0, gt=0)  # Tiki allows 200 a second a seller
    max_in_flight: int = Field(default=4, gt=0)
