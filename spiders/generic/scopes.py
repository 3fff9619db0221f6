"""Microdata: the page's own schema.org Product scope, with the spellings Sapo/Bizweb (2016) and Odoo 17 (2026) were seen to use."""

from decimal import Decimal
from typing import Literal

from msgspec.structs import replace

from spiders.currencies import code_of, currency_of
from spiders.draft import Draft
from spiders.generic.choice import address, own
from spiders.microdata import Thing, top_things
from spiders.numbers import machine_price
from spiders.page import Page
from spiders.schema_org import availability, lowest, rating


def read(page: Page) -> Draft | None:
    """None where the page has no Product scope."""
    thing = own(page, top_things(page.html, "Product"), lambda t: t.text("name"), lambda t: t.text("url"))
    return None if thing is None else draft_of(thing, "product")


def read_list(page: Page) -> list[Draft]:
    """Every Product scope of a list page that has a name, with the address it gives."""
    rows = ((thing, draft_of(thing, "cards")) for thing in top_things(page.html, "Product") if thing.text("name"))
    return [replace(draft, url=address(thing.text("url"), page)) for thing, draft in rows]


def draft_of(thing: Thing, kind: Literal["product", "cards"]) -> Draft:
    draft = Draft("generic", kind, title=thing.text("name"))
    offers = thing.things("offers") or [thing]  # Sapo puts the price straight into the product
    draft.currency = _currency(thing, offers)
    _prices(draft, offers)
    availability(draft, [code for offer in offers if (code := offer.text("availability"))])
    draft.shop_name = next((name for offer in offers if (name := offer.text("seller"))), None)
    for score in thing.things("aggregateRating")[:1]:
        count = score.text("ratingCount") or score.text("reviewCount")
        rating(draft, score.text("ratingValue"), count, score.text("bestRating"))
    if reviews := thing.things("review"):
        draft.reviews_on_page = len(reviews)
    return draft


def _currency(thing: Thing, offers: list[Thing]) -> str | None:
    """`shop-currency` is Sapo's own name for it; a mark beside the price says it too."""
    stated = [code for offer in offers if (code := offer.text("priceCurrency"))]
    if stated:
        return code_of(stated[0])
    return code_of(thing.text("shop-currency")) or currency_of(offers[0].text("price"))


def _prices(draft: Draft, offers: list[Thing]) -> None:
    try:
        prices = [price for offer in offers for price in _offered(offer, draft.currency)]
        listed = machine_price(offers[0].text("listPrice"), draft.currency)  # Odoo's own name for it
    except ValueError as err:
        draft.flags.append(f"price: {err}")
        return
    draft.says_no_price = not any(prices) and any(offer.properties.get("price") for offer in offers)
    lowest(draft, prices, listed if len(offers) == 1 else None)


def _offered(offer: Thing, currency: str | None) -> list[Decimal]:
    values = (offer.text(name) for name in ("price", "lowPrice", "highPrice"))
    return [price for value in values if (price := machine_price(value, currency)) is not None]
