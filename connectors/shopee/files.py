"""Files of Shopee's seller centre that can be read."""

from connectors.files.kind import FileKind, Stands
from connectors.files.table import Place, is_marked
from connectors.shopee import income_columns, order_columns
from connectors.shopee.income_file import read_incomes
from connectors.shopee.order_file import read_orders


def _is_income(place: Place) -> bool:
    return is_marked(place, income_columns.LAYOUT)


def _is_orders(place: Place) -> bool:
    return is_marked(place, order_columns.LAYOUT)


FILE_KINDS = (
    FileKind(
        "shopee.income", "shopee", "Shopee: báo cáo thu nhập đã phát hành", Stands.MONEY, _is_income, read_incomes
    ),
    FileKind("shopee.orders", "shopee", "Shopee: tệp đơn hàng (Order.all)", Stands.ORDERS, _is_orders, read_orders),
)
