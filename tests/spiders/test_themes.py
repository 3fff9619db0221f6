"""Themes that state nothing: the main product's own price, and never another product's."""

import json
from decimal import Decimal

import pytest

from catalog.reading import Item
from spiders.page import PageState, Reading
from spiders.reading import read

URL = "https://htx.example/products/che-dinh"
RELATED = """<section class="related-products"><h2>Sản phẩm liên quan</h2><div class="product-item"><h3><a href="/products/mien">Miến</a></h3>
  <div class="price-box"><span class="price">60.000₫</span></div><button class="add-to-cart">Mua</button></div></section>"""
HARAVAN = """<div class="container"><div class="row"><div class="col-md-6"><img></div><div class="col-md-6 pro-content">
  <div class="product-title"><h1>Chè đinh</h1><span id="pro_sku">SKU: CHE-1</span></div>
  <div class="product-price" id="price-preview"><span class="pro-sale">-14%</span><span class="pro-price">165,000₫</span><del>190,000₫</del></div>
  <form action="/cart/add" method="post"><button class="add-to-cart">Thêm vào giỏ</button></form></div></div>{related}</div>"""
SAPO = """<section class="product details-main"><div class="details-product"><h1 class="title-product">Chè đinh</h1>
  <div class="inventory_quantity"><span class="a-stock">Hết hàng</span></div>
  <form action="/cart/add"><div class="price-box"><span class="special-price"><span class="price product-price">165.000₫</span></span>
  <span class="old-price"> Giá thị trường: <del class="price product-price-old">190.000₫</del></span>
  <span class="save-price">Tiết kiệm: <span class="price product-price-save">25.000₫</span></span></div></form></div></section>{related}"""
SHOPIFY = """<main><div class="product__info-container"><div class="product__title"><h1>Chè đinh</h1></div><div class="no-js-hidden" id="price-template">
  <div class="price price--large price--on-sale"><div class="price__container"><div class="price__regular"><span class="visually-hidden">Giá thông thường</span>
  <span class="price-item price-item--regular">165.000₫</span></div><div class="price__sale"><span><s class="price-item price-item--regular">190.000₫</s></span>
  <span class="price-item price-item--sale price-item--last">165.000₫</span></div></div><span class="badge price__badge-sale">Giảm giá</span></div></div>
  <form action="/cart/add"><button name="add">Thêm</button></form></div>{related}</main>"""
ODOO = """<section id="product_detail"><div id="product_details"><h1>Chè đinh</h1><form action="/shop/cart/update"><div class="product_price">
  <h3 class="css_editable_mode_hidden"><span class="oe_price"><span class="oe_currency_value">165.000</span> ₫</span>
  <span class="text-muted oe_default_price"><span class="oe_currency_value">190.000</span> ₫</span></h3></div>
  <a id="add_to_cart">Thêm vào giỏ</a></form></div></section>{related}"""
BARE = """<div id="sp"><h1>Chè đinh</h1><p class="gia price">Giá: 165.000 đ <s>190.000 đ</s></p><button class="btn-buy">Mua ngay</button></div>{related}"""
THEMES = {"haravan": HARAVAN, "sapo": SAPO, "shopify": SHOPIFY, "odoo": ODOO, "bare": BARE}


def of(html: str, url: str = URL) -> Reading:
    return read("generic", url, f"<!doctype html><html><body>{html}</body></html>".encode())


def one(reading: Reading) -> Item:
    assert (reading.state, reading.evidence) == (PageState.OK, "")
    (item,) = reading.items
    return item


@pytest.mark.parametrize("theme", THEMES)
def test_price_and_list_price_of_a_theme_without_data(theme: str) -> None:
    """The asked amount, the crossed-out one, and neither what is saved nor what another product costs."""
    item = one(of(THEMES[theme].format(related=RELATED)))
    assert (item.title, item.price, item.list_price, item.price_max, item.currency) == (
        "Chè đinh",
        Decimal(165000),
        Decimal(190000),
        None,
        "VND",
    )
    assert item.available is (False if theme == "sapo" else None)


@pytest.mark.parametrize("theme", THEMES)
def test_only_the_related_products_have_prices(theme: str) -> None:
    """A page whose own price is gone gives none, however many prices of others are on it."""
    bare = THEMES[theme].replace("price", "x").replace("165", "x").replace("190", "x").format(related=RELATED)
    assert of(bare).items == ()


def test_call_us_in_the_place_of_a_price() -> None:
    """Words where a price would be: no price, and nothing wrong with the page."""
    item = one(of(BARE.format(related=RELATED).replace("Giá: 165.000 đ <s>190.000 đ</s>", "Liên hệ")))
    assert (item.title, item.price) == ("Chè đinh", None)


def test_range_and_table() -> None:
    """Two amounts are a range; more of them are a table that nobody can read one price from."""
    ranged = one(of(BARE.format(related="").replace("165.000 đ <s>190.000 đ</s>", "165.000 đ - 300.000 đ")))
    assert (ranged.price, ranged.price_max) == (Decimal(165000), Decimal(300000))
    table = BARE.format(related="").replace("<s>190.000 đ</s>", "<b>1.000 đ</b><b>2.000 đ</b><b>3.000 đ</b>")
    assert of(table).items[0].flags == ("price: 4 amounts in one place",)


def test_price_in_parts_is_never_a_thousandth() -> None:
    """Thousands and the rest in elements of their own: flagged, not read as some other amount."""
    parts = BARE.format(related="").replace("Giá: 165.000 đ <s>190.000 đ</s>", "<b>165</b><sup>.500đ</sup>")
    assert of(parts).state == PageState.BAD_DATA


def test_page_without_a_cart_is_no_product() -> None:
    """An article with a price in it is not for sale."""
    article = "<article><h1>Chè lên giá</h1><p class='price-note'>Giá 165.000 đ một gói</p></article>"
    assert of(article, "https://htx.example/tin-tuc/che").state == PageState.LAYOUT_CHANGED


GRIDS = {
    "haravan": '<div class="product-block"><h3 class="pro-name"><a href="/products/{slug}?view=1">{name}</a></h3><div class="box-pro-prices"><p class="pro-price highlight">{price}₫<del>{old}₫</del></p></div></div>',
    "sapo": '<div class="item_product_main"><form class="variants product-action"><div class="product-thumbnail"><a href="/{slug}"></a></div><div class="info-product"><h3 class="product-name"><a href="/{slug}">{name}</a></h3><div class="price-box"><span class="price">{price}₫</span> <span class="compare-price">{old}₫</span></div></div></form></div>',
    "shopify": '<div class="card-wrapper product-card-wrapper"><div class="card"><h3 class="card__heading"><a href="/products/{slug}">{name}</a></h3><div class="price price--on-sale"><div class="price__sale"><s class="price-item price-item--regular">{old}₫</s><span class="price-item price-item--sale">{price}₫</span></div></div></div></div>',
    "odoo": '<form class="oe_product_cart"><div class="o_wsale_product_information"><h6 class="o_wsale_products_item_title"><a itemprop="name" href="/shop/{slug}-3">{name}</a></h6><div class="product_price"><span class="h6 mb-0"><span class="oe_currency_value">{price}</span> ₫</span> <del class="text-muted"><span class="oe_currency_value">{old}</span> ₫</del></div></div></form>',
}


@pytest.mark.parametrize("system", GRIDS)
def test_cards_of_a_list(system: str) -> None:
    """Title, address without its query, price and list price of every card, in page order; what others bought is no part of the list."""
    card = GRIDS[system]
    rows = [("che-dinh", "Chè đinh", "165.000", "190.000"), ("mien", "Miến", "60.000", "75.000")]
    html = "".join(card.format(slug=s, name=n, price=p, old=o) for s, n, p, o in rows)
    aside = f'<div class="recently-viewed">{card.format(slug="x", name="Khác", price="1.000", old="2.000")}</div>'
    reading = of(f"<h1>Chè</h1>{html}{aside}", "https://htx.example/collections/all")
    assert reading.state == PageState.OK
    assert [(item.title, item.price, item.list_price) for item in reading.items] == [
        ("Chè đinh", Decimal(165000), Decimal(190000)),
        ("Miến", Decimal(60000), Decimal(75000)),
    ]
    assert {(item.url or "").partition("?")[2] for item in reading.items} == {""}


def test_item_list_of_a_page_without_known_cards() -> None:
    """A JSON-LD ItemList gives its products; an entry that is a bare link gives none."""
    product = {
        "@type": "Product",
        "name": "Chè &amp; trà",
        "url": "/products/che?variant=1",
        "offers": {"price": 165.000, "priceCurrency": "VND"},
    }
    listed = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": product}, {"@type": "ListItem", "url": "/x"}],
    }
    script = json.dumps(listed).replace("165.0", "165.000")
    reading = of(f'<script type="application/ld+json">{script}</script>', "https://htx.example/collections/all")
    assert [(item.title, item.price, item.url) for item in reading.items] == [
        ("Chè & trà", Decimal(165000), "https://htx.example/products/che")
    ]


def test_feed_of_a_collection_is_a_list() -> None:
    """`products.json` in main units, a row a product."""
    body = {
        "products": [
            {
                "id": 7,
                "title": "Chè",
                "handle": "che",
                "variants": [{"price": "165000.00", "compare_at_price": "190000.00"}],
            }
        ]
    }
    (item,) = read("generic", "https://htx.example/collections/all/products.json", json.dumps(body).encode()).items
    assert (item.page, item.external_id, item.price, item.list_price, item.url) == (
        "cards",
        "7",
        Decimal(165000),
        Decimal(190000),
        "https://htx.example/products/che",
    )


def test_what_is_not_seen_is_neither_heading_nor_price() -> None:
    """A shop's name in a hidden heading, sentences for screen readers, a hidden "not for sale": none of them is the product's."""
    hidden = '<h1 style="display:none;">Chợ Quê</h1><h1 class="sr-only">Chợ Quê</h1>'
    spoken = '<span class="screen-reader-text">Giá hiện tại là: 165.000&nbsp;đ.</span>'
    shut = '<div><div class="d-none" id="product_unavailable"><h3>Không bán</h3></div>{}</div>'
    page = BARE.format(related=RELATED).replace("Giá: ", spoken)
    price = page[page.index('<p class="gia') : page.index("</p>") + 4]
    item = one(of(hidden + page.replace(price, shut.format(price))))
    assert (item.title, item.price, item.list_price) == ("Chè đinh", Decimal(165000), Decimal(190000))


def test_first_place_without_a_price_gives_way_to_the_next() -> None:
    """A list of price lists, or an empty place, beside the heading: the price is in the next one of the same column."""
    empty = '<h1>Chè đinh</h1><div class="pricelist"></div>'
    item = one(of(BARE.format(related=RELATED).replace("<h1>Chè đinh</h1>", empty)))
    assert item.price == 165000
