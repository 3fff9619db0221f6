"""How an item looks from each page that reads it back (Shopee v2 reference, product pages, read 2026-11-23)."""

from datetime import datetime, timedelta
from typing import Any

from sandbox.shopee import attributes, items
from sandbox.shopee.call import Call, epoch
from sandbox.shopee.channels import CHECKOUT_CHANNEL
from sandbox.shopee.media import image_url
from sandbox.world import Offer, vietnam_day

VIEWS_WINDOW_DAYS = 30


def shown_price(offer: Offer) -> dict[str, Any]:
    original_vnd = items.original_price_vnd(offer)
    return {
        "currency": "VND",
        "original_price": original_vnd,
        "current_price": offer.price_vnd,
        "inflated_price_of_original_price": original_vnd,
        "inflated_price_of_current_price": offer.price_vnd,
    }


def shown_stock(offer: Offer) -> dict[str, Any]:
    return {
        "summary_info": {"total_reserved_stock": 0, "total_available_stock": offer.stock},
        "seller_stock": [{"location_id": "", "stock": offer.stock, "if_saleable": True}],
        "shopee_stock": [],
    }


def ref(item: Offer) -> dict[str, Any]:
    status = items.STATUS[item.state]
    return {
        "item_id": item.offer_id,
        "item_status": status,
        "update_time": epoch(item.updated_at),
        "tag": {"kit": False},
    }


def base_info(call: Call, item: Offer) -> dict[str, Any]:
    """Price and stock are missing for an item with models, and the weight is a text."""
    fields, has_model = items.payload(item), bool(items.models(call, item))
    money = {} if has_model else {"price_info": [shown_price(item)], "stock_info_v2": shown_stock(item)}
    size = {"dimension": fields["dimension"]} if "dimension" in fields else {}
    return (
        {
            "item_id": item.offer_id,
            "category_id": fields["category_id"],
            "item_name": item.title,
            "description": item.description,
            "description_type": "normal",
            "item_sku": item.sku,
            "create_time": epoch(item.created_at),
            "update_time": epoch(item.updated_at),
            "item_status": items.STATUS[item.state],
            "deboost": False,
            "has_model": has_model,
            "has_promotion": items.has_promotion(item),
            "condition": fields.get("condition", "NEW"),
            "image": _image(item),
            "weight": str(fields["weight"]),
            "logistic_info": [_logistic(row) for row in fields["logistic_info"]],
            "pre_order": items.pre_order(fields),
            "brand": fields["brand"],
            "attribute_list": attributes.shown(fields["category_id"], fields.get("attribute_list", [])),
            "gtin_code": fields.get("gtin_code", ""),
            "tag": {"kit": False},
        }
        | money
        | size
    )


def _image(item: Offer) -> dict[str, Any]:
    urls = [image_url(one) for one in item.images]
    return {"image_id_list": item.images, "image_url_list": urls, "image_ratio": "1:1"}


def _logistic(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "logistic_id": row["logistic_id"],
        "logistic_name": CHECKOUT_CHANNEL["logistics_channel_name"],
        "enabled": row["enabled"],
        "is_free": row.get("is_free", False),
        "shipping_fee": 0,
        "size_id": 0,
        "estimated_shipping_fee": 16_500,
    }


def extra_info(call: Call, item: Offer) -> dict[str, Any]:
    """`sale` is cumulative, `views` the last 30 days; an item with models speaks for all of them."""
    offers = [item, *items.models(call, item)]
    counts = [sum(stars) for stars in zip(*(offer.stars for offer in offers), strict=True)]
    rated = sum(counts)
    average = sum(star * count for star, count in enumerate(counts, 1)) / rated if rated else 0
    return {
        "item_id": item.offer_id,
        "sale": sum(offer.sold for offer in offers),
        "views": sum(_recent_views(offer, call.now) for offer in offers),
        "likes": sum(sum(offer.views_on.values()) for offer in offers) // 60,
        "rating_star": round(average, 2),
        "comment_count": rated,
    }


def _recent_views(offer: Offer, now: datetime) -> int:
    since = vietnam_day(now - timedelta(days=VIEWS_WINDOW_DAYS))
    return sum(views for day, views in offer.views_on.items() if day > since)


def violation(item_id: int, item: Offer | None) -> dict[str, Any]:
    if item is None:
        return {"item_id": item_id, "fail_error": "error_param", "fail_message": "Invalid request item_id"}
    banned = items.STATUS[item.state] == "BANNED"
    named = {"item_id": item_id, "item_name": item.title, "item_status": items.STATUS[item.state], "deboost": False}
    return named | {"item_status_details": [_reason(item)] if banned else [], "deboost_details": []}


def _reason(item: Offer) -> dict[str, Any]:
    return {
        "violation_type": "Prohibited Listing",
        "violation_reason": "License Reason",
        "suggestion": "Upload license",
        "fix_deadline_time": epoch(item.updated_at + timedelta(days=7)),
        "update_time": epoch(item.updated_at),
    }
