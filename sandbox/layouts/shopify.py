"""Shopify's theme Dawn without its JSON-LD: `.json` in main units, `.js` in hundredths for đồng too."""

from html import escape

from sandbox.layouts.haravan import LAYOUT as HARAVAN
from sandbox.layouts.layout import Layout, crossed, dotted
from sandbox.world import Offer


def _price(offer: Offer) -> str:
    """Both boxes are always there; a class of the outer one says which is seen."""
    asked = f"{dotted(offer.price_vnd)}₫"
    struck = crossed(offer, '<s class="price-item price-item--regular">{price}₫</s>')
    sale = " price--on-sale" if struck else ""
    return (
        f"<div class='price price--large{sale}'><div class='price__container'><div class='price__regular'><span class='visually-hidden'>Giá thông thường</span>"
        f"<span class='price-item price-item--regular'>{asked}</span></div><div class='price__sale'><span>{struck}</span>"
        f"<span class='price-item price-item--sale price-item--last'>{asked}</span></div></div><span class='badge price__badge-sale'>Giảm giá</span></div>"
    )


def _product(offer: Offer, path: str) -> str:
    return (
        f"<main id='MainContent'><product-info data-url='{path}'><div class='product__info-wrapper'><div class='product__info-container'>"
        f"<div class='product__title'><h1>{escape(offer.title)}</h1></div><div id='price-template' role='status'>{_price(offer)}</div>"
        f"<form action='/cart/add' method='post'><button name='add' class='product-form__submit'{'' if offer.stock else ' disabled'}>Thêm vào giỏ</button></form>"
        "</div></div></product-info></main>"
    )


def _card(offer: Offer, path: str) -> str:
    return (
        f"<li class='grid__item'><div class='card-wrapper product-card-wrapper'><div class='card'><div class='card__content'><h3 class='card__heading'>"
        f"<a href='{path}?_pos=1'>{escape(offer.title)}</a></h3><div class='card-information'>{_price(offer)}</div></div></div></div></li>"
    )


LAYOUT = Layout(
    product_path="/products/{slug}",
    list_path="/collections/all",
    product=_product,
    card=_card,
    related="<product-recommendations class='related-products'><h2>Có thể bạn cũng thích</h2><ul>{cards}</ul></product-recommendations>",
    listed="<ul id='product-grid' class='grid'>{cards}</ul>",
    feed=HARAVAN.feed,
)
