"""The old review call of the product page, unsigned (listing pages, read 2026-11-24).

Ratings without words are counted and not listed. Names of buyers are in it, as they are on the site.
"""

from datetime import datetime
from typing import Any

from sandbox.lazada import shown
from sandbox.lazada.showcase import Good
from sandbox.world import Review

SIZES = range(5, 51)


def page(good: Good, reviews: list[Review], number: int, size: int, now: datetime) -> dict[str, Any]:
    written = [one for one in reviews if one.text]
    rows = written[(number - 1) * size : number * size]
    model = {
        "items": [_row(good, one, now) for one in rows],
        "item": {"itemId": good.item.item_id, "itemTitle": good.name},
        "ratings": ratings(good, len(written)),
        "paging": _paging(len(written), number, size),
    }
    return {"success": True, "model": model}


def summary(good: Good, reviews: list[Review], now: datetime, size: int) -> dict[str, Any]:
    """What the product page carries itself."""
    written = [one for one in reviews if one.text]
    return {
        "ratings": ratings(good, len(written)),
        "paging": _paging(len(written), 1, size),
        "reviews": [_row(good, one, now) for one in written[:size]],
    }


def ratings(good: Good, written: int) -> dict[str, Any]:
    """Scores run from 5★ to 1★."""
    return {
        "average": round(good.average, 1),
        "rateCount": good.ratings,
        "reviewCount": written,
        "scores": good.stars[::-1],
    }


def chosen(reviews: list[Review], stars: int, sort: int) -> list[Review]:
    """`stars` 0: all. `sort` 0 relevance, which is newest here as well; 1 newest, 2 best, 3 worst first."""
    kept = [one for one in reviews if stars in {0, one.stars}]
    if sort in {2, 3}:
        kept.sort(key=lambda one: one.stars, reverse=sort == 2)
    return kept


def _paging(total: int, number: int, size: int) -> dict[str, int]:
    return {"totalItems": total, "totalPages": -(-total // size), "currentPage": number, "pageSize": size}


def _row(good: Good, one: Review, now: datetime) -> dict[str, Any]:
    pictures = [{"url": f"//vn-live-02.slatic.net/p/review-{one.review_id}-{n}.jpg"} for n in range(one.images)]
    return {
        "reviewRateId": one.review_id,
        "itemId": good.item.item_id,
        "reviewType": "PRODUCT_REVIEW",
        "buyerName": one.buyer_name,
        "buyerId": 900_000_000 + one.order_id % 10_000,
        "rating": one.stars,
        "reviewTitle": None,
        "reviewContent": one.text,
        "reviewTime": shown.written_at(one.created_at, now),
        "likeCount": 0,
        "skuInfo": "",
        "images": pictures,
        "replies": [{"reviewContent": one.reply}] if one.reply else [],
        "clientType": "androidApp",
    }
