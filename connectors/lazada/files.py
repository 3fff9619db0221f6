"""Files of Lazada's seller centre that can be read."""

from connectors.files.kind import FileKind, Stands
from connectors.files.table import Place, is_marked
from connectors.lazada.file_columns import FINANCE_LAYOUT, ORDER_LAYOUT
from connectors.lazada.income_file import read_finance
from connectors.lazada.order_file import read_orders


def _is_finance(place: Place) -> bool:
    return is_marked(place, FINANCE_LAYOUT)


def _is_orders(place: Place) -> bool:
    return is_marked(place, ORDER_LAYOUT)


FILE_KINDS = (
    FileKind("lazada.orders", "lazada", "Lazada: đơn hàng", Stands.ORDERS, _is_orders, read_orders),
    FileKind("lazada.finance", "lazada", "Lazada: giao dịch tài chính", Stands.MONEY, _is_finance, read_finance),
)
