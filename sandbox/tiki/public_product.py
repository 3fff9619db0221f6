"""One product as the public JSON shows it: `api/v2/products/{id}` and, the same, inside the page (listing_pages.md section 4, read 2026-11-24)."""

from datetime import datetime
from typing import Any

from sandbox.tiki import sold_texts
from sandbox.tiki.attributes import BY_CODE
from sandbox.tiki.catalogue import STOCK_CAP, Listed
from sandbox.tiki.seller import Seller
from sandbox.tiki.shelves import lineage
from sandbox.tiki.slugs import slug
from sandbox.world import Offer

SHOWN_ATTRIBUTES = ("brand", "brand_country", "origin", "dimensions", "is_warranty_applied")


def product_json(page: Listed, seller: Seller, site_url: str, now: datetime) -> dict[str, Any]:
    """`quantity_sold` and `all_time_quantity_sold` are absent before the first sale, `configurable_*` for a simple product."""
    offer = page.offer
    return {
        "id": page.page_id,
        "master_id": page.page_id,
        "sku": offer.extra["page_sku"],
        "name": page.name,
        "url_key": page.url_key,
        "url_path": page.url_path,
        "short_url": f"{site_url}/product-p{page.page_id}.html?spid={offer.offer_id}",
        "type": "configurable" if page.is_configurable else "simple",
        "book_cover": None,
        "short_description": offer.description[:200],
        **_prices(page),
        "badges": [{"code": "new_pdp", "text": "v1"}],
        "rating_average": page.rating_average,
        "review_count": page.rating_count,
        "review_text": f"({page.rating_count})",
        "favourite_count": 0,
        "thumbnail_url": offer.images[0],
        "has_ebook": False,
        **_stock(offer),
        "productset_group_name": "",
        "is_fresh": False,
        "seller": None,
        "has_buynow": True,
        "is_gift_card": False,
        "salable_type": None,
        "data_version": offer.extra["version"],
        "day_ago_created": (now - offer.created_at).days,
        "meta_title": "",
        "meta_description": "",
        "meta_keywords": "",
        "description": offer.description,
        "images": [_image(address) for address in offer.images],
        "warranty_policy": None,
        "brand": _brand(offer),
        "current_seller": _current_seller(offer, seller, site_url),
        "other_sellers": [],
        "specifications": [{"name": "Thông tin chung", "attributes": _specifications(offer)}],
        "product_links": [],
        "gift_item_title": "0 quà tặng kèm",
        "services_and_promotions": [],
        "categories": {"id": page.category.category_id, "name": page.category.name, "is_leaf": True},
        "breadcrumbs": _breadcrumbs(page),
        "inventory": {"product_virtual_type": None, "fulfillment_type": offer.extra["fulfillment_type"]},
        "return_and_exchange_policy": "Đổi trả trong<br><b>30 ngày</b><br>nếu sp lỗi.",
        "benefits": [],
        **sold_texts.counter(page.sold, sold_texts.on_product_page(page.sold)),
        **({"all_time_quantity_sold": page.sold} if page.sold else {}),
        **(_variants(page, seller) if page.is_configurable else {}),
    }


def _prices(page: Listed) -> dict[str, int]:
    return {
        "price": page.offer.price_vnd,
        "list_price": page.list_price_vnd,
        "original_price": page.list_price_vnd,
        "discount": page.discount_vnd,
        "discount_rate": page.discount_percent,
    }


def _stock(offer: Offer) -> dict[str, Any]:
    quantity = min(offer.stock, STOCK_CAP)
    return {
        "inventory_status": inventory_status(offer),
        "inventory_type": offer.extra["inventory_type"],
        "stock_item": {"max_sale_qty": quantity, "min_sale_qty": 1, "preorder_date": None, "qty": quantity},
    }


def inventory_status(offer: Offer) -> str:
    """Only `available` is confirmed; the other word is ours."""
    return "available" if offer.stock else "out_of_stock"


def _image(address: str) -> dict[str, Any]:
    sizes = dict.fromkeys(("base_url", "large_url", "medium_url", "small_url", "thumbnail_url"), address)
    return {**sizes, "is_gallery": True, "label": None, "position": None}


def _brand(offer: Offer) -> dict[str, Any]:
    name = str(offer.extra["attributes"]["brand"])
    return {"id": brand_id(name), "name": name, "slug": slug(name)}


def brand_id(name: str) -> int:
    """A number that follows from the name alone."""
    return 100_000 + sum(n * ord(char) for n, char in enumerate(name, start=1)) % 900_000


def _current_seller(offer: Offer, seller: Seller, site_url: str) -> dict[str, Any]:
    return {
        "id": seller.seller_id,
        "sku": offer.extra["sku"],
        "name": seller.name,
        "link": f"{site_url}/cua-hang/{seller.slug}",
        "logo": "",
        "price": offer.price_vnd,
        "product_id": str(offer.offer_id),
        "store_id": seller.store_id,
        "is_best_store": False,
        "is_offline_installment_supported": None,
    }


def _specifications(offer: Offer) -> list[dict[str, str]]:
    answers = offer.extra["attributes"]
    return [
        {"code": code, "name": BY_CODE[code].display_name, "value": str(answers[code])}
        for code in SHOWN_ATTRIBUTES
        if code in answers
    ]


def _breadcrumbs(page: Listed) -> list[dict[str, Any]]:
    steps = [
        {"url": f"/{c.url_key}/c{c.category_id}", "name": c.name, "category_id": c.category_id}
        for c in lineage(page.category.category_id)
    ]
    return [*steps, {"url": f"/{page.url_path}", "name": page.name, "category_id": 0}]


def _variants(page: Listed, seller: Seller) -> dict[str, Any]:
    labels = page.offer.extra["option_attributes"]
    return {
        "configurable_options": [_option(page, number, label) for number, label in enumerate(labels)],
        "configurable_products": [_variant(page, offer, seller) for offer in page.offers],
    }


def _option(page: Listed, number: int, label: str) -> dict[str, Any]:
    values = dict.fromkeys(offer.extra["options"][number] for offer in page.offers)
    shown = [{"label": value} for value in values]
    return {"code": f"option{number + 1}", "name": label, "position": 0, "show_preview_image": False, "values": shown}


def _variant(page: Listed, offer: Offer, seller: Seller) -> dict[str, Any]:
    return {
        "child_id": offer.extra["master_id"],
        "id": offer.offer_id,
        "images": [_image(address) for address in offer.images],
        "inventory_status": inventory_status(offer),
        "name": offer.title,
        **{f"option{number}": value for number, value in enumerate(offer.extra["options"], start=1)},
        "price": offer.price_vnd,
        "selected": offer is page.offer,
        "seller": {"id": seller.seller_id, "name": seller.name},
        "sku": offer.extra["sku"],
        "thumbnail_url": offer.images[0],
    }
