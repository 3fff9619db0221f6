"""Haravan: `/products/{handle}` and its `.js` in hundredths; the theme states nothing, the price stands in `#price-preview`."""

from html import escape
from typing import Any

from sandbox.layouts.layout import Layout, crossed, dotted
from sandbox.world import Offer

STRUCK = "<span class='pro-price-del'><del class='compare-price'>{price}₫</del></span>"


def _product(offer: Offer, path: str) -> str:
    stock = "" if offer.stock else "<span class='sold-out-stock'>Hết hàng</span>"
    return (
        f"<div class='container'><div class='row product-detail-main'><div class='col-md-5'><img src='/img/{offer.sku}.png' alt=''></div>"
        f"<div class='col-md-7 pro-content'><div class='pro-content-head'><h1>{escape(offer.title)}</h1><span id='pro_sku'>SKU: {escape(offer.sku)}</span></div>"
        f"<div class='pro-price product-price' id='price-preview'><span class='current-price'>{dotted(offer.price_vnd)}₫</span>{crossed(offer, '<del>{price}₫</del>')}</div>{stock}"
        f"<form id='add-item-form' action='/cart/add' method='post'><input name='return_to' value='{path}' hidden>"
        f"<button id='add-to-cart' class='btn-detail addtocart'>Thêm vào giỏ</button></form></div></div></div>"
    )


def _card(offer: Offer, path: str) -> str:
    return (
        f"<div class='col-md-3 pro-loop'><div class='product-block' data-anmation='1'><div class='product-img'><a href='{path}'><img alt=''></a></div>"
        f"<div class='product-detail'><h3 class='pro-name'><a href='{path}?view=quick'>{escape(offer.title)}</a></h3>"
        f"<div class='box-pro-prices'><p class='pro-price'>{dotted(offer.price_vnd)}₫{crossed(offer, STRUCK)}</p></div></div></div></div>"
    )


def _feed(offer: Offer) -> dict[str, Any]:
    listed = offer.list_price_vnd
    variant = {
        "id": offer.offer_id,
        "price": str(offer.price_vnd),
        "compare_at_price": str(listed) if listed else None,
        "available": offer.stock > 0,
    }
    return {
        "id": offer.offer_id,
        "title": offer.title,
        "handle": offer.extra["slug"],
        "vendor": "Chợ Quê",
        "variants": [variant],
    }


LAYOUT = Layout(
    product_path="/products/{slug}",
    list_path="/collections/all",
    product=_product,
    card=_card,
    related="<div class='list-productRelated'><div class='related-products'><h2>Sản phẩm liên quan</h2>{cards}</div></div>",
    listed="<div class='content-product-list row'>{cards}</div>",
    feed=_feed,
)
