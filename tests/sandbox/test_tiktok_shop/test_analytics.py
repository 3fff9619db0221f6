"""Figures by day: the world's orders counted, stars without texts, and the older flat shape."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.tiktok_shop.shop_pages import SALES_WAREHOUSE
from sandbox.world import vietnam_day

PRODUCTS = "/analytics/202605/shop_products/performance"


@pytest.fixture
def busy(instant: Any) -> Any:
    """Six products and two weeks of orders."""
    for number in range(6):
        inventory = [{"warehouse_id": SALES_WAREHOUSE, "quantity": 9_999}]
        instant.add(skus=[instant.sku(seller_sku=f"S{number}", inventory=inventory)])
    for _ in range(3):
        instant.pass_time(days=6)
        instant.renew_token()
    return instant


def days(shop: Any, back: int = 18) -> dict[str, str]:
    today = vietnam_day(shop.sandbox.world.clock.now())
    return {"start_date_ge": (today - timedelta(days=back)).isoformat(), "end_date_lt": today.isoformat()}


def counted(shop: Any) -> list[Any]:
    """Orders of the days that are over, paid and not cancelled."""
    world = shop.sandbox.world
    today = vietnam_day(world.clock.now())
    orders = [o for o in world.orders("tiktok_shop") if vietnam_day(o.placed_at) < today]
    return [order for order in orders if order.paid_at and not order.cancelled_at]


def test_shop_figures_are_the_worlds_orders(busy: Any) -> None:
    """One interval, or one a day: the same sums."""
    path = "/analytics/202609/shop/performance"
    (whole,) = busy.ok("GET", path, **days(busy))["performance"]["intervals"]
    orders = counted(busy)
    assert whole["sales"]["gmv"] == {"amount": str(sum(o.goods_vnd for o in orders)), "currency": "VND"}
    assert whole["sales"]["orders_count"] == len(orders) == 29
    daily = busy.ok("GET", path, granularity="1D", **days(busy))["performance"]["intervals"]
    assert len(daily) == 18
    assert sum(int(one["sales"]["gmv"]["amount"]) for one in daily) == int(whole["sales"]["gmv"]["amount"])
    assert sum(one["sales"]["items_sold"] for one in daily) == whole["sales"]["items_sold"]


def test_products_come_by_what_they_sold(busy: Any) -> None:
    """Sorted and paged; the pieces of all add up; older versions say the same in a flat shape."""
    seen, token = [], ""
    while True:
        page = busy.ok("GET", PRODUCTS, page_size=4, page_token=token, sort_field="items_sold", **days(busy))
        seen += page["products"]
        token = page["next_page_token"]
        if not token:
            break
    sold = [row["total_performance"]["items_sold"] for row in seen]
    assert sold == sorted(sold, reverse=True)
    assert sum(sold) == sum(line.quantity for order in counted(busy) for line in order.lines)
    flat = busy.ok("GET", PRODUCTS.replace("202605", "202405"), page_size=100, sort_field="items_sold", **days(busy))
    assert [(row["id"], row["units_sold"]) for row in flat["products"]] == [
        (row["id"], row["total_performance"]["items_sold"]) for row in seen
    ]


def test_stars_are_counted_without_a_word(busy: Any) -> None:
    """Five rows, each star's count in the days asked for; no text and no name."""
    world = busy.sandbox.world
    today = vietnam_day(world.clock.now())
    for offer in world.offers("tiktok_shop"):
        path = f"/analytics/202509/shop_products/{offer.extra['product_id']}/performance"
        ratings = busy.ok("GET", path, **days(busy))["performance"]["ratings"]
        stars = [r.stars for r in world.reviews("tiktok_shop", offer.offer_id) if vietnam_day(r.created_at) < today]
        assert [(row["stars"], row["count"]) for row in ratings] == [
            (f"{number}_STAR", stars.count(number)) for number in (1, 2, 3, 4, 5)
        ]
        assert set(ratings[0]) == {"stars", "count", "percentage"}


def test_ids_of_skus_are_integers_here(busy: Any) -> None:
    """As the reference types them, against its own habit."""
    row = busy.ok("GET", "/analytics/202509/shop_skus/performance", page_size=1, **days(busy))["skus"][0]
    (offer, *_) = busy.sandbox.world.offers("tiktok_shop")
    assert (row["id"], row["product_id"]) == (offer.offer_id, offer.extra["product_id"])


def test_today_is_not_told_yet(busy: Any) -> None:
    """`latest_available_date` is yesterday, and asking beyond it is refused."""
    told = busy.ok("GET", PRODUCTS, page_size=1, **days(busy))
    today = vietnam_day(busy.sandbox.world.clock.now())
    assert told["latest_available_date"] == (today - timedelta(days=1)).isoformat()
    beyond = days(busy) | {"end_date_lt": (today + timedelta(days=1)).isoformat()}
    assert busy.get(PRODUCTS, page_size=1, **beyond)["code"] == 36009004
    assert busy.get(PRODUCTS, page_size=1, start_date_ge="1.10.2026", end_date_lt="2026-10-02")["code"] == 36009004
