"""A product page without its state: microdata on pages of before 2022, a JSON-LD `@graph` on those of 2025. Neither has a sold count."""

from spiders.draft import Draft
from spiders.generic import json_ld
from spiders.microdata import Thing, top_things
from spiders.numbers import read_price
from spiders.page import Page, PageError, PageState
from spiders.schema_org import availability, lowest
from spiders.schema_org import rating as stated_rating


def stated(page: Page, product_id: str) -> Draft:
    """LAYOUT_CHANGED where the page states no product, or more than one."""
    things = top_things(page.html, "Product")
    draft = _from_microdata(page, things[0]) if len(things) == 1 else _from_json_ld(page)
    if draft is None:
        raise PageError(PageState.LAYOUT_CHANGED, f"no __NEXT_DATA__ and {len(things)} microdata products")
    draft.site, draft.currency, draft.external_id = "tiki", "VND", product_id
    draft.url = f"https://tiki.vn/product-p{product_id}.html"
    return draft


def _from_json_ld(page: Page) -> Draft | None:
    """The product whose address has this page's id in it; amounts in another currency than đồng are no amounts here."""
    draft = json_ld.read(page)
    if draft is not None and draft.currency not in {None, "VND"}:
        draft.flags.append("currency: not that of the address's country")
    return draft


def _from_microdata(page: Page, thing: Thing) -> Draft:
    """It gives no list price."""
    draft = Draft("tiki", "product", title=thing.text("name"), currency="VND")
    draft.shop_name = _text(page, 'a[data-view-id="pdp_view_seller_info_button"].seller-name > span')
    _offers(draft, thing)
    for score in thing.things("aggregateRating")[:1]:
        stated_rating(draft, score.text("ratingValue"), score.text("ratingCount"), score.text("bestRating"))
    return draft


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
