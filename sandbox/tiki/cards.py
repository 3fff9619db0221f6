"""Rows of product lists: category and search pages, the listing JSON, a shop's products (listing_pages.md section 4, read 2026-11-24).

A row's keys differ from the product's: no `list_price`, a flat seller, `availability` 1. Sponsored places repeat products of the list.
"""

from collections.abc import Sequence
from typing import Any

from sandbox.tiki import sold_texts
from sandbox.tiki.catalogue import Listed
from sandbox.tiki.public_product import brand_id, inventory_status
from sandbox.tiki.seller import Seller
from sandbox.tiki.shelves import lineage

PER_PAGE = 40
MOST_SHOWN = 2_000  # `paging.total` never says more; `total_text` does
SPONSORED = 3  # places a page
CAMPAIGN = "itm_campaign=CTP_YPD_TKA_PLA&itm_medium=CPC&itm_source=tiki-ads"


def card_json(page: Listed, seller: Seller, rank: int) -> dict[str, Any]:
    offer = page.offer
    brand = str(offer.extra["attributes"]["brand"])
    path = lineage(page.category.category_id)
    return {
        "id": page.page_id,
        "sku": offer.extra["page_sku"],
        "name": page.name,
        "url_key": page.url_key,
        "url_path": page.url_path,
        "availability": int(offer.stock > 0),
        "seller_id": seller.seller_id,
        "seller_name": seller.name,
        "brand_id": brand_id(brand),
        "brand_name": brand,
        "price": offer.price_vnd,
        "original_price": page.list_price_vnd,
        "badges_new": [],
        "badges_v3": [],
        "discount": page.discount_vnd,
        "discount_rate": page.discount_percent,
        "rating_average": page.rating_average,
        "review_count": page.rating_count,
        "category_ids": [category.category_id for category in path],
        "primary_category_path": "/".join(["1", "2", *(str(category.category_id) for category in path)]),
        "primary_category_name": page.category.name,
        "thumbnail_url": offer.images[0],
        "thumbnail_width": 280,
        "thumbnail_height": 280,
        "seller_product_id": offer.offer_id,
        "seller_product_sku": offer.extra["sku"],
        "master_product_sku": offer.extra["page_sku"],
        **sold_texts.counter(page.sold, sold_texts.on_card(page.sold)),
        "shippable": True,
        "isGiftAvailable": False,
        "is_authentic": 0,
        "origin": str(offer.extra["attributes"]["origin"]),
        "visible_impression_info": {"amplitude": _amplitude(page, seller, rank)},
        "layout_type": "grid_view",
    }


def _amplitude(page: Listed, seller: Seller, rank: int) -> dict[str, Any]:
    return {
        "seller_type": "OTHER_STORE",
        "seller_id": seller.seller_id,
        "all_time_quantity_sold": page.sold,
        "number_of_reviews": page.rating_count,
        "price": page.offer.price_vnd,
        "primary_category_name": page.category.name,
        "product_rating": page.rating_average,
        "search_rank": rank,
        "seller_product_id": page.offer.offer_id,
    }


def sponsored(card: dict[str, Any], site_url: str, place: int) -> dict[str, Any]:
    """The same row as an advertisement: its clicks go through a counting address that names the same page."""
    click = f"{site_url}/pixel?type=CLICK&pos={place}"
    url = f"{site_url}/{card['url_path']}&{CAMPAIGN}"
    properties = {"product_id": str(card["seller_product_id"]), "url": url, "cta": "Xem thêm"}
    ad = {
        "clickUrl": click,
        "impUrl": click,
        "trueImpUrl": click,
        "properties": properties,
        "type": "ProductAdvertType",
    }
    return {**card, "advertisement": {"ad": [ad]}}


def list_json(pages: Sequence[Listed], seller: Seller, number: int, limit: int, site_url: str) -> dict[str, Any]:
    """`{"data", "paging"}` of one page: sponsored places first, then the page's own rows, so some products come twice."""
    start = (number - 1) * limit
    cards = [card_json(page, seller, start + n) for n, page in enumerate(pages[start : start + limit])]
    ads = [sponsored(card, site_url, n) for n, card in enumerate(cards[-SPONSORED:], start=1)]
    return {"data": [*ads, *cards], "paging": paging(len(pages), number, limit, len(cards))}


def paging(total: int, number: int, limit: int, shown: int) -> dict[str, Any]:
    reachable = min(total, MOST_SHOWN)
    start = (number - 1) * limit
    return {
        "total": reachable,
        "total_text": str(total),
        "per_page": limit,
        "current_page": number,
        "last_page": -(-reachable // limit),
        "from": start + 1 if shown else 0,
        "to": start + shown,
    }


def store_row(page: Listed, seller: Seller) -> dict[str, Any]:
    """A row of a shop's own list. `order_count` is always 0: it is not sales."""
    offer = page.offer
    return {
        "id": page.page_id,
        "sku": offer.extra["page_sku"],
        "name": page.name,
        "url_key": page.url_key,
        "url_path": page.url_path,
        "price": offer.price_vnd,
        "list_price": page.list_price_vnd,
        "price_usd": round(offer.price_vnd / 25_000, 3),
        "discount": page.discount_vnd,
        "discount_rate": page.discount_percent,
        "rating_average": page.rating_average,
        "review_count": page.rating_count,
        "order_count": 0,
        "favourite_count": 0,
        "thumbnail_url": offer.images[0],
        "inventory_status": inventory_status(offer),
        "is_visible": True,
        "productset_group_name": "/".join(category.name for category in lineage(page.category.category_id)),
        "seller": None,
        "seller_product_id": offer.offer_id,
        "sp_seller_id": seller.seller_id,
        "sp_seller_name": seller.name,
        "installment_info": None,
    }
