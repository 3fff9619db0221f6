"""Files of TikTok Shop's seller centre that can be read."""

from connectors.files.kind import FileKind, Stands
from connectors.files.table import Place, is_marked
from connectors.tiktok_shop.analytics_file import ANALYTICS, read_analytics
from connectors.tiktok_shop.file_columns import ORDER_LAYOUT, SETTLED_LAYOUT, UNSETTLED_LAYOUT
from connectors.tiktok_shop.income_file import read_settled
from connectors.tiktok_shop.order_file import read_orders
from connectors.tiktok_shop.unsettled_file import read_unsettled


def _is_settled(place: Place) -> bool:
    return is_marked(place, SETTLED_LAYOUT)


def _is_unsettled(place: Place) -> bool:
    return is_marked(place, UNSETTLED_LAYOUT)


def _is_orders(place: Place) -> bool:
    return is_marked(place, ORDER_LAYOUT)


def _is_analytics(place: Place) -> bool:
    return is_marked(place, ANALYTICS)


FILE_KINDS = (
    FileKind(
        "tiktok.unsettled",
        "tiktok_shop",
        "TikTok Shop: đơn chưa quyết toán",
        Stands.ESTIMATES,
        _is_unsettled,
        read_unsettled,
    ),
    FileKind(
        "tiktok.settled", "tiktok_shop", "TikTok Shop: thu nhập đã quyết toán", Stands.MONEY, _is_settled, read_settled
    ),
    FileKind("tiktok.orders", "tiktok_shop", "TikTok Shop: tất cả đơn hàng", Stands.ORDERS, _is_orders, read_orders),
    FileKind(
        "tiktok.product_analytics",
        "tiktok_shop",
        "TikTok Shop: phân tích sản phẩm",
        Stands.OTHER,
        _is_analytics,
        read_analytics,
    ),
)
