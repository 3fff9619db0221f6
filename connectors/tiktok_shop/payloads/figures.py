"""Sales figures of products (Partner reference 6)."""

from connectors.endpoint import Answer, Payload, Rows
from connectors.tiktok_shop.payloads.kinds import Day, Paged


class PerformanceQuery(Payload):
    start_date_ge: str  # YYYY-MM-DD in the shop's own zone
    end_date_lt: str  # exclusive
    page_size: int
    page_token: str | None = None
    sort_field: str = "gmv"
    sort_order: str = "DESC"
    product_status_filter: str = "ALL"
    currency: str = "LOCAL"


class Performance(Answer):
    ignores = frozenset({
        "gmv", "orders", "sku_orders", "estimated_customers", "aov", "product_impressions", "product_clicks", "ctr",
        "add_cart_count", "add_cart_rate", "click_order_rate", "unique_product_impressions", "unique_clicks",
        "unique_ctr", "add_cart_users", "unique_atc_rate", "unique_click_order_rate", "gmv_incl_tax", "tax",
        "gross_merchandise_value", "shipping_fees", "refunds", "refunded_items", "refund_customers",
    })  # fmt: skip

    items_sold: int


class ProductFigures(Answer):
    ignores = frozenset({
        "seller_live_performance", "seller_video_performance", "seller_product_card_performance",
        "affiliate_total_performance", "affiliate_live_performance", "affiliate_video_performance",
        "shop_tab_performance",
    })  # fmt: skip

    id: str
    total_performance: Performance


class FiguresPage(Paged):
    ignores = frozenset({"total_count"})

    latest_available_date: Day
    products: Rows[ProductFigures]
