"""The figures of a public product page: prices, packs, reviews (listing_pages section 5, read 2026-11-24)."""

from typing import Any

from sandbox.tiktok_shop.moments import epoch
from sandbox.world import Offer, Review

Goods = list[Offer]  # the SKUs of one product that can be seen


def price(goods: Goods) -> dict[str, Any]:
    prices = [offer.price_vnd for offer in goods]
    listed = [offer.list_price_vnd or offer.price_vnd for offer in goods]
    low, high = min(prices), max(prices)
    is_reduced = max(listed) > high
    return {
        "original_price": dong(max(listed)) if is_reduced else "",
        "real_price": dong(low) if low == high else f"{dong(low)} - {dong(high)}",
        "discount": f"-{round(100 * (1 - high / max(listed)))}%" if is_reduced else "",
        "is_interval_price": low != high,
        "min_sku_price": str(low),
        "max_sku_price": str(high),
        "min_sku_original_price": str(min(listed)),
        "max_sku_original_price": str(max(listed)),
        "currency": "VND",
        "currency_symbol": "₫",
    }


def sku(offer: Offer) -> dict[str, Any]:
    listed = offer.list_price_vnd or offer.price_vnd
    real = {"price_str": dong(offer.price_vnd), "price_val": str(offer.price_vnd), "currency": "VND"}
    return {
        "sku_id": str(offer.offer_id),
        "sku_sale_props": [],
        "stock": offer.stock,
        "sku_quantity": {"available_quantity": offer.stock},
        "price": {"real_price": real, "original_price": dong(listed), "original_price_value": str(listed)},
        "status": 1,
    }


def review(written: Review) -> dict[str, Any]:
    """One of the page's reviews, its buyer's name beside it."""
    told = {"review_id": str(written.review_id), "rating": written.stars, "display_text": written.text}
    told |= {
        "images": [{"uri": "redacted"}] * written.images,
        "review_timestamp": str(epoch(written.created_at) * 1000),
    }
    return {"review": told, "sku_id": str(written.offer_id), "review_user": {"name": written.buyer_name, "avatar": {}}}


def count(goods: Goods) -> int:
    return sum(sum(offer.stars) for offer in goods)


def average(goods: Goods) -> float:
    """0 where nobody rated, as the page says it."""
    points = sum(stars * times for offer in goods for stars, times in enumerate(offer.stars, 1))
    return round(points / count(goods), 1) if count(goods) else 0


def dong(amount_vnd: int) -> str:
    return f"{amount_vnd:,}₫".replace(",", ".")


def short(number: int) -> str:
    return f"{number // 100 / 10:g}k" if number >= 1000 else str(number)
