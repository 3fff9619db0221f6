"""Sapo: pages at the root, microdata whose price is shown text and whose currency is `shop-currency`."""

from html import escape

from sandbox.layouts.layout import SHOP_NAME, Layout, crossed, dotted
from sandbox.world import Offer

COMPARED = "<span class='compare-price'>{price}₫</span>"


def _product(offer: Offer, path: str) -> str:
    there = "Còn hàng" if offer.stock else "Hết hàng"
    schema = "InStock" if offer.stock else "OutOfStock"
    listed = crossed(
        offer, '<span class="old-price">Giá thị trường: <del class="price product-price-old">{price}₫</del></span>'
    )
    return (
        f"<meta property='og:title' content='{SHOP_NAME}'><section class='product' itemscope itemtype='http://schema.org/Product'>"
        f"<meta itemprop='url' content='{path}'><meta itemprop='shop-currency' content='VND'><div class='details-product'>"
        f"<h1 class='title-product' itemprop='name'>{escape(offer.title)}</h1><div class='status'>Tình trạng: <span class='a-stock'>{there}</span></div>"
        f"<div itemprop='offers' itemscope itemtype='http://schema.org/Offer'><link itemprop='availability' href='http://schema.org/{schema}'>"
        f"<div class='price-box'><span class='special-price'><span class='price product-price' itemprop='price'> {dotted(offer.price_vnd)}₫ </span></span>{listed}</div></div>"
        f"<form action='/cart/add' class='product-form'><button class='btn_buy add_to_cart'>Mua hàng</button></form></div></section>"
    )


def _card(offer: Offer, path: str) -> str:
    return (
        f"<div class='item_product_main'><form class='variants product-action'><div class='product-thumbnail'><a href='{path}' title=''></a></div>"
        f"<div class='info-product'><h3 class='product-name'><a href='{path}'>{escape(offer.title)}</a></h3><div class='price-box'>"
        f"<span class='price'>{dotted(offer.price_vnd)}₫</span>{crossed(offer, COMPARED)}</div></div></form></div>"
    )


LAYOUT = Layout(
    product_path="/{slug}",
    list_path="/collections/all",
    product=_product,
    card=_card,
    related="<div class='section-related product-related'><h2>Sản phẩm liên quan</h2>{cards}</div>",
    listed="<section class='products-view products-view-grid'>{cards}</section>",
)
