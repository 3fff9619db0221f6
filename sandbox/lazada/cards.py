"""Search and shop lists: the JSON the site's own pages ask for, and the page that carries the same (listing pages, read 2026-11-24)."""

import html
from collections.abc import Sequence
from typing import Any

from sandbox.lazada import shown
from sandbox.lazada.brands import brand_of
from sandbox.lazada.categories import BY_ID as CATEGORIES
from sandbox.lazada.shelf import shop_sku
from sandbox.lazada.showcase import Good

PER_PAGE = 40


def listing(goods: Sequence[Good], page: int, language: str) -> dict[str, Any]:
    rows = goods[(page - 1) * PER_PAGE : page * PER_PAGE]
    return {
        "mods": {"listItems": [card(good, language) for good in rows]},
        "mainInfo": {
            "errorMsg": "",
            "bizCode": 0,
            "totalResults": str(len(goods)),
            "pageSize": str(PER_PAGE),
            "page": str(page),
            "lang": language,
            "venture": "VN",
            "currency": "₫",
        },
    }


def card(good: Good, language: str) -> dict[str, Any]:
    """Numbers are texts here. Who was never rated has a score of "0" and no review; who sold nothing has no sold text."""
    offer, item_id = good.cheapest, good.item.item_id
    path = f"//www.lazada.vn{good.path(offer)}"
    row = {
        "name": good.name,
        "nid": str(item_id),
        "itemId": str(item_id),
        "skuId": str(offer.offer_id),
        "sku": f"{item_id}_VNAMZ",
        "cheapest_sku": shop_sku(offer),
        "image": offer.images[0] if offer.images else "",
        "price": str(offer.price_vnd),
        "priceShow": shown.price(offer.price_vnd, language),
        "ratingScore": repr(good.average) if good.ratings else "0",
        "review": str(good.ratings or ""),
        "inStock": any(one.stock > 0 for one in good.offers),
        "location": "Thái Nguyên",
        "sellerName": good.seller.name,
        "sellerId": str(good.seller.seller_id),
        **_brand(good),
        "categories": _categories(good),
        "itemUrl": path,
        "productUrl": f"{path}?mp=1",
        "isAD": 0,
    }
    return row | _list_price(good, language) | _sold(good, language)


def page_html(title: str, listed: dict[str, Any]) -> str:
    """`window.pageData` holds the tree, and each card is there to be seen. The JSON-LD product is none of the list's own."""
    rows = listed["mods"]["listItems"]
    cards = "".join(_card_html(number, row) for number, row in enumerate(rows))
    stray = {"@context": "https://schema.org/", "@type": "Product", "name": title, "sku": "265078143_VN"}
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(title)} | Lazada.vn</title>'
        f'<script type="application/ld+json">{shown.in_script(stray)}</script>'
        f"<script>window.pageData={shown.in_script(listed)};</script></head>"
        f'<body><div data-qa-locator="general-products">{cards}</div></body></html>'
    )


def _card_html(number: int, row: dict[str, Any]) -> str:
    link, name = html.escape(row["productUrl"]), html.escape(row["name"])
    listed = (
        f"<del>{row['originalPriceShow']}</del><span>{row['discount']}</span>" if "originalPriceShow" in row else ""
    )
    sold = f"<span><span>{row['itemSoldCntShow']}</span></span>" if "itemSoldCntShow" in row else ""
    reviews = f"<span>({row['review']})</span>" if row["review"] else ""
    return (
        f'<div class="Bm3ON" data-qa-locator="product-item" data-tracking="product-card" data-sku-simple="{row["cheapest_sku"]}" '
        f'data-item-id="{row["itemId"]}" data-listno="{number}"><a href="{link}"><img alt="{name}" src="{html.escape(row["image"])}"></a>'
        f'<div><a href="{link}" title="{name}">{name}</a></div><div><span>{row["priceShow"]}</span></div>{listed}'
        f"<div>{sold}{reviews}</div><span>{row['location']}</span></div>"
    )


def _list_price(good: Good, language: str) -> dict[str, str]:
    offer = good.cheapest
    if offer.list_price_vnd is None or offer.list_price_vnd <= offer.price_vnd:
        return {}
    return {
        "originalPrice": f"{offer.list_price_vnd}.00",
        "originalPriceShow": shown.price(offer.list_price_vnd, language),
        "discount": shown.discount(offer.price_vnd, offer.list_price_vnd),
    }


def _sold(good: Good, language: str) -> dict[str, str]:
    text = shown.sold(good.sold, language)
    return {"itemSoldCntShow": text} if text else {}


def _brand(good: Good) -> dict[str, str]:
    brand = brand_of(good.item.fields)
    return {"brandId": str(brand.brand_id), "brandName": brand.name}


def _categories(good: Good) -> list[int]:
    return [CATEGORIES[good.item.category_id].parent_id, good.item.category_id]
