"""Files of Shopee's seller centre that can be read."""

from collections.abc import Callable

from connectors.files.kind import FileKind, Stands
from connectors.files.table import Layout, Place, is_marked
from connectors.shopee import income_columns, order_columns, performance_file, return_file, wallet_file
from connectors.shopee.income_file import read_incomes
from connectors.shopee.order_file import read_orders
from connectors.shopee.performance_file import read_overview, read_products
from connectors.shopee.return_file import read_returns
from connectors.shopee.wallet_file import read_wallet


def _laid_out(layout: Layout) -> Callable[[Place], bool]:
    return lambda place: is_marked(place, layout)


_INCOME, _ORDERS, _WALLET = map(_laid_out, (income_columns.LAYOUT, order_columns.LAYOUT, wallet_file.LAYOUT))
_RETURNS = _laid_out(return_file.LAYOUT)
_PRODUCTS, _OVERVIEW = map(_laid_out, (performance_file.PRODUCTS, performance_file.OVERVIEW))

FILE_KINDS = (
    FileKind("shopee.income", "shopee", "Shopee: báo cáo thu nhập đã phát hành", Stands.MONEY, _INCOME, read_incomes),
    FileKind(
        "shopee.wallet", "shopee", "Shopee: giao dịch ví (Transaction Report)", Stands.MONEY, _WALLET, read_wallet
    ),
    FileKind("shopee.orders", "shopee", "Shopee: tệp đơn hàng (Order.all)", Stands.ORDERS, _ORDERS, read_orders),
    FileKind("shopee.returns", "shopee", "Shopee: đơn trả hàng/hoàn tiền", Stands.ESTIMATES, _RETURNS, read_returns),
    FileKind("shopee.product_perf", "shopee", "Shopee: hiệu quả sản phẩm", Stands.OTHER, _PRODUCTS, read_products),
    FileKind(
        "shopee.overview", "shopee", "Shopee: tổng quan sản phẩm theo ngày", Stands.OTHER, _OVERVIEW, read_overview
    ),
)
