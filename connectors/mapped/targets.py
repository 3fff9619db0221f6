"""What a column of an office's own sheet can be, and the headings under which it is usually found.

The headings are no contract of anybody's: they only suggest, and a person decides. Sapo's and Nhanh's words are from their help pages
(read 2026-11-23); no real export of theirs, nor of Tiki's, was opened.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from catalog.text import search_key


class Shape(StrEnum):
    """What the rows of a sheet are."""

    ORDERS = "orders"  # lines of a marketplace's orders
    SALES = "sales"  # sold outside the marketplaces: receipts, or sums of a day or month


class Holds(StrEnum):
    """How a cell of a column is read."""

    TEXT = "text"
    IDENTITY = "identity"
    DAY = "day"
    NUMBER = "number"
    MONEY = "money"


FIGURES = frozenset({Holds.NUMBER, Holds.MONEY})


class Target(NamedTuple):
    """`title` says to a person what the column is to be."""

    name: str
    holds: Holds
    title: str
    headings: tuple[str, ...] = ()


AT = Target(
    "at", Holds.DAY, "ngày bán hoặc tháng", (
        "Ngày bán", "Ngày", "Thời gian", "Ngày chứng từ", "Ngày đặt hàng", "Ngày tạo đơn", "Ngày tạo", "Tháng", "Kỳ", "Date",
        "Month", "Created at",
    ),
)  # fmt: skip
SKU = Target("sku", Holds.TEXT, "mã SKU của gói hàng trong sổ đăng ký", (
    "Mã SKU", "SKU", "Mã hàng", "Mã hàng hóa", "Mã sản phẩm", "Seller SKU",
))  # fmt: skip
QUANTITY = Target("quantity", Holds.NUMBER, "số lượng", ("Số lượng", "Số lượng bán", "SL", "Quantity", "Qty"))
UNIT_PRICE = Target("unit_price", Holds.MONEY, "đơn giá", ("Đơn giá", "Giá bán", "Unit price", "Price"))
AMOUNT = Target("amount", Holds.MONEY, "thành tiền của dòng", (
    "Thành tiền", "Doanh thu thuần", "Doanh thu", "Doanh số", "Số tiền", "Amount", "Revenue", "Total",
))  # fmt: skip
STATUS = Target("status", Holds.TEXT, "trạng thái", ("Trạng thái", "Trạng thái đơn hàng", "Tình trạng", "Status"))

_SALES = (
    AT,
    AMOUNT,
    QUANTITY,
    UNIT_PRICE,
    Target("discount", Holds.MONEY, "chiết khấu của dòng", ("Chiết khấu", "Giảm giá", "Discount")),
    SKU,
    Target("product", Holds.TEXT, "mã sản phẩm OCOP trong sổ đăng ký", ("Mã OCOP", "Mã sản phẩm OCOP", "Product code")),
    Target("producer", Holds.TEXT, "mã chủ thể trong sổ đăng ký", ("Mã chủ thể", "Chủ thể", "Producer code")),
    Target("outlet", Holds.TEXT, "điểm bán", ("Điểm bán", "Cửa hàng", "Chi nhánh", "Kho", "Outlet", "Store", "Branch")),
    Target(
        "document", Holds.TEXT, "số hóa đơn", (
            "Mã hóa đơn", "Số hóa đơn", "Mã đơn hàng", "Mã đơn", "Số chứng từ", "Invoice", "Order code",
        ),
    ),
    Target(
        "document_discount", Holds.MONEY, "giảm giá của cả hóa đơn", ("Giảm giá hóa đơn", "Chiết khấu đơn hàng"),
    ),
    Target(
        "channel", Holds.TEXT, "kênh bán (đơn của sàn không tính vào đây)", (
            "Kênh bán", "Kênh bán hàng", "Nguồn bán hàng", "Nguồn đơn", "Nguồn", "Channel", "Source",
        ),
    ),
    STATUS,
)  # fmt: skip
_ORDERS = (
    Target("order", Holds.IDENTITY, "mã đơn hàng của sàn", ("Mã đơn hàng", "Mã đơn", "Order ID", "Order code", "Order number")),
    AT,
    STATUS,
    SKU,
    QUANTITY,
    UNIT_PRICE,
    AMOUNT,
    Target("name", Holds.TEXT, "tên hàng", ("Tên sản phẩm", "Tên hàng", "Product name")),
    Target("updated_at", Holds.DAY, "ngày cập nhật", ("Ngày cập nhật", "Updated at")),
    Target("province", Holds.TEXT, "tỉnh/thành nơi nhận", ("Tỉnh/Thành phố", "Tỉnh/Thành", "Province")),
)  # fmt: skip
TARGETS: Mapping[Shape, Mapping[str, Target]] = {
    Shape.SALES: {target.name: target for target in _SALES},
    Shape.ORDERS: {target.name: target for target in _ORDERS},
}


def suggested(headings: Iterable[str], shape: Shape) -> dict[str, str]:
    """Heading by target, where a heading is one of a target's usual ones; diacritics and case do not matter."""
    free = {search_key(heading): heading for heading in headings}
    found: dict[str, str] = {}
    for target in TARGETS[shape].values():
        key = next((key for name in target.headings if (key := search_key(name)) in free), None)
        if key is not None:
            found[target.name] = free.pop(key)
    if "amount" in found:  # the amount says it all
        found = {name: heading for name, heading in found.items() if name not in {"quantity", "unit_price"}} | (
            {"quantity": found["quantity"]} if shape is Shape.ORDERS and "quantity" in found else {}
        )
    return found
