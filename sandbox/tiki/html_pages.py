"""Tiki's public pages as HTML: what is visible, JSON-LD, and the whole state in `#__NEXT_DATA__` (listing_pages.md section 4, read 2026-11-24).

Whatever sellers and buyers wrote is escaped, in the markup and inside the scripts, so that a hostile name stays a name.
"""

import html
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox.tiki.catalogue import Listed

IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script_json(value: object) -> str:
    """JSON that cannot end the script it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)


def product_html(
    page: Listed, product: Mapping[str, Any], reviews: Mapping[str, Any], site_url: str, now: datetime
) -> str:
    """A product page. It carries the first few reviews, as the site's own does."""
    request = {"productId": str(page.page_id), "spId": str(page.offer.offer_id), "isServer": True}
    state = {
        "desktop": {},
        "productv2": {
            "productData": _answered(request, {"data": product, "productType": "NORMAL", "lastProductId": None}),
            "reviewData": _answered(request, reviews),
        },
    }
    canonical = f"{site_url}/{page.url_key}.html"
    head = f'<link rel="canonical" href="{canonical}"><meta property="og:url" content="{site_url}/{html.escape(page.url_path)}">'
    blocks = [_breadcrumb_ld(product, site_url), _product_ld(page, product, reviews, canonical, now)]
    return _document(f"Mua {page.name}", head, blocks, _product_body(page, product), ("/ProductPage", state))


def list_html(title: str, path: str, catalog: Mapping[str, Any], site_url: str, page_name: str) -> str:
    """A category, search or shop page: `initialState.catalog` and one link a row."""
    head = f'<link rel="canonical" href="{site_url}{html.escape(path)}">'
    state = {
        "desktop": {},
        "catalog": {"loading": False, "error": False, "isFetchServer": True, "banners": [], **catalog},
    }
    blocks = [
        {
            "@context": "http://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": [_crumb(1, "Trang chủ", f"{site_url}/")],
        }
    ]
    return _document(title, head, blocks, _rows(catalog["data"], site_url), (page_name, state))


def gone_html() -> str:
    return '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Không tìm thấy trang</title><h1>Sản phẩm không tồn tại</h1></html>'


def _answered(request: Mapping[str, Any], response: Mapping[str, Any]) -> dict[str, Any]:
    return {"request": request, "response": response, "error": None, "loading": False, "firstLoaded": True}


def _document(
    title: str, head: str, blocks: Iterable[Mapping[str, Any]], body: str, state: tuple[str, Mapping[str, Any]]
) -> str:
    page_name, initial = state
    data = {
        "props": {"isServer": True, "initialState": initial, "initialProps": {}, "store": {}},
        "page": page_name,
        "query": {},
        "buildId": "sandbox",
        "isFallback": False,
        "customServer": True,
    }
    linked = "".join(f'<script type="application/ld+json">{script_json(block)}</script>' for block in blocks)
    shown = html.escape(title)
    return (
        '<!DOCTYPE html><html class="no-js" lang="vi"><head><meta charset="utf-8">'
        f'<title>{shown}</title><meta property="og:title" content="{shown}"><meta property="og:site_name" content="tiki.vn">'
        f'{head}{linked}</head><body><div id="__next"><main>{body}</main></div>'
        f'<script id="__NEXT_DATA__" type="application/json">{script_json(data)}</script></body></html>'
    )


def _product_body(page: Listed, product: Mapping[str, Any]) -> str:
    sold = html.escape(product["quantity_sold"]["text"]) if "quantity_sold" in product else ""
    seller = product["current_seller"]
    return (
        f"<h1>{html.escape(page.name)}</h1><div>{page.rating_average} ({page.rating_count})</div><div>{sold}</div>"
        f'<div class="product-price__current-price">{_dong(page.offer.price_vnd)}</div>'
        f'<a href="{html.escape(seller["link"])}">{html.escape(seller["name"])}</a>'
        f"<div>{html.escape(page.offer.description)}</div>"
    )


def _rows(rows: Iterable[Mapping[str, Any]], site_url: str) -> str:
    """An advertisement's link goes through the counter; its data attribute still names the product."""
    shown = []
    for row in rows:
        advert = row.get("advertisement")
        target = advert["ad"][0]["clickUrl"] if advert else f"{site_url}/{row['url_path']}"
        clicked = html.escape(script_json({"click_data": {"id": row["id"], "spid": row["seller_product_id"]}}))
        sold = row["quantity_sold"]["text"] if "quantity_sold" in row else ""
        shown.append(
            f'<a class="product-item" data-view-id="product_list_item" data-view-content="{clicked}" href="{html.escape(target)}">'
            f"<h3>{html.escape(row['name'])}</h3><span>{sold}</span><div>{_dong(row['price'])}</div></a>"
        )
    return "".join(shown)


def _product_ld(
    page: Listed, product: Mapping[str, Any], reviews: Mapping[str, Any], canonical: str, now: datetime
) -> dict[str, Any]:
    """One `@graph`, the list price as a strikethrough specification, no rating where nobody rated."""
    linked: dict[str, Any] = {
        "@type": "Product",
        "name": page.name,
        "url": canonical,
        "description": product["short_description"],
        "image": {"@type": "ImageObject", "url": product["thumbnail_url"]},
        "sku": page.offer.extra["sku"],
        "mpn": page.offer.extra["sku"],
        "itemCondition": "https://schema.org/NewCondition",
        "brand": {"@type": "Brand", "name": product["brand"]["name"]},
        "offers": _offer_ld(page, product, canonical, now),
        "review": [_review_ld(review) for review in reviews["data"]],
    }
    if page.rating_count:
        linked["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": str(page.rating_average),
            "reviewCount": str(page.rating_count),
            "bestRating": "5",
        }
    shipping = {"@type": "OfferShippingDetails", "@id": "#TikiShippingPolicy"}
    returns = {"@type": "MerchantReturnPolicy", "@id": "#TikiReturnPolicy", "merchantReturnDays": 30}
    return {"@context": "https://schema.org/", "@graph": [shipping, returns, linked]}


def _offer_ld(page: Listed, product: Mapping[str, Any], canonical: str, now: datetime) -> dict[str, Any]:
    seller = product["current_seller"]
    offer: dict[str, Any] = {
        "@type": "Offer",
        "shippingDetails": {"@id": "#TikiShippingPolicy"},
        "hasMerchantReturnPolicy": {"@id": "#TikiReturnPolicy"},
        "seller": {"@type": "Organization", "name": seller["name"], "url": seller["link"]},
        "price": page.offer.price_vnd,
        "priceCurrency": "VND",
        "priceValidUntil": (now + timedelta(days=30)).date().isoformat(),
        "availability": f"https://schema.org/{'InStock' if page.offer.stock else 'OutOfStock'}",
        "url": canonical,
    }
    if page.discount_vnd:
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "priceType": "https://schema.org/StrikethroughPrice",
            "price": page.list_price_vnd,
            "priceCurrency": "VND",
        }
    return offer


def _review_ld(review: Mapping[str, Any]) -> dict[str, Any]:
    rating = {"@type": "Rating", "bestRating": "5", "ratingValue": str(review["rating"]), "worstRating": "1"}
    author = {"@type": "Person", "name": review["created_by"]["full_name"]}
    return {"@type": "Review", "reviewRating": rating, "author": author, "reviewBody": review["content"]}


def _breadcrumb_ld(product: Mapping[str, Any], site_url: str) -> dict[str, Any]:
    steps = [
        ("Trang chủ", f"{site_url}/"),
        *((step["name"], site_url + step["url"]) for step in product["breadcrumbs"]),
    ]
    items = [_crumb(number, name, address) for number, (name, address) in enumerate(steps, start=1)]
    return {"@context": "http://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _crumb(position: int, name: str, address: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": address}


def _dong(amount_vnd: int) -> str:
    return f"{amount_vnd:,}".replace(",", ".") + "₫"
