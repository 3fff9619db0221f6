"""One product: the body of `api/v2/products/{id}`, alone or inside a page; what a page without it states in its markup."""

import re

from spiders.base import product
from spiders.draft import Draft
from spiders.microdata import top_things
from spiders.numbers import exact
from spiders.page import Page, PageError, PageState, Reading
from spiders.schema_org import lowest
from spiders.tiki.facts import Product
from spiders.tiki.markup import stated
from spiders.tiki.reviews import ReviewPage, to_ratings
from spiders.tiki.state import State, initial_state
from spiders.tiki.words import answer, available, rating, sold

_ID = re.compile(r"-p(\d+)\.html$|/products/(\d+)$")


def read_product(page: Page) -> Reading:
    """From JSON, else from the state in the page, else from the page's markup."""
    if not page.is_html:
        return _reading(page, answer(page, Product), None)
    state = _state(page)
    facts = None if state is None else state.product()
    if state is None or facts is None:
        return product(stated(page, asked_of(page)).checked())
    return _reading(page, facts, state.reviews())


def _state(page: Page) -> State | None:
    """A state that is no longer JSON (pages that someone has saved and tidied) gives way to microdata, where there is any."""
    try:
        return initial_state(page)
    except PageError as err:
        if err.state == PageState.BAD_DATA and top_things(page.html, "Product"):
            return None
        raise


def _reading(page: Page, facts: Product, block: ReviewPage | None) -> Reading:
    draft = Draft("tiki", "product", external_id=str(facts.id), title=facts.name, currency="VND")
    _prices(draft, facts)
    _seller(draft, facts)
    rating(draft, facts.rating_average, facts.review_count)
    sold(draft, facts.quantity_sold)
    available(draft, facts.inventory_status)
    draft.variants = len(facts.configurable_products or ())
    _same_product(draft, page, facts)
    if block is not None:
        draft.rating_histogram, draft.reviews_on_page = block.histogram(), len(block.data)
    draft.url = f"https://tiki.vn/product-p{facts.id}.html" + (f"?spid={draft.variant_id}" if draft.variant_id else "")
    read = product(draft.checked())
    return Reading(read.state, read.evidence, read.items, None if block is None else to_ratings(block))


def _prices(draft: Draft, facts: Product) -> None:
    """The lowest of the variants that can be bought is the price; the list price is kept only where it belongs to that same variant."""
    asked = exact(facts.price)
    for_sale = (v for v in facts.configurable_products or () if v.inventory_status in {None, "available"})
    prices = [asked, *(exact(variant.price) for variant in for_sale)]
    lowest(draft, prices)
    if draft.price is None or draft.price == asked:
        draft.price, draft.list_price = asked, None if facts.list_price is None else exact(facts.list_price)


def _seller(draft: Draft, facts: Product) -> None:
    if facts.current_seller is not None:
        draft.shop_id, draft.shop_name = str(facts.current_seller.id), facts.current_seller.name
        draft.variant_id = facts.current_seller.product_id


def asked_of(page: Page) -> str:
    """The product's id in the page's own address; a page is only read here for having one."""
    found = _ID.search(page.path.rstrip("/"))
    if found is None:
        raise PageError(PageState.BAD_DATA, "an address without a product's id")
    return found[1] or found[2]


def _same_product(draft: Draft, page: Page, facts: Product) -> None:
    """A page about another product than its address names (a redirect, a mixed-up cache) is evidence, not a fact."""
    asked = asked_of(page)
    known = {
        str(facts.id),
        str(facts.master_id),
        draft.variant_id,
        *(str(v.id) for v in facts.configurable_products or ()),
    }
    if asked not in known:
        draft.flags.append("external_id: not the product that was asked for")
