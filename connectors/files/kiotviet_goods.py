"""KiotViet's list of goods (public code that reads the export, read 2026-11-24; no real export was opened): which code is a unit of
which other.

A row that names a base code is another unit of the same goods (a box of ten), so that what a till sold of it belongs to the product
of the base. Prices and stock of the counter are told and stored nowhere: the office's register says what is sold at which price.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.errors import FileError
from connectors.files.kind import Content, FileKind, Good, Stands, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Column, Layout, Place, Table, is_marked, open_table
from connectors.files.values import plain_dong, text

GROUP = ("Nhóm hàng(3 Cấp)", "Nhóm hàng (3 Cấp)", "Nhóm hàng")
SERVICE = "Dịch vụ"

COLUMNS = (
    Column("kind", ("Loại hàng",), is_needed=False),
    Column("code", ("Mã hàng",)),
    Column("name", ("Tên hàng",)),
    Column("price", ("Giá bán", "Giá bán trước thuế")),
    Column("stock", ("Tồn kho",)),
    Column("base", ("Mã ĐVT Cơ bản",), is_needed=False),
    Column("factor", ("Quy đổi",), is_needed=False),
)
LEFT_OUT = frozenset({
    *GROUP, "Mã vạch", "Thương hiệu", "Giá vốn", "KH đặt", "Dự kiến hết hàng", "Tồn nhỏ nhất", "Tồn lớn nhất", "ĐVT", "Thuộc tính",
    "Mã HH Liên quan", "Hình ảnh (url1,url2...)", "Sử dụng Imei", "Trọng lượng", "Tích điểm", "Đang kinh doanh",
    "Được bán trực tiếp", "Mô tả", "Mẫu ghi chú", "Vị trí", "Hàng thành phần", "Bảo hành", "Bảo trì định kỳ", "Thời gian tạo",
})  # fmt: skip
LAYOUT = Layout(COLUMNS, LEFT_OUT, tuple(frozenset({"Mã hàng", "Tên hàng", group, "Tồn kho"}) for group in GROUP))


def _number(cell: Cell) -> Decimal:
    """A count that may be a part, as of goods by weight; nothing is 0."""
    written = text(cell)
    try:
        return Decimal(written or "0")
    except ArithmeticError:
        raise ValueError("không phải số") from None


READER = row_reader(
    COLUMNS,
    {"price": plain_dong, "stock": _number, "factor": _number},
    "code",
    "name",
)


def read_goods(_book: Book, place: Place) -> Content:
    content = Content()
    content.goods = _goods(open_table(place, LAYOUT), content)
    return content


def _goods(table: Table, content: Content) -> Iterator[Good]:
    """Goods, not services. Raises FileError when a code stands twice, or a base code is not in the file."""
    found: dict[str, Good] = {}
    for number, cells in table.rows():
        content.rows += 1
        row = READER.read(number, cells)
        if row["kind"] == SERVICE:
            continue
        if row["code"] in found:
            raise at_row(number, READER.heading("code"), ValueError("mã hàng có hai dòng"))
        found[row["code"]] = _good(number, row)
    for good in found.values():
        if good.base and good.base not in found:
            raise FileError(
                f"Mã hàng {good.code} là đơn vị của {good.base}, nhưng tệp không có mã đó: hãy tải lại đủ danh sách."
            )
    content.notes.not_read(table.dropped)
    yield from found.values()


def _good(number: int, row: dict[str, Any]) -> Good:
    is_unit = bool(row["base"]) and row["base"] != row["code"]
    if is_unit and row["factor"] <= 0:
        raise at_row(number, READER.heading("factor"), ValueError("phải lớn hơn 0 ở một đơn vị quy đổi"))
    return Good(code=row["code"], base=row["base"] if is_unit else "", price_vnd=row["price"], stock=row["stock"])


def _is_mine(place: Place) -> bool:
    return is_marked(place, LAYOUT)


FILE_KINDS = (
    FileKind("kiotviet.products", "kiotviet", "KiotViet: danh sách hàng hóa", Stands.ORDERS, _is_mine, read_goods),
)
