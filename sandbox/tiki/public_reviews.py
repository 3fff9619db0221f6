"""Reviews as the public JSON shows them, names included, so that tests can prove nobody keeps them (tiki.md section 10, read 2026-11-24).

Percentages are cut, so they need not add up to 100; `stars` is the whole histogram whatever the filter.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sandbox.tiki.catalogue import Listed
from sandbox.tiki.moments import to_text
from sandbox.tiki.seller import Seller
from sandbox.world import Order, Review

MOST_PER_PAGE = 20
TITLES = {1: "Rất không hài lòng", 2: "Không hài lòng", 3: "Bình thường", 4: "Hài lòng", 5: "Cực kì hài lòng"}
SORTS = (("Hữu ích", "score|desc"), ("Mới nhất", "id|desc"), ("Có hình ảnh", "has_image"))

OrderOf = Callable[[int], Order | None]


def reviews_json(
    page: Listed, reviews: list[Review], asked: tuple[int, int, str], shop: tuple[Seller, OrderOf], now: datetime
) -> dict[str, Any]:
    """`reviews` newest first; `asked` is page, limit and sort. Refuses nothing: an unknown sort is the site's own."""
    number, limit, sort = asked[0], min(asked[1], MOST_PER_PAGE), asked[2]
    chosen = arranged(reviews, sort)
    start = (number - 1) * limit
    rows = chosen[start : start + limit]
    pictured = [review for review in reviews if review.images]
    return {
        "stars": _histogram(page),
        "rating_average": page.rating_average,
        "reviews_count": page.rating_count,
        "review_photo": {"total": len(pictured), "total_photo": sum(review.images for review in pictured)},
        "data": [_review(page, review, shop, now) for review in rows],
        "paging": _paging(len(chosen), number, limit, len(rows)),
        "sort_options": [{"label": label, "value": value} for label, value in SORTS],
        "exclude_image": False,
        "attribute_vote_summary": [],
    }


def arranged(reviews: list[Review], sort: str) -> list[Review]:
    """`id|desc` newest first, `stars|1|2` only those stars, `has_image` only with pictures; most helpful first otherwise."""
    words = sort.split(",")
    stars = {int(star) for word in words if word.startswith("stars|") for star in word.split("|")[1:] if star.isdigit()}
    kept = [r for r in reviews if (not stars or r.stars in stars) and ("has_image" not in words or r.images)]
    if words[0].startswith("id|"):
        return kept
    return sorted(kept, key=lambda review: (-_score(review), -review.review_id))


def _score(review: Review) -> int:
    """How helpful the site thinks it is: pictures, then length."""
    return 20 * review.images + min(len(review.text), 100)


def _histogram(page: Listed) -> dict[str, dict[str, int]]:
    total = page.rating_count
    return {
        str(stars): {"count": count, "percent": count * 100 // total if total else 0}
        for stars, count in enumerate(page.stars, start=1)
    }


def _review(page: Listed, review: Review, shop: tuple[Seller, OrderOf], now: datetime) -> dict[str, Any]:
    seller, order_of = shop
    customer_id = 7_000_000 + review.order_id
    order = order_of(review.order_id)
    return {
        "id": review.review_id,
        "title": TITLES[review.stars],
        "content": review.text,
        "status": "approved",
        "thank_count": review.review_id % 3,
        "score": _score(review),
        "customer_id": customer_id,
        "comment_count": int(review.reply is not None),
        "rating": review.stars,
        "images": [_picture(review, n) for n in range(review.images)],
        "thanked": False,
        "created_at": int(review.created_at.timestamp()),
        "created_by": _author(review, customer_id, order),
        "suggestions": [],
        "attributes": [f"Mua từ nhà bán {seller.name}"],
        "product_attributes": [],
        "spid": review.offer_id,
        "is_photo": review.images > 0,
        "seller": {"id": seller.seller_id, "name": seller.name, "logo": ""},
        "product_id": page.page_id,
        "timeline": _timeline(review, order, now),
        "comments": [] if review.reply is None else [{"id": review.review_id, "content": review.reply}],
        "vote_attributes": {"agree": [], "disagree": []},
        "delivery_rating": [{"question": "Thời gian giao hàng?", "option": "Giao đúng hẹn"}],
    }


def _picture(review: Review, number: int) -> dict[str, Any]:
    address = f"https://cdn.example/review/{review.review_id}-{number}.jpg"
    return {"id": review.review_id * 10 + number, "full_path": address, "status": "approved"}


def _author(review: Review, customer_id: int, order: Order | None) -> dict[str, Any]:
    return {
        "id": customer_id,
        "name": review.buyer_name,
        "full_name": review.buyer_name,
        "region": None,
        "avatar_url": f"https://cdn.example/avatar/{customer_id}.png",
        "created_time": "2019-05-01 10:00:00",
        "group_id": 8,
        "purchased": order is not None,
        "purchased_at": None if order is None else int(order.placed_at.timestamp()),
        "contribute_info": {
            "id": customer_id,
            "name": review.buyer_name,
            "avatar": "",
            "summary": {"joined_time": "Đã tham gia 5 năm", "total_review": 3, "total_thank": 1},
        },
    }


def _timeline(review: Review, order: Order | None, now: datetime) -> dict[str, Any]:
    delivered = order.delivered_at if order is not None and order.delivered_at is not None else review.created_at
    days = (review.created_at - delivered).days
    return {
        "review_created_date": to_text(review.created_at),
        "delivery_date": to_text(delivered),
        "current_date": to_text(now),
        "content": f"Đã dùng {days} ngày",
        "explain": f"Khi viết đánh giá, khách hàng đã dùng sản phẩm {days} ngày.",
    }


def _paging(total: int, number: int, limit: int, shown: int) -> dict[str, int]:
    start = (number - 1) * limit
    return {
        "total": total,
        "per_page": limit,
        "current_page": number,
        "last_page": max(1, -(-total // limit)),
        "from": start + 1 if shown else 0,
        "to": start + shown,
    }
