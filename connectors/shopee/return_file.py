"""Shopee's export of returns (`Order.return_refund…`, an .xls that is really .xlsx): which pieces of which order came back.

No Vietnamese heading of it was found in any public source (read 2026-11-24): the names here are the order export's words for the
same things, to be checked with a first real file. A heading that is neither known nor harmless stops the import, as everywhere.
"""

from collections.abc import Iterator
from typing import Any

from catalog.money import format_dong
from connectors.files.book import Book
from connectors.files.kind import Content, Return
from connectors.files.rows import row_reader
from connectors.files.table import Column, Layout, Place, Table, open_table
from connectors.files.values import identity, pieces, plain_dong
from connectors.shopee import order_columns
from connectors.shopee.order_rows import GRANTED, REFUSED

REQUEST = ("Mã yêu cầu Trả hàng/Hoàn tiền", "Mã yêu cầu hoàn tiền")
STATUS = ("Trạng thái Trả hàng/Hoàn tiền", "Tình trạng Trả hàng / Hoàn tiền")
COLUMNS = (
    Column("request", REQUEST),
    Column("order", ("Mã đơn hàng",)),
    Column("sku", ("SKU phân loại hàng",)),
    Column("pieces", ("Số lượng sản phẩm được hoàn trả",)),
    Column("status", STATUS),
    Column("refund", ("Số tiền hoàn lại",)),
)
LEFT_OUT = order_columns.LEFT_OUT | order_columns.LAYOUT.names() | {"Lý do trả hàng", "Ngày yêu cầu", "Ngày hoàn tiền"}
LAYOUT = Layout(
    COLUMNS,
    LEFT_OUT - Layout(COLUMNS).names(),
    tuple(frozenset({request, status, "Mã đơn hàng"}) for request in REQUEST for status in STATUS),
)
READER = row_reader(
    COLUMNS,
    {**dict.fromkeys(("request", "order"), identity), "pieces": pieces, "refund": plain_dong},
    "request",
    "order",
    "pieces",
)


def read_returns(_book: Book, place: Place) -> Content:
    content = Content()
    content.returns = _returns(open_table(place, LAYOUT), content)
    return content


def _returns(table: Table, content: Content) -> Iterator[Return]:
    """Granted ones; an order's request and pack may stand in several rows."""
    refund_vnd, waiting = 0, 0
    for number, cells in table.rows():
        content.rows += 1
        row = READER.read(number, cells)
        if _is_granted(row):
            refund_vnd += row["refund"]
            yield Return(order_external_id=row["order"], sku=row["sku"], quantity=row["pieces"])
        else:
            waiting += 1
    if refund_vnd:
        content.notes.say(f"Đã hoàn cho người mua {format_dong(refund_vnd)}; tiền được tính từ báo cáo thu nhập.")
    if waiting:
        content.notes.say(f"{waiting} dòng bị từ chối hoặc chưa xử lý xong: chưa tính là trả hàng.")
    content.notes.not_read(table.dropped)


def _is_granted(row: dict[str, Any]) -> bool:
    return bool(GRANTED.search(row["status"])) and not REFUSED.search(row["status"])
