"""Good bodies of every site and kind, made by hand and by the pretend shops: what the fuzzing run spoils."""

import json
import re
from typing import NamedTuple

import requests

from sandbox.plain import PlainShop
from sandbox.sandbox import Sandbox
from tests.spiders import test_generic, test_lazada, test_sendo, test_shopee, test_themes, test_tiktok_shop
from tests.spiders.damage import as_bytes
from tests.spiders.pages import tiki_page, tiki_product, tiki_product_page, tiki_reviews


class Seed(NamedTuple):
    site: str
    url: str
    body: bytes


def seeds() -> list[Seed]:
    return [*_tiki(), *_shopee(), *_lazada(), *_sendo(), *_tiktok_shop(), *_generic(), *_sandbox()]


def _tiki() -> list[Seed]:
    row = {
        "id": 1,
        "seller_product_id": 2,
        "name": "Miến",
        "price": 60000,
        "original_price": 75000,
        "quantity_sold": {"text": "Đã bán 3", "value": 3},
    }
    deal = {
        "special_price": 1000,
        "product": {**row, "url_path": "mien-p1.html?spid=2", "inventory_status": "available"},
    }
    product = tiki_product(configurable_products=[{"id": 5, "price": 1000}])
    return [
        Seed("tiki", "https://tiki.vn/tra-p279000121.html", tiki_product_page(product, tiki_reviews(1, 2)).encode()),
        Seed("tiki", "https://tiki.vn/api/v2/products/279000121", as_bytes(product)),
        Seed("tiki", "https://tiki.vn/api/v2/reviews?product_id=279000121", as_bytes(tiki_reviews(1, 2))),
        Seed("tiki", "https://tiki.vn/mien/c1954", tiki_page({"catalog": {"data": [row, row]}}).encode()),
        Seed(
            "tiki",
            "https://tiki.vn/api/personalish/v1/blocks/listings",
            as_bytes({"data": [row, {**row, "sp_seller_id": 4}]}),
        ),
        Seed(
            "tiki",
            "https://tiki.vn/",
            as_bytes({"HOME_DEAL_DATA": [deal], "SUGGESTION_DATA": [{"items": [{**row, "default_spid": 2}]}]}),
        ),
        Seed(
            "tiki",
            "https://tiki.vn/search?q=tra",
            as_bytes([{"title": "Chè", "price_discount": "1.300.000", "sold": "Đã bán 5k+"}]),
        ),
    ]


def _shopee() -> list[Seed]:
    made = test_shopee
    text = {
        "name": "Chè",
        "link": "https://shopee.vn/che-i.1.2?sp_atk=x",
        "price": "₫50.000 - ₫90.000",
        "sold": "Đã bán 3,5k",
    }
    return [
        Seed("shopee", made.SEARCH, as_bytes({"items": [made.item(), {"item_basic": made.item()}]})),
        Seed(
            "shopee",
            made.ITEM_JSON,
            as_bytes({"data": made.item(models=[{"price": 24000000000, "stock": 2}]), "error": 0}),
        ),
        Seed("shopee", made.PAGE_JSON, as_bytes(made.page_body())),
        Seed("shopee", made.RATINGS, as_bytes(made.ratings(made.review(1), made.review(2)))),
        Seed("shopee", made.SEARCH, as_bytes([text])),
    ]


def _lazada() -> list[Seed]:
    made = test_lazada
    return [
        Seed("lazada", made.LIST, as_bytes(made.catalogue(made.row(), made.row(itemId="5002")))),
        Seed("lazada", made.SAVED, made.saved(made.card("₫235,000", "2k+ sold", "(384)"))),
        Seed("lazada", made.PRODUCT, made.page(made.fields())),
        Seed("lazada", made.REVIEWS, as_bytes({"model": {"items": [made.written()], "ratings": made.SCORES}})),
    ]


def _sendo() -> list[Seed]:
    made = test_sendo
    return [
        Seed("sendo", made.SEARCH, as_bytes(made.search())),
        Seed("sendo", made.SHOP, as_bytes(made.shop())),
        Seed("sendo", made.PRODUCT, as_bytes(made.product())),
        Seed("sendo", made.RATINGS, as_bytes(made.ratings(made.review()))),
    ]


def _tiktok_shop() -> list[Seed]:
    made = test_tiktok_shop
    return [Seed("tiktok_shop", made.PRODUCT, made.page(made.state(made.info())))]


def _generic() -> list[Seed]:
    made, themes = test_generic, test_themes
    woo = made.WOO.format(price=made.AMOUNT.format("165.000"), stock="Còn 32 sản phẩm")
    micro = '<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Chè</h1><p itemprop="price">14.500.000₫</p></div>'
    tags = '<meta property="og:title" content="Chè"><meta property="product:price:amount" content="165000">'
    feed = json.dumps(
        {"product": {"id": 7, "title": "Chè", "variants": [{"price": "165000", "compare_at_price": "190000"}]}}
    )
    blocks = made.ld(
        made.product(aggregateRating={"ratingValue": "4.8", "reviewCount": 3}),
        {"@graph": [made.product(name="Miến", url="/m")]},
    )
    pages = [
        blocks + "<h1>Chè đinh</h1>",
        woo,
        micro,
        tags,
        *(theme.format(related=themes.RELATED) for theme in themes.THEMES.values()),
    ]
    grids = "".join(grid.format(slug="che", name="Chè", price="1.000", old="2.000") for grid in themes.GRIDS.values())
    return [
        *(Seed("generic", made.URL, f"<html>{page}</html>".encode()) for page in pages),
        Seed("generic", "https://htx.example/collections/all", f"<html>{grids}</html>".encode()),
        Seed("generic", "https://htx.example/products/che.json", feed.encode()),
    ]


def _sandbox() -> list[Seed]:
    """Every product's page and the front page of the pretend plain shop."""
    with Sandbox(sites=[PlainShop]) as sandbox:
        front = sandbox.storefront_url("plain")
        links = re.findall("<loc>(.*?)</loc>", requests.get(f"{front}/sitemap.xml", timeout=10).text)
        return [Seed("generic", url, requests.get(url, timeout=10).content) for url in (f"{front}/", *links)]
