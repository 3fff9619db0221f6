"""A product page: the state that its script starts with (`app.run({...})`, on older pages `__moduleData__ = {...}`).

The second source in the page, `pdpTrackingData`, gives the *list* price as `pdt_price`: only its currency is taken. `stock` is 0 for
visitors even where the sku can be bought, so 0 says nothing. The two marks are looked for in the text; the state is read from there on.
"""

import re
from decimal import Decimal

from spiders.answer import Answer, Id, Number, id_text
from spiders.base import product
from spiders.country import currency_of_host, settle_currency
from spiders.currencies import currency_of
from spiders.draft import Draft
from spiders.embedded import dig, json_after
from spiders.lazada.guard import refuse_answer
from spiders.lazada.ratings import NewerReviews, PageReviews, onto, page_ratings
from spiders.numbers import exact
from spiders.page import Page, PageError, PageState, Reading, parse_json

PRODUCT = re.compile(r"-i(\d{1,20})(?:-s(\d{1,20}))?\.html$|^/products/i(\d{1,20})(?:-s(\d{1,20}))?\.html$", re.ASCII)
_STATES = re.compile(r"app\.run\(\s*(?=\{)"), re.compile(r"__moduleData__\s*=\s*(?=\{)")
_TRACKING = re.compile(r'pdpTrackingData\s*=\s*(?=")')
_DEFAULT = "0"  # the default sku once more, under a key of its own
_BUYS = {"default": True, "buyNow": True, "addToCart": True, "wishlist": False}


class Amount(Answer):
    value: Number


class Price(Answer):
    salePrice: Amount | None = None  # noqa: N815 - this and the names below are their words
    originalPrice: Amount | None = None  # noqa: N815


class Operation(Answer):
    type: str | None = None


class Limit(Answer):
    max: int | None = None


class Quantity(Answer):
    limit: Limit | None = None


class Sku(Answer):
    itemId: Id  # noqa: N815
    skuId: Id  # noqa: N815
    price: Price | None = None
    stock: int | None = None
    operation: Operation | None = None
    quantity: Quantity | None = None

    def can_be_bought(self) -> bool | None:
        """How many may go into the cart, else what its button does; None where the page says neither."""
        most = self.quantity.limit.max if self.quantity and self.quantity.limit else None
        if most is not None:
            return most > 0
        return _BUYS.get(self.operation.type or "") if self.operation else None

    def asks(self) -> Decimal | None:
        return exact(self.price.salePrice.value) if self.price and self.price.salePrice else None

    def lists(self) -> Decimal | None:
        return exact(self.price.originalPrice.value) if self.price and self.price.originalPrice else None


class About(Answer):
    title: str


class Seller(Answer):
    name: str
    sellerId: Id | None = None  # noqa: N815


class Fields(Answer):
    product: About
    skuInfos: dict[str, Sku]  # noqa: N815
    seller: Seller | None = None
    review: PageReviews | None = None
    pc_reviews_v3: NewerReviews | None = None  # in place of `review`, or beside it with the same figures


def read_product(page: Page) -> Reading:
    if not page.is_html:
        refuse_answer(page.json)
        raise PageError(PageState.LAYOUT_CHANGED, "a product page that is no HTML")
    state = json_after(page, *_STATES)
    if state is None:
        raise PageError(PageState.LAYOUT_CHANGED, "no app.run state")
    fields = Fields.read(dig(state, "data", "root", "fields"))
    draft = _draft(page, fields)
    settle_currency(draft, page, _currency(page))
    block = fields.review or (fields.pc_reviews_v3.as_block() if fields.pc_reviews_v3 else None)
    onto(draft, block)
    read = product(draft.checked())
    return Reading(read.state, read.evidence, read.items, page_ratings(block, draft.external_id))


def _draft(page: Page, fields: Fields) -> Draft:
    skus = [sku for key, sku in fields.skuInfos.items() if key != _DEFAULT]
    default = fields.skuInfos.get(_DEFAULT) or _asked(page, skus)
    if default is None:
        raise PageError(PageState.LAYOUT_CHANGED, "no default sku")
    draft = Draft("lazada", "product", external_id=id_text(default.itemId), title=fields.product.title)
    draft.variant_id = id_text(default.skuId)
    draft.url = f"https://{page.host or 'www.lazada.vn'}/products/i{draft.external_id}-s{draft.variant_id}.html"
    if fields.seller is not None:
        shop, draft.shop_name = fields.seller.sellerId, fields.seller.name
        draft.shop_id = None if shop is None else id_text(shop)
    draft.variants = len(skus)
    _offers(draft, default, skus)
    _same_product(draft, page, skus)
    return draft


def _asked(page: Page, skus: list[Sku]) -> Sku | None:
    """The only sku, else the one that the address names."""
    named = [sku for sku in skus if page.path.endswith(f"-s{id_text(sku.skuId)}.html")]
    return (skus if len(skus) == 1 else [*named, None])[0]


def _offers(draft: Draft, default: Sku, skus: list[Sku]) -> None:
    """The lowest price that can be paid now, with the list price that belongs to it; the default sku's where none can."""
    said = [sku.can_be_bought() for sku in skus or [default]]
    draft.available = True if True in said else (False if said and None not in said else None)
    stocks = [sku.stock for sku in skus or [default] if sku.stock is not None]
    draft.stock = sum(stocks) or None
    for_sale = [sku for sku in (default, *skus) if sku.can_be_bought() is not False and sku.asks()]
    cheapest = min(for_sale, key=lambda sku: sku.asks() or 0, default=default)
    draft.price, draft.list_price = cheapest.asks(), cheapest.lists()
    draft.price_max = max((price for sku in for_sale if (price := sku.asks())), default=None)


def _same_product(draft: Draft, page: Page, skus: list[Sku]) -> None:
    item, sku, bare_item, bare_sku = PRODUCT.search(page.path).groups()  # type: ignore[union-attr] # told by this very path
    known = {draft.variant_id, *(id_text(s.skuId) for s in skus)}
    if (item or bare_item) != draft.external_id or (sku or bare_sku or draft.variant_id) not in known:
        draft.flags.append("external_id: not the product that was asked for")


def _currency(page: Page) -> str | None:
    """From a string of JSON inside the script's own string; written as a code or as a mark."""
    text = json_after(page, _TRACKING)
    stated = dig(parse_json(text), "core", "currencyCode") if isinstance(text, str) else None
    if not isinstance(stated, str):
        return None
    return currency_of(stated, currency_of_host(page.host)) or stated
