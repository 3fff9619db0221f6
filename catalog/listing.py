"""What we want a shop to show for one variant: the intended state, in our words."""

import hashlib
import json

from pydantic import Field

from catalog.base import Fact
from catalog.product import PackSize


class Listing(Fact):
    """The intended listing of one variant in one shop. Price and stock travel apart from content: they change daily."""

    sku: str
    title: str
    description: str
    sub_group: str
    price_vnd: int = Field(gt=0)
    stock: int = Field(ge=0)
    images: tuple[str, ...] = ()
    brand: str | None = None
    origin: str = "Việt Nam"
    gtin: str | None = None
    net_weight_g: int | None = None
    shipping_weight_g: int = Field(gt=0)
    shipping_size: PackSize | None = None

    def content_hash(self) -> str:
        """SHA-256 of everything but price and stock: equal means there is nothing to send."""
        content = self.model_dump(mode="json", exclude={"price_vnd", "stock"})
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
