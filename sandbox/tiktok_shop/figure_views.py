"""Figures as the analytics pages show them, and in their older, flat shape (Partner Center analytics pages, read 2026-11-23)."""

from datetime import date
from typing import Any

from sandbox.tiktok_shop import money
from sandbox.tiktok_shop.figures import Figures

CLICKS_A_VIEW = 20  # one view in so many is a click


def interval(figures: Figures, span: tuple[date, date]) -> dict[str, Any]:
    sales = {
        "gmv": money.amount(figures.gmv_vnd),
        "orders_count": len(figures.orders),
        "sku_orders_count": figures.sku_orders,
        "items_sold": figures.items,
        "customers_count": len(figures.orders),
        "cancellations_and_returns": figures.cancelled + figures.refunded_items,
        "refunds": money.amount(figures.refunded_vnd),
    }
    traffic = {"product_impressions": figures.views, "product_clicks": figures.views // CLICKS_A_VIEW}
    days = {"start_date": span[0].isoformat(), "end_date": span[1].isoformat()}
    return days | {"sales": sales, "traffic": traffic | {"avg_page_views": figures.views // (span[1] - span[0]).days}}


def nested(figures: Figures) -> dict[str, Any]:
    clicks = figures.views // CLICKS_A_VIEW
    return {
        "gmv": money.amount(figures.gmv_vnd),
        "orders": len(figures.orders),
        "sku_orders": figures.sku_orders,
        "items_sold": figures.items,
        "estimated_customers": len(figures.orders),
        "product_impressions": figures.views,
        "product_clicks": clicks,
        "ctr": rate(clicks, figures.views),
        "refunds": money.amount(figures.refunded_vnd),
        "refunded_items": figures.refunded_items,
    }


def flat(figures: Figures) -> dict[str, Any]:
    told = {"gmv": money.amount(figures.gmv_vnd), "orders": len(figures.orders), "units_sold": figures.items}
    return told | {"click_through_rate": rate(figures.views // CLICKS_A_VIEW, figures.views)}


def rate(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "0.0000"
