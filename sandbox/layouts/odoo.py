"""Odoo 17: microdata with a machine's price that is not seen, a list price parked in a hidden element, groups with commas in the text."""

from html import escape

from sandbox.layouts.layout import Layout
from sandbox.world import Offer


def _money(amount_vnd: int) -> str:
    return f"<span class='oe_currency_value'>{amount_vnd:,}</span>&nbsp;₫"


def _product(offer: Offer, path: str) -> str:
    listed = offer.list_price_vnd or offer.price_vnd
    hidden = "" if listed > offer.price_vnd else " d-none"
    return (
        f"<div itemscope itemtype='http://schema.org/Product' id='wrap' class='js_sale o_wsale_product_page'><section id='product_detail'>"
        f"<span itemprop='url' style='display:none'>{path}</span><div id='product_details'><h1 itemprop='name'>{escape(offer.title)}</h1>"
        f"<form action='/shop/cart/update' method='POST'><div class='js_product'><input type='hidden' class='product_id' name='product_id' value='{offer.offer_id}'>"
        f"<div itemprop='offers' itemscope itemtype='http://schema.org/Offer' class='product_price'><h3 class='css_editable_mode_hidden'>"
        f"<span class='oe_price'>{_money(offer.price_vnd)}</span><span itemprop='price' style='display:none;'>{offer.price_vnd:.1f}</span>"
        f"<span itemprop='priceCurrency' style='display:none;'>VND</span>"
        f"<span itemprop='listPrice' class='text-danger oe_default_price{hidden}'>{_money(listed)}</span></h3></div>"
        f"<a id='add_to_cart' class='btn'>Thêm vào giỏ hàng</a></div></form></div></section></div>"
    )


def _card(offer: Offer, path: str) -> str:
    listed = offer.list_price_vnd
    struck = f"<del class='text-muted'>{_money(listed)}</del>" if listed and listed > offer.price_vnd else ""
    return (
        f"<div class='o_wsale_product_grid_wrapper'><form class='oe_product_cart h-100'><div class='oe_product_image'><a href='{path}'></a></div>"
        f"<div class='o_wsale_product_information'><h6 class='o_wsale_products_item_title'><a itemprop='name' href='{path}'>{escape(offer.title)}</a></h6>"
        f"<div class='product_price'><span class='h6 mb-0'>{_money(offer.price_vnd)}</span>{struck}</div></div></form></div>"
    )


LAYOUT = Layout(
    product_path="/shop/{slug}-{id}",
    list_path="/shop",
    product=_product,
    card=_card,
    related="<div class='s_dynamic_snippet_products o_wsale_alternative related'><h4>Sản phẩm thay thế</h4>{cards}</div>",
    listed="<div id='products_grid' class='o_wsale_products_main_row'>{cards}</div>",
)
