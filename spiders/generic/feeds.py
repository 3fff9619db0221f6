"""A product's own JSON where the shop leaves it on: `/products/{handle}.json` and `.js` of Shopify and Haravan.

`.json` gives decimal text in the main unit; `.js` gives hundredths, for đồng too (notes, section 8: to be checked per shop, so a price
that is no whole number of đồng after dividing is flagged).
"""

from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from spiders.answer import Answer, Number
from spiders.draft import Draft
from spiders.numbers import machine_price
from spiders.page import Page, PageError, PageState
from spiders.schema_org import lowest


class FeedVariant(Answer):
    price: Number | str
    compare_at_price: Number | str | None = None
    available: bool | None = None


class FeedProduct(Answer, kw_only=True):
    id: int
    title: str
    handle: str | None = None
    vendor: str | None = None
    variants: list[FeedVariant]


class FeedList(Answer):
    products: list[FeedProduct]


def is_list(page: Page) -> bool:
    """`/products.json` and `/collections/{handle}/products.json`: as a list's row, every product as its own feed shows it."""
    return page.path.endswith("/products.json")


def read_list(page: Page) -> list[Draft]:
    return [_card(product, page) for product in FeedList.read(page.json).products]


def read(page: Page) -> Draft:
    """LAYOUT_CHANGED for JSON that is no such product."""
    if page.path.endswith(".json"):
        return _draft(FeedProduct.read(_inner(page.json)), Decimal(1))
    if page.path.endswith(".js"):
        return _draft(FeedProduct.read(page.json), Decimal(100))
    raise PageError(PageState.LAYOUT_CHANGED, "JSON at an address where no shop system puts a product")


def _inner(body: Any) -> Any:
    return body.get("product") if isinstance(body, dict) else body


def _card(facts: FeedProduct, page: Page) -> Draft:
    draft = _draft(facts, Decimal(1))
    draft.page = "cards"
    draft.url = urljoin(page.url, f"/products/{facts.handle}") if facts.handle else None
    return draft


def _draft(facts: FeedProduct, unit: Decimal) -> Draft:
    draft = Draft(
        "generic", "product", external_id=str(facts.id), title=facts.title, currency="VND", variants=len(facts.variants)
    )
    known = [variant.available for variant in facts.variants if variant.available is not None]
    draft.available = any(known) if known else None
    try:
        asked = {_in_units(variant.price, unit): variant.compare_at_price for variant in facts.variants}
        real = [price for price in asked if price]
        lowest(draft, real, _in_units(asked[min(real)], unit) if real else None)
    except ValueError as err:
        draft.flags.append(f"price: {err}")
    return draft


def _in_units(value: float | str | None, unit: Decimal) -> Decimal | None:
    amount = machine_price(value)
    return None if amount is None else amount / unit
