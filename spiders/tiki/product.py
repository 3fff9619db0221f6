"""One product: the body of `api/v2/products/{id}`, alone or inside a page; microdata on pages of before 2022."""

import re
from typing import Any

from spiders.base import product
from spiders.draft import Draft
from spiders.microdata import Thing, top_things
from spiders.numbers import exact, read_price
from spiders.page import Page, PageError, PageState, Reading
from spiders.schema_org import availability, lowest
from spiders.schema_org import rating as stated_rating
from spiders.tiki.facts import Product
from spiders.tiki.reviews import ReviewPage, to_ratings
from spiders.tiki.state import State, initial_state
from spiders.tiki.words import answer, available, rating, sold

_ID = re.compile(r"-p(\d+)\.html$|/products/(\d+)$")


def read_product(page: Page) -> Reading:
    """From JSON, else from the state in the page, else from microdata."""
    if not page.is_html:
        return _reading(page, answer(page, Product), None)
    state = _state(page)
    if state is None:
        return _from_microdata(page)
    facts = state.product()
    if facts is None:
        raise PageError(PageState.LAYOUT_CHANGED, "no product in __NEXT_DATA__")
    return _reading(page, facts, state.reviews())


def _state(page: Page) -> State | None:
    """A state that is no longer JSON (pages that someone has saved and tidied) gives way to microdata, where there is any."""
    try:
        return initial_state(page)
    except PageError as err:
        if err.state == PageState.BAD_DATA and top_things(page.html, "Product"):
            return None
        raise


def _reading(page: Page, facts: Product, reviews: Any) -> Reading:
    draft = Draft("tiki", "product", external_id=str(facts.id), title=facts.name, currency="VND")
    _prices(draft, facts)
    _seller(draft, facts)
    rating(draft, facts.rating_average, facts.review_count)
    sold(draft, facts.quantity_sold)
    available(draft, facts.inventory_status)
    draft.variants = len(facts.configurable_products or ())
    _same_product(draft, page, facts)
    block = ReviewPage.read(reviews) if reviews else None
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


def _same_product(draft: Draft, page: Page, facts: Product) -> None:
    """A page about another product than its address names (a redirect, a mixed-up cache) is evidence, not a fact."""
    asked = next(filter(None, _ID.search(page.path.rstrip("/")).groups()))  # type: ignore[union-attr] # told by this very path
    known = {
        str(facts.id),
        str(facts.master_id),
        draft.variant_id,
        *(str(v.id) for v in facts.configurable_products or ()),
    }
    if asked not in known:
        draft.flags.append("external_id: not the product that was asked for")


def _from_microdata(page: Page) -> Reading:
    """The page of before 2022. It gives no list price and no sold count."""
    things = top_things(page.html, "Product")
    if len(things) != 1:
        raise PageError(PageState.LAYOUT_CHANGED, f"no __NEXT_DATA__ and {len(things)} microdata products")
    thing = things[0]
    draft = Draft("tiki", "product", title=thing.text("name"), currency="VND")
    draft.external_id = next(filter(None, _ID.search(page.path.rstrip("/")).groups()))  # type: ignore[union-attr] # told by this very path
    draft.shop_name = _text(page, 'a[data-view-id="pdp_view_seller_info_button"].seller-name > span')
    _offers(draft, thing)
    for score in thing.things("aggregateRating")[:1]:
        stated_rating(draft, score.text("ratingValue"), score.text("ratingCount"), score.text("bestRating"))
    draft.url = f"https://tiki.vn/product-p{draft.external_id}.html"
    return product(draft.checked())


def _offers(draft: Draft, thing: Thing) -> None:
    offers = thing.things("offers")
    if not offers:
        raise PageError(PageState.LAYOUT_CHANGED, "a microdata product without an offer")
    try:
        lowest(draft, [price for offer in offers if (price := read_price(offer.text("price"))) is not None])
    except ValueError as err:
        draft.flags.append(f"price: {err}")
    availability(draft, [code for offer in offers if (code := offer.text("availability"))])


def _text(page: Page, selector: str) -> str | None:
    node = page.html.css_first(selector)
    return str(node.text(strip=True)) if node is not None else None
