"""One reading of a listing's public face: what readers of pages and `pull metrics` give (contracts.md, "An item")."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from pydantic import Field

from catalog.base import Fact


class Sold(Fact):
    """A displayed sold counter as an interval of true counts. `hi` None means open above; `raw` is the site's own text."""

    raw: str
    lo: int = Field(ge=0)
    hi: int | None = None


class Item(Fact):
    """One listing as a page or API showed it. None means *the page does not say*; a value that failed validation is None and named in `flags`."""

    site: str
    page: Literal["product", "cards"]
    external_id: str | None = None  # a plain shop page may carry no id of its own
    variant_id: str | None = None
    shop_id: str | None = None
    shop_name: str | None = None
    title: str | None = None
    currency: str | None = None  # ISO 4217
    price: Decimal | None = None  # main units, the lowest selling price now
    price_max: Decimal | None = None
    list_price: Decimal | None = None  # only when higher than `price`
    rating_average: float | None = None  # 0-5; None when nobody rated
    rating_count: int | None = None
    rating_histogram: tuple[int, int, int, int, int] | None = None  # always 1★→5★
    sold_total: Sold | None = None
    sold_30d: Sold | None = None
    available: bool | None = None
    stock: int | None = None
    variants: int | None = None
    reviews_on_page: int | None = None
    url: str | None = None
    flags: tuple[str, ...] = ()


class Review(Fact):
    """One review without any personal field."""

    external_id: str
    stars: int = Field(ge=1, le=5)
    text: str | None = None
    created_at: datetime | None = None
    images: int | None = None
    variant: str | None = None
    reply: str | None = None


class RatingsPage(Fact):
    """One page of reviews with the summary it carries."""

    page: Literal["ratings"] = "ratings"
    item_external_id: str | None = None
    shop_id: str | None = None
    summary: dict[str, object]
    reviews: tuple[Review, ...]
    has_next: bool | None = None
