"""Reading listings back: ids, details, figures, search, violations (Shopee v2 reference, product pages, read 2026-11-23)."""

from datetime import datetime, timedelta
from typing import Any

from sandbox.shopee import attributes, items
from sandbox.shopee.call import Answer, Call, Route, epoch
from sandbox.shopee.media import image_url
from sandbox.shopee.refusal import Refusal, bad_param
from sandbox.shopee.taxonomy import CHECKOUT_CHANNEL
from sandbox.world import Offer, OfferState, vietnam_day

MOST_IDS = 50
VIEWS_WINDOW_DAYS = 30
LONG_AGO, FAR_AHEAD = 0, 4_294_967_295


def get_item_list(call: Call) -> Answer:
    """By offset; deep offsets are refused, so long lists are split by update time."""
    offset, size = call.integer("offset", 0, 10**9), call.integer("page_size", 1, 100)
    if offset > call.rules.list_offset:
        raise bad_param("get items offset over limit")
    wanted = [item for item in _of_status(call) if _changed_within(call, item)]
    page = wanted[offset : offset + size]
    more = len(wanted) > offset + size
    answer = {"item": [_ref(item) for item in page], "total_count": len(wanted), "has_next_page": more}
    return Answer(answer | ({"next_offset": offset + size} if more else {}))


def search_item(call: Call) -> Answer:
    """By part of a name or by whole SKU; a SKU wins over a name. The offset is a text here, and empty at first."""
    size, offset = call.integer("page_size", 1, 100), int(call.text("offset", "") or 0)
    sku, name = call.request.one("item_sku"), call.request.one("item_name")
    if not sku and not name:
        raise bad_param("item_name or item_sku is required")
    offers = _of_status(call) if call.request.one("item_status") else _alive(call)
    found = [item.offer_id for item in offers if _matches(call, item, sku, name)]
    next_offset = str(offset + size) if len(found) > offset + size else ""
    return Answer(
        {"item_id_list": found[offset : offset + size], "total_count": len(found), "next_offset": next_offset}
    )


def get_item_base_info(call: Call) -> Answer:
    return Answer({"item_list": [_base_info(call, item) for item in _asked(call)]})


def get_item_extra_info(call: Call) -> Answer:
    return Answer({"item_list": [_extra_info(call, item) for item in _asked(call)]})


def get_item_violation_info(call: Call) -> Answer:
    """Unknown ids fail in their own row; the message of a good answer is null."""
    found = [(item_id, items.find(call, item_id)) for item_id in call.ids("item_id_list", MOST_IDS)]
    return Answer({"item_list": [_violation(item_id, item) for item_id, item in found]}, {"message": None})


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


def _asked(call: Call) -> list[Offer]:
    """The known ones of the ids asked for; a refusal when none is."""
    found = [items.find(call, item_id) for item_id in call.ids("item_id_list", MOST_IDS)]
    known = [item for item in found if item is not None]
    if not known:
        raise Refusal("error_item_not_found", "Product not found.")
    return known


def _of_status(call: Call) -> list[Offer]:
    statuses = set(call.texts("item_status"))
    if not statuses or not statuses <= items.ITEM_STATUSES:
        raise Refusal("error_param_item_status", "Invalid item_status.")
    return [item for item in items.all_items(call) if items.STATUS[item.state] in statuses]


def _alive(call: Call) -> list[Offer]:
    return [item for item in items.all_items(call) if item.state is not OfferState.DELETED]


def _changed_within(call: Call, item: Offer) -> bool:
    since = call.integer("update_time_from", 0, FAR_AHEAD, LONG_AGO)
    until = call.integer("update_time_to", 0, FAR_AHEAD, FAR_AHEAD)
    if since > until:
        raise Refusal("error_update_time_range", "update_time_from is after update_time_to.")
    return since <= epoch(item.updated_at) <= until


def _matches(call: Call, item: Offer, sku: str | None, name: str | None) -> bool:
    if sku:
        return sku == item.sku or any(model.sku == sku for model in items.models(call, item))
    return name is not None and name.casefold() in item.title.casefold()


def _ref(item: Offer) -> dict[str, Any]:
    status = items.STATUS[item.state]
    return {
        "item_id": item.offer_id,
        "item_status": status,
        "update_time": epoch(item.updated_at),
        "tag": {"kit": False},
    }


def _base_info(call: Call, item: Offer) -> dict[str, Any]:
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


def _extra_info(call: Call, item: Offer) -> dict[str, Any]:
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


def _violation(item_id: int, item: Offer | None) -> dict[str, Any]:
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


ROUTES = {
    "/api/v2/product/get_item_list": Route("GET", get_item_list),
    "/api/v2/product/search_item": Route("GET", search_item),
    "/api/v2/product/get_item_base_info": Route("GET", get_item_base_info),
    "/api/v2/product/get_item_extra_info": Route("GET", get_item_extra_info),
    "/api/v2/product/get_item_violation_info": Route("GET", get_item_violation_info),
}
