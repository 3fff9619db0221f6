"""What we want a shop to show for one variant: the intended state, in our words."""

import hashlib
import json
from typing import Self

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
    category_id: str | None = None  # the marketplace's, as the office chose it; None: the connector's own search
    attributes: tuple[tuple[str, str], ...] = ()  # the office's answers: the marketplace's own name, the value

    def content(self) -> str:
        """Everything but price and stock, as JSON in one form: `of` makes the listing of it again."""
        content = self.model_dump(mode="json", exclude={"price_vnd", "stock"} | self._unchosen())
        return json.dumps(content, sort_keys=True, ensure_ascii=False)

    @classmethod
    def of(cls, content: str, price_vnd: int, stock: int) -> Self:
        """The listing whose `content` this is, at that price and stock."""
        return cls.model_validate(json.loads(content) | {"price_vnd": price_vnd, "stock": stock})

    @staticmethod
    def content_hash(content: str) -> str:
        """SHA-256 of a `content`: equal means there is nothing to send."""
        return hashlib.sha256(content.encode()).hexdigest()

    def _unchosen(self) -> set[str]:
        """What the office left to the connector: adding such a field must not make every listing look changed."""
        return {name for name in ("category_id", "attributes") if not getattr(self, name)}
