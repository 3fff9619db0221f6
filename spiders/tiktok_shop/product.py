"""The product in the page's state, `script#__MODERN_ROUTER_DATA__`. Money is decimal text in the currency's main unit.

`sold_count` is exact and of all time; no figure of 30 days exists. JSON-LD holds only breadcrumbs and is not read.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from spiders.answer import Answer, Id, id_text
from spiders.base import product
from spiders.country import settle_currency
from spiders.draft import Draft
from spiders.embedded import dig, script_json
from spiders.numbers import machine_price
from spiders.page import Page, PageError, PageState, Reading
from spiders.shown import exact_sold
from spiders.tiktok_shop.ratings import ProductReview, onto, ratings_page

PRODUCT = re.compile(r"/(?:pdp/(?:[^/?#]+/)?|view/product/)(\d{15,20})$", re.ASCII)
_STATE = "__MODERN_ROUTER_DATA__"
_NORMAL = 1
_CODE = re.compile(r"(?:^|_)(?:error|err|status|biz)_?code$|^code$")


class ShownPrice(Answer):
    min_sku_price: str | None = None
    max_sku_price: str | None = None
    min_sku_original_price: str | None = None
    currency: str | None = None


class Base(Answer, kw_only=True):
    title: str
    sold_count: int | None = None
    price: ShownPrice


class RealPrice(Answer):
    price_val: str | None = None


class SkuPrice(Answer):
    real_price: RealPrice | None = None
    original_price_value: str | None = None


class Quantity(Answer):
    available_quantity: int | None = None


class Sku(Answer):
    price: SkuPrice | None = None
    stock: int | None = None
    sku_quantity: Quantity | None = None  # in place of `stock` on Vietnamese pages

    def left(self) -> int | None:
        if self.stock is None and self.sku_quantity is not None:
            return self.sku_quantity.available_quantity
        return self.stock

    def asks(self) -> str | None:
        return self.price.real_price.price_val if self.price and self.price.real_price else None


class Seller(Answer):
    seller_id: Id
    name: str | None = None


class Product(Answer, kw_only=True):
    product_id: Id
    status: int | None = None
    product_base: Base
    seller: Seller | None = None
    skus: list[Sku] | None = None
    product_detail_review: ProductReview | None = None


def read_product(page: Page) -> Reading:
    facts = Product.read(_info(_component(page)))
    draft = Draft("tiktok_shop", "product", external_id=id_text(facts.product_id), title=facts.product_base.title)
    draft.url = f"https://shop.tiktok.com/view/product/{draft.external_id}"
    if facts.seller is not None:
        draft.shop_id, draft.shop_name = id_text(facts.seller.seller_id), facts.seller.name
    settle_currency(draft, page, facts.product_base.price.currency)
    _prices(draft, facts)
    _stock(draft, facts)
    exact_sold(draft, "sold_total", facts.product_base.sold_count)
    onto(draft, facts.product_detail_review)
    if PRODUCT.search(page.path.rstrip("/"))[1] != draft.external_id:  # type: ignore[index] # told by this very path
        draft.flags.append("external_id: not the product that was asked for")
    read = product(draft.checked())
    return Reading(read.state, read.evidence, read.items, ratings_page(facts.product_detail_review, draft.external_id))


def _component(page: Page) -> dict[str, Any]:
    """The one component of the product's route that has a product in it: its place in the list moves."""
    state = script_json(page, _STATE) if page.is_html else None
    if state is None:
        raise PageError(PageState.REFUSED, f"refused by site: no {_STATE}")
    found = [data for data in _components(state) if "product_info" in data]
    if len(found) != 1:
        raise PageError(PageState.LAYOUT_CHANGED, f"{len(found)} components with product_info")
    return found[0]


def _components(state: Any) -> Iterator[dict[str, Any]]:
    routes = dig(state, "loaderData")
    for route, loaded in routes.items() if isinstance(routes, dict) else ():
        listed = dig(loaded, "page_config", "components_map") if "(product_id)" in route else None
        for component in listed if isinstance(listed, list) else ():
            data = dig(component, "component_data")
            if isinstance(data, dict):
                yield data


def _info(component: dict[str, Any]) -> Any:
    """A product that is nothing but ids beside an error code is not sold in the caller's country: neither blocked nor sold out."""
    info = component["product_info"]
    known = info if isinstance(info, dict) else {}
    codes = (value for part in (component, known) for key, value in part.items() if _CODE.search(key))
    if not known.get("product_base") and any(codes):
        raise PageError(PageState.NOT_OFFERED, "not on sale here: an error code in place of the product")
    return info


def _prices(draft: Draft, facts: Product) -> None:
    """The lowest of the variants that can be bought, with its own list price; the shown range where no variant has a price."""
    shown = facts.product_base.price
    try:
        offers = [(ask, sku) for sku in facts.skus or [] if sku.left() != 0 and (ask := _amount(draft, sku.asks()))]
        if not offers:
            draft.price, draft.price_max = _amount(draft, shown.min_sku_price), _amount(draft, shown.max_sku_price)
            draft.list_price = _amount(draft, shown.min_sku_original_price)
            return
        draft.price, cheapest = min(offers, key=lambda offer: offer[0])
        draft.price_max = max(ask for ask, _ in offers)
        draft.list_price = _amount(draft, cheapest.price.original_price_value if cheapest.price else None)
    except ValueError as err:
        draft.flags.append(f"price: {err}")


def _amount(draft: Draft, text: str | None) -> Decimal | None:
    return machine_price(text, draft.currency)


def _stock(draft: Draft, facts: Product) -> None:
    """Only status 1 has been seen, on a product for sale. Another is flagged."""
    draft.variants = None if facts.skus is None else len(facts.skus)
    left = [sku.left() for sku in facts.skus or []]
    known = [count for count in left if count is not None]
    if left and len(known) == len(left):
        draft.stock = sum(known)
    if facts.status not in {None, _NORMAL}:
        draft.flags.append("available: unknown status")
    elif draft.stock is not None:
        draft.available = draft.stock > 0
