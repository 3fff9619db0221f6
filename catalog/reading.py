"""One reading of a listing's public face: what readers of pages and `pull metrics` give (contracts.md, "An item").

A list has fifty of them and a night thousands of lists, so they are plain records: types are held by the type checker, texts come
without blanks around them, and the two bounds that nothing may break are looked at whenever one is made.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct, json


class Shown(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What all of them share. None of them can hold itself, so the garbage collector need not look inside."""

    def as_json(self) -> dict[str, Any]:
        """Every field, in JSON's own types: amounts and times as text, rows as lists."""
        fields: dict[str, Any] = json.decode(json.encode(self))
        return fields


class Sold(Shown, frozen=True, gc=False):
    """A displayed sold counter as an interval of true counts. `hi` None means open above; `raw` is the site's own text.

    Raises ValueError for less than nothing.
    """

    raw: str
    lo: int
    hi: int | None = None

    def __post_init__(self) -> None:
        if self.lo < 0:
            raise ValueError("a sold counter below zero")


class Item(Shown, frozen=True, gc=False):
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
    rating_histogram: tuple[int, ...] | None = None  # always five, 1★→5★
    sold_total: Sold | None = None
    sold_30d: Sold | None = None
    available: bool | None = None
    stock: int | None = None
    variants: int | None = None
    reviews_on_page: int | None = None
    url: str | None = None
    flags: tuple[str, ...] = ()


class Review(Shown, frozen=True, gc=False, kw_only=True):
    """One review without any personal field. Raises ValueError for other stars than one to five."""

    external_id: str
    stars: int
    text: str | None = None
    created_at: datetime | None = None
    images: int | None = None
    variant: str | None = None
    reply: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.stars <= 5:  # noqa: PLR2004 - one to five stars
            raise ValueError("stars outside one to five")


class RatingsPage(Shown, frozen=True, gc=False, kw_only=True):
    """One page of reviews with the summary it carries."""

    page: Literal["ratings"] = "ratings"
    item_external_id: str | None = None
    shop_id: str | None = None
    summary: dict[str, object]
    reviews: tuple[Review, ...]
    has_next: bool | None = None
