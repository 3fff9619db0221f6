"""A theme somebody made himself: no structured data of any kind, a price in a paragraph."""

from html import escape

from sandbox.layouts.layout import Layout, crossed, dotted
from sandbox.world import Offer


def _product(offer: Offer, path: str) -> str:
    return (
        f"<div id='sp' data-path='{path}'><h1>{escape(offer.title)}</h1><p class='gia price'>Giá: {dotted(offer.price_vnd)} đ{crossed(offer, ' <s>{price} đ</s>')}</p>"
        f"<p class='tinh-trang'>{'Còn hàng' if offer.stock else 'Hết hàng'}</p><button class='btn-buy'>Mua ngay</button></div>"
    )


def _card(offer: Offer, path: str) -> str:
    return f"<div class='product-item'><h3><a href='{path}'>{escape(offer.title)}</a></h3><p class='price'>{dotted(offer.price_vnd)} đ{crossed(offer, ' <s>{price} đ</s>')}</p></div>"


LAYOUT = Layout(
    product_path="/san-pham/{slug}",
    list_path="/san-pham",
    product=_product,
    card=_card,
    related="<div class='lien-quan'><h2>Xem thêm</h2>{cards}</div>",
    listed="<div class='ds'>{cards}</div>",
)
