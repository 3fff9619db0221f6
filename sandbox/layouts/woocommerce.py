"""WooCommerce with a theme that left out its JSON-LD: amounts in `bdi`, the list price in `del`, the price in `ins`."""

from html import escape

from sandbox.layouts.layout import Layout
from sandbox.world import Offer


def _amount(amount_vnd: int) -> str:
    return f"<span class='woocommerce-Price-amount amount'><bdi>{amount_vnd:,}&nbsp;<span class='woocommerce-Price-currencySymbol'>&#8363;</span></bdi></span>"


def _price(offer: Offer) -> str:
    listed = offer.list_price_vnd
    if listed and listed > offer.price_vnd:
        return f"<del aria-hidden='true'>{_amount(listed)}</del> <ins>{_amount(offer.price_vnd)}</ins>"
    return _amount(offer.price_vnd)


def _stock(offer: Offer) -> str:
    return "instock" if offer.stock else "outofstock"


def _product(offer: Offer, path: str) -> str:
    there = (
        f"<p class='stock in-stock'>Còn {offer.stock} sản phẩm</p>"
        if offer.stock
        else "<p class='stock out-of-stock'>Hết hàng</p>"
    )
    return (
        f"<div id='product-{offer.offer_id}' class='product type-product post-{offer.offer_id} {_stock(offer)}'><div class='summary entry-summary'>"
        f"<h1 class='product_title'>{escape(offer.title)}</h1><p class='price'>{_price(offer)}</p>{there}"
        f"<form class='cart' action='{path}' method='post'><button name='add-to-cart' value='{offer.offer_id}'>Thêm vào giỏ hàng</button></form></div></div>"
    )


def _card(offer: Offer, path: str) -> str:
    return (
        f"<li class='product type-product post-{offer.offer_id} {_stock(offer)}'><a href='{path}' class='woocommerce-LoopProduct-link'>"
        f"<h2 class='woocommerce-loop-product__title'>{escape(offer.title)}</h2><span class='price'>{_price(offer)}</span></a></li>"
    )


LAYOUT = Layout(
    product_path="/san-pham/{slug}/",
    list_path="/cua-hang",
    product=_product,
    card=_card,
    related="<section class='related products'><h2>Sản phẩm tương tự</h2><ul class='products'>{cards}</ul></section>",
    listed="<ul class='products columns-4'>{cards}</ul>",
)
