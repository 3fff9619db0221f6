"""What a shop system's layout is made of, and the money and links all of them write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from sandbox.world import Offer

SHOP_NAME = "Chợ Quê"


@dataclass(frozen=True)
class Layout:
    """Addresses with `{slug}` and `{id}` in them, and who writes the pages. `feed` is the product's own JSON, where the system has one."""

    product_path: str
    list_path: str
    product: Callable[[Offer, str], str]  # the main product's part, in the address of its page
    card: Callable[[Offer, str], str]
    related: str  # around the cards of other products, `{cards}` inside
    listed: str  # around the cards of a list
    feed: Callable[[Offer], dict[str, Any]] | None = None

    def path_of(self, offer: Offer) -> str:
        return self.product_path.format(slug=offer.extra["slug"], id=offer.offer_id)

    def product_page(self, offer: Offer, others: Sequence[Offer]) -> str:
        cards = "".join(self.card(other, self.path_of(other)) for other in others)
        return page(offer.title, self.product(offer, self.path_of(offer)) + self.related.format(cards=cards))

    def list_page(self, offers: Sequence[Offer]) -> str:
        cards = "".join(self.card(offer, self.path_of(offer)) for offer in offers)
        return page("Tất cả sản phẩm", f"<h1>Tất cả sản phẩm</h1>{self.listed.format(cards=cards)}")


def page(title: str, body: str) -> str:
    return f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>{escape(title)} - {SHOP_NAME}</title></head><body>{body}</body></html>"


def dotted(amount_vnd: int) -> str:
    """As Vietnamese themes group it."""
    return f"{amount_vnd:,}".replace(",", ".")


def crossed(offer: Offer, template: str) -> str:
    """The list price in that template's `{price}`, nothing where there is no higher one."""
    listed = offer.list_price_vnd
    return template.format(price=dotted(listed)) if listed and listed > offer.price_vnd else ""
