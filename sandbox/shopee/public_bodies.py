"""What shopee.vn's own pages are sent: item cards, item JSON, the product page's body, ratings. Money is đồng times 100000."""

from collections.abc import Sequence
from typing import Any

from sandbox.http import Request
from sandbox.world import Offer, Review

SHOP_ID = 770011223
MONEY = 100_000
NO_SUCH_ITEM: dict[str, Any] = {"error": 4, "error_msg": "item not found", "item": None, "data": None}


def cards(offers: Sequence[Offer]) -> dict[str, Any]:
    """The first card comes twice, as sponsored ones do."""
    rows = [{"itemid": offer.offer_id, "shopid": SHOP_ID, "item_basic": _item(offer)} for offer in offers]
    return {"error": None, "total_count": len(rows), "items": rows + rows[:1], "nomore": True}


def item(offer: Offer) -> dict[str, Any]:
    models = [
        {
            "modelid": offer.offer_id,
            "price": offer.price_vnd * MONEY,
            "price_before_discount": _listed(offer),
            "stock": offer.stock,
        }
    ]
    return {"error": 0, "error_msg": None, "data": {**_item(offer), "models": models}}


def page(offer: Offer) -> dict[str, Any]:
    asked = offer.price_vnd * MONEY
    return {
        "error": None,
        "data": {
            "item": {
                "item_id": offer.offer_id,
                "shop_id": SHOP_ID,
                "title": offer.title,
                "currency": "VND",
                "models": item(offer)["data"]["models"],
            },
            "product_price": {
                "price": {"single_value": asked, "range_min": -1, "range_max": -1},
                "price_before_discount": {"single_value": _listed(offer), "range_min": -1, "range_max": -1},
            },
            "product_review": {
                **_rating(offer),
                "total_rating_count": sum(offer.stars),
                "historical_sold": offer.sold,
                "global_sold": offer.sold,
            },
            "shop_detailed": {"name": "OCOP Thái Nguyên", "rating_star": 4.9},
        },
    }


def ratings(offer: Offer, reviews: Sequence[Review], request: Request) -> dict[str, Any]:
    """Newest first. `rating_count` has five numbers here, without the total in front."""
    offset, limit = (
        int(said) if (said := request.one(name) or "").isdigit() else default
        for name, default in (("offset", 0), ("limit", 6))
    )
    newest = sorted(reviews, key=lambda review: review.review_id, reverse=True)[offset : offset + min(limit, 59)]
    summary = {
        "rating_total": sum(offer.stars),
        "rating_count": list(offer.stars),
        "rcount_with_context": sum(bool(review.text) for review in reviews),
        "rcount_with_image": sum(review.images > 0 for review in reviews),
        "rcount_with_media": sum(review.images > 0 for review in reviews),
    }
    rows = [_review(review) for review in newest]
    return {"error": 0, "data": {"item_rating_summary": summary, "ratings": rows or None}}


def _item(offer: Offer) -> dict[str, Any]:
    asked = offer.price_vnd * MONEY
    return {
        "itemid": offer.offer_id,
        "shopid": SHOP_ID,
        "name": offer.title,
        "currency": "VND",
        "price": asked,
        "price_min": asked,
        "price_max": asked,
        "price_before_discount": _listed(offer),
        "raw_discount": 0,
        "stock": offer.stock,
        "status": 1,
        "item_status": "normal",
        "historical_sold": offer.sold,
        "shop_location": "Thái Nguyên",
        "item_rating": _rating(offer),
    }


def _listed(offer: Offer) -> int:
    """0 is one of its two ways to say that there is none."""
    return (offer.list_price_vnd or 0) * MONEY


def _rating(offer: Offer) -> dict[str, Any]:
    rated = sum(offer.stars)
    mean = sum(star * count for star, count in enumerate(offer.stars, 1)) / rated if rated else 0
    return {"rating_star": mean, "rating_count": [rated, *offer.stars]}


def _review(review: Review) -> dict[str, Any]:
    return {
        "cmtid": review.review_id,
        "itemid": review.offer_id,
        "shopid": SHOP_ID,
        "orderid": review.order_id,
        "userid": review.order_id,
        "author_username": review.buyer_name,
        "anonymous": False,
        "rating_star": review.stars,
        "comment": review.text,
        "ctime": int(review.created_at.timestamp()),
        "images": [f"{number:032x}" for number in range(review.images)],
        "videos": [],
        "product_items": [],
        "ItemRatingReply": {"comment": review.reply} if review.reply else None,
        "tags": None,
    }
