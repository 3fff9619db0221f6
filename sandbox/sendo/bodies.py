"""Sendo's answers. Amounts are plain đồng; the names of ratings lie: `percent_star` and `rating_percent` are stars out of five."""

from collections.abc import Sequence
from typing import Any

from sandbox.world import Offer, Review

SHOP_ID, SHOP_NAME = 717001, "Chợ Quê"


def search(offers: Sequence[Offer], total: int) -> dict[str, Any]:
    return {
        "result": {"data": [_search_row(offer) for offer in offers], "meta_data": {"total_count": total}},
        "status": {"code": 200, "message": "OK"},
    }


def shop_list(offers: Sequence[Offer], total: int) -> dict[str, Any]:
    return {"data": {"total": total, "list": [_shop_row(offer) for offer in offers]}}


def product(offer: Offer) -> dict[str, Any]:
    rated = sum(offer.stars)
    stars = {f"star{star}": count for star, count in enumerate(offer.stars, 1)}
    about = {
        "id": offer.offer_id,
        "admin_id": SHOP_ID,
        "name": offer.title,
        "cat_path": f"{path_of(offer)}/",
        "quantity": offer.stock,
        "stock_status": 1,
        "variants": [],
        "shop_info": {"shop_id": SHOP_ID, "shop_name": SHOP_NAME, "rating_avg": 4.1, "rating_count": 8853},
        "rating_info": {
            "total_rated": rated,
            "percent_star": round(average(offer), 1),
            "percent_star_rating": average(offer) * 20,
            **stars,
        },
    }
    return {"data": about | _priced(offer), "status": {"code": 200}}


def ratings(offer: Offer, reviews: Sequence[Review], page: int, limit: int) -> dict[str, Any]:
    shown = reviews[(page - 1) * limit : page * limit]
    counts = {f"count_star_{star}": count for star, count in enumerate(offer.stars, 1)}
    meta = {"total_count": sum(offer.stars), "total_page": -(-len(reviews) // limit), **counts}
    return {"data": [_review(review) for review in shown], "meta_data": meta}


def path_of(offer: Offer) -> str:
    return f"{offer.extra['slug']}-{offer.offer_id}.html"


def average(offer: Offer) -> float:
    """0 where nobody rated: Sendo's way of saying so."""
    rated = sum(offer.stars)
    return sum(star * count for star, count in enumerate(offer.stars, 1)) / rated if rated else 0


def _priced(offer: Offer) -> dict[str, Any]:
    listed = offer.list_price_vnd or offer.price_vnd
    return {
        "price": listed,
        "price_max": listed,
        "final_price": offer.price_vnd,
        "final_price_max": offer.price_vnd,
        "order_count": offer.sold,
        "order_count_text": str(offer.sold),
    }


def _search_row(offer: Offer) -> dict[str, Any]:
    rating = {
        "total_rated": sum(offer.stars),
        "percent_star": round(average(offer)),
        "percent_star_rating": average(offer) * 20,
    }
    row = {
        "product_id": offer.offer_id,
        "admin_id": SHOP_ID,
        "name": offer.title,
        "shop_name": SHOP_NAME,
        "cat_path": f"{path_of(offer)}/",
        "rating_info": rating,
    }
    return row | _priced(offer)


def _shop_row(offer: Offer) -> dict[str, Any]:
    """`quantity` and `remain` are a flash deal's quota."""
    row = {
        "id": 0,
        "product_id": offer.offer_id,
        "admin_id": SHOP_ID,
        "name": offer.title,
        "url_key": f"https://www.sendo.vn/{path_of(offer)}?source_page_id=shop_home",
        "rating_percent": round(average(offer), 6),
        "total_rated": sum(offer.stars),
        "quantity": 3,
        "remain": 0,
    }
    return row | _priced(offer)


def _review(review: Review) -> dict[str, Any]:
    return {
        "rating_id": review.review_id,
        "product_id": review.offer_id,
        "star": review.stars,
        "comment": review.text,
        "update_time": int(review.created_at.timestamp()),
        "images": [f"https://media.sendo.vn/{number}.jpg" for number in range(review.images)],
        "user_name": review.buyer_name,
        "customer_id": review.order_id,
        "avatar": "https://media.sendo.vn/avatar.jpg",
    }
