"""One product: the body's `data` (seen 2022). `shop_info.rating_avg` is the shop's rating, not the product's."""

import re
from typing import Any

from spiders.answer import Answer, Number
from spiders.base import product
from spiders.draft import Draft
from spiders.embedded import dig
from spiders.page import Page, Reading
from spiders.sendo.words import Priced, link_to
from spiders.shown import average

PRODUCT = re.compile(r"-(\d{1,20})\.html$|/full/(?:[^/]*-)?(\d{1,20})(?:\.html)?$", re.ASCII)
_IN_STOCK = 1
_STARS = 5


class Shop(Answer):
    shop_id: int
    shop_name: str


class RatingInfo(Answer):
    total_rated: int | None = None
    percent_star: Number | None = None
    star1: int | None = None
    star2: int | None = None
    star3: int | None = None
    star4: int | None = None
    star5: int | None = None


class Product(Priced, kw_only=True):
    id: int
    name: str
    cat_path: str | None = None
    shop_info: Shop | None = None
    rating_info: RatingInfo | None = None
    quantity: int | None = None
    stock_status: int | None = None
    variants: list[Any] | None = None


def read_product(page: Page) -> Reading:
    facts = Product.read(dig(page.json, "data"))
    draft = Draft("sendo", "product", external_id=str(facts.id), title=facts.name, stock=facts.quantity)
    facts.onto(draft)
    draft.url = link_to(facts.id, facts.cat_path)
    draft.variants = None if facts.variants is None else len(facts.variants)
    if facts.shop_info is not None:
        draft.shop_id, draft.shop_name = str(facts.shop_info.shop_id), facts.shop_info.shop_name
    _rating(draft, facts.rating_info)
    _available(draft, facts)
    asked = next(filter(None, PRODUCT.search(page.path.rstrip("/")).groups()))  # type: ignore[union-attr] # told by this very path
    if asked != draft.external_id:
        draft.flags.append("external_id: not the product that was asked for")
    return product(draft.checked())


def _rating(draft: Draft, said: RatingInfo | None) -> None:
    if said is None:
        return
    average(draft, said.percent_star)
    draft.rating_count = said.total_rated
    stars = tuple(n for n in (said.star1, said.star2, said.star3, said.star4, said.star5) if n is not None)
    draft.rating_histogram = stars if len(stars) == _STARS else None


def _available(draft: Draft, facts: Product) -> None:
    """Only 1 has been seen, beside goods in stock. Another code is flagged."""
    if facts.stock_status is None:
        return
    if facts.stock_status != _IN_STOCK:
        draft.flags.append("available: unknown stock_status")
    else:
        draft.available = facts.quantity is None or facts.quantity > 0
