"""The plain shop's HTML. Offers in, text out."""

import json
from collections.abc import Iterable
from enum import StrEnum
from html import escape
from typing import Any

from sandbox.world import Offer

SHOP_NAME = "Chợ Quê"


class Style(StrEnum):
    """Where a page keeps its facts."""

    JSON_LD = "json_ld"
    MICRODATA = "microdata"
    OPEN_GRAPH = "open_graph"


STYLES = (Style.JSON_LD, Style.MICRODATA, Style.JSON_LD, Style.OPEN_GRAPH)
NOT_FOUND = (
    "<!doctype html><html lang='vi'><head><title>Không tìm thấy trang</title></head><body><h1>404</h1></body></html>"
)


def home(offers: Iterable[Offer], base_url: str) -> str:
    return _page("", f"<h1>{SHOP_NAME}</h1><ul class='products'>{_cards(offers, base_url)}</ul>", SHOP_NAME)


def sitemap(addresses: Iterable[str]) -> str:
    urls = "".join(f"<url><loc>{address}</loc></url>" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def product(offer: Offer, neighbours: Iterable[Offer], base_url: str) -> str:
    related = (
        f"<section class='related products'><h2>Sản phẩm tương tự</h2><ul>{_cards(neighbours, base_url)}</ul></section>"
    )
    style = offer.extra["style"]
    if style == Style.MICRODATA:
        return _page("", _microdata(offer, base_url) + related, offer.title)
    head = _json_ld(offer, base_url) if style == Style.JSON_LD else _open_graph(offer, base_url)
    return _page(head, _visible(offer, base_url) + related, offer.title)


def _json_ld(offer: Offer, base_url: str) -> str:
    graph = [
        {"@type": "Organization", "@id": f"{base_url}/#shop", "name": SHOP_NAME, "url": base_url},
        {"@type": "WebPage", "@id": _url(offer, base_url), "name": f"{offer.title} - {SHOP_NAME}"},
        _product_node(offer, base_url),
    ]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def _product_node(offer: Offer, base_url: str) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Product",
        "name": offer.title,
        "sku": offer.sku,
        "description": offer.description,
        "image": f"{base_url}/img/{offer.sku}.png",
        "offers": {
            "@type": "Offer",
            "price": str(offer.price_vnd),
            "priceCurrency": "VND",
            "availability": _availability(offer),
            "url": _url(offer, base_url),
            "seller": {"@id": f"{base_url}/#shop"},
        },
    }
    if count := sum(offer.stars):
        total = sum(star * times for star, times in enumerate(offer.stars, 1))
        node["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{total / count:.2f}",
            "reviewCount": str(count),
        }
    return node


def _microdata(offer: Offer, base_url: str) -> str:
    return (
        f"<div itemscope itemtype='https://schema.org/Product'><h1 itemprop='name'>{escape(offer.title)}</h1>"
        f"<img itemprop='image' src='{base_url}/img/{offer.sku}.png' alt=''><meta itemprop='sku' content='{escape(offer.sku)}'>"
        f"<div itemprop='offers' itemscope itemtype='https://schema.org/Offer'><link itemprop='url' href='{_url(offer, base_url)}'>"
        f"<meta itemprop='priceCurrency' content='VND'><span itemprop='price' content='{offer.price_vnd}'>{_money(offer.price_vnd)}</span>"
        f"<link itemprop='availability' href='{_availability(offer)}'></div>"
        f"<div itemprop='description'>{escape(offer.description)}</div></div>"
    )


def _open_graph(offer: Offer, base_url: str) -> str:
    facts = {
        "og:type": "product",
        "og:title": offer.title,
        "og:url": _url(offer, base_url),
        "og:image": f"{base_url}/img/{offer.sku}.png",
        "product:price:amount": str(offer.price_vnd),
        "product:price:currency": "VND",
        "product:availability": "in stock" if offer.stock else "out of stock",
        "product:retailer_item_id": offer.sku,
    }
    return "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in facts.items())


def _visible(offer: Offer, base_url: str) -> str:
    stock = "Còn hàng" if offer.stock else "Hết hàng"
    return (
        f"<div class='summary'><h1>{escape(offer.title)}</h1><img src='{base_url}/img/{offer.sku}.png' alt=''>"
        f"<p class='price'>{_money(offer.price_vnd)}</p><p class='stock'>{stock}</p><div>{escape(offer.description)}</div></div>"
    )


def _cards(offers: Iterable[Offer], base_url: str) -> str:
    return "".join(
        f"<li class='product'><a href='{_url(o, base_url)}'>{escape(o.title)}</a> <span class='price'>{_money(o.price_vnd)}</span></li>"
        for o in offers
    )


def _page(head: str, body: str, title: str) -> str:
    return f"<!doctype html><html lang='vi'><head><meta charset='utf-8'><title>{escape(title)}</title>{head}</head><body>{body}</body></html>"


def _url(offer: Offer, base_url: str) -> str:
    return f"{base_url}/san-pham/{offer.extra['slug']}"


def _availability(offer: Offer) -> str:
    return "https://schema.org/InStock" if offer.stock else "https://schema.org/OutOfStock"


def _money(amount_vnd: int) -> str:
    return f"{amount_vnd:,} ₫".replace(",", ".")
