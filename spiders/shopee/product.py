"""One product: a card kept by itself, the item JSON of v2 (`item`) and v4 (`data`), and the product page's own body (`data.item`).

The page's body is known from several readers' code, not from a capture (listing-page notes, section 2, read 2026-11-23).
"""

from typing import Any

from spiders.answer import Answer, Number
from spiders.base import product
from spiders.country import settle_currency
from spiders.draft import Draft
from spiders.embedded import dig
from spiders.page import Page, PageError, PageState, Reading
from spiders.shopee.address import asked, link_to
from spiders.shopee.item import ItemObject, Model
from spiders.shopee.words import Rating, money, rating, refuse_error
from spiders.shown import exact_sold, list_price_of, sold_text


class Amounts(Answer):
    """`single_value` is -1 where the variants differ."""

    single_value: Number | None = None
    range_min: Number | None = None
    range_max: Number | None = None


class ProductPrice(Answer):
    price: Amounts
    price_before_discount: Amounts | None = None


class PageItem(Answer):
    item_id: int
    shop_id: int
    title: str
    currency: str | None = None
    models: list[Model] | None = None


class ProductReview(Rating):
    """The counters are integers in older bodies, texts or null in newer ones."""

    historical_sold: int | str | None = None
    global_sold: int | str | None = None


class Shop(Answer):
    name: str | None = None


class PageBody(Answer):
    item: PageItem
    product_price: ProductPrice
    product_review: ProductReview | None = None
    shop_detailed: Shop | None = None


def read_product(page: Page) -> Reading:
    body = refuse_error(page.json, item_asked=True)
    draft = Draft("shopee", "product")
    if dig(body, "data", "item") is not None:
        _from_page_body(draft, PageBody.read(body["data"]), page)
    else:
        ItemObject.read(_item(body)).onto(draft, page)
    _same_product(draft, page)
    return product(draft.checked())


def _item(body: Any) -> Any:
    """The item of a bare card, of v2 or of v4."""
    if not isinstance(body, dict):
        raise PageError(PageState.LAYOUT_CHANGED, "no item")
    if "itemid" in body:
        return body
    if "item" in body and body["item"] is None and not body.get("data"):
        raise PageError(PageState.GONE, "item null: no such item")
    return body["item"] if body.get("item") is not None else body.get("data")


def _from_page_body(draft: Draft, body: PageBody, page: Page) -> None:
    item = body.item
    draft.external_id, draft.shop_id, draft.title = str(item.item_id), str(item.shop_id), item.title
    draft.shop_name = body.shop_detailed.name if body.shop_detailed else None
    draft.url = link_to(draft.shop_id, draft.external_id, page)
    settle_currency(draft, page, item.currency)
    shown, struck = body.product_price.price, body.product_price.price_before_discount or Amounts()
    as_item = ItemObject(
        itemid=item.item_id, shopid=item.shop_id, name=item.title, price=_low(shown), price_max=_high(shown),
        price_before_discount=_low(struck), models=item.models,
    )  # fmt: skip
    as_item.prices_onto(draft)
    draft.variants = None if item.models is None else len(item.models)
    if body.product_review is not None:
        rating(draft, body.product_review)
        _sold(draft, body.product_review)


def _low(amounts: Amounts) -> float | None:
    return _stated(amounts.single_value, amounts.range_min)


def _high(amounts: Amounts) -> float | None:
    return _stated(amounts.single_value, amounts.range_max)


def _stated(single: float | None, of_range: float | None) -> float | None:
    return single if list_price_of(money(single)) is not None else of_range


def _sold(draft: Draft, review: ProductReview) -> None:
    """Where one is there the other says the same; a text is read as the interval it stands for."""
    counter = review.global_sold if review.historical_sold is None else review.historical_sold
    if isinstance(counter, str):
        sold_text(draft, counter)
    else:
        exact_sold(draft, "sold_total", counter)


def _same_product(draft: Draft, page: Page) -> None:
    """Figures of another product than the address names are evidence, not facts."""
    shop, item = asked(page.url) or (None, None)
    if item not in {None, draft.external_id} or shop not in {None, draft.shop_id}:
        draft.flags.append("external_id: not the product that was asked for")
