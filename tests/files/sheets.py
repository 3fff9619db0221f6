"""Order files made by hand: one honest row, changed where a test says so."""

from pathlib import Path

from connectors.facts.order import Income, Order
from connectors.files.book import open_book
from connectors.files.kind import Content
from connectors.files.kinds import recognise
from sandbox.exports.book import Sheet, Value, write_book
from sandbox.exports.shopee_income import HEADINGS as INCOME_HEADINGS
from sandbox.exports.shopee_orders import HEADINGS

ORDER: dict[str, Value] = {
    "Mã đơn hàng": "260401KW474ETA",
    "Ngày đặt hàng": "2026-04-01 09:30",
    "Trạng Thái Đơn Hàng": "Hoàn thành",
    "SKU sản phẩm": "CHE",
    "SKU phân loại hàng": "CHE-200",
    "Tên sản phẩm": "Chè Tân Cương",
    "Giá gốc": "180000.00",
    "Giá ưu đãi": "165000.00",
    "Số lượng": 2,
    "Số lượng sản phẩm được hoàn trả": 0,
    "Tổng số tiền Người mua thanh toán": "330000.00",
    "Tổng số tiền người mua thanh toán": "345000.00",
    "Mã giảm giá của Shop": "10000.00",
    "Thời gian hoàn thành đơn hàng": "2026-04-06 10:00",
    "Thời gian đơn hàng được thanh toán": "2026-04-01 09:31",
    "Phí cố định": "23100.00",
    "Phí Dịch Vụ": "12900.00",
    "Phí xử lý giao dịch": "16000.00",
    "Tỉnh/Thành phố": "Thái Nguyên",
    "Tên Người nhận": "Người Nhận 000001",
    "Số điện thoại": "84912345678",
}
INCOME: dict[str, Value] = {
    "Đơn hàng / Sản phẩm": "Order",
    "Mã đơn hàng": "260401KW474ETA",
    "Ngày hoàn thành thanh toán": "2026-04-08",
    "Tổng tiền đã thanh toán": 271_000,
    "Giá sản phẩm": 330_000,
    "Mã ưu đãi do Người Bán chịu": -10_000,
    "Phí cố định": "-23100",
    "Phí Dịch Vụ": -9_900,
    "Phí xử lý giao dịch": -16_000,
    "Thuế GTGT": "-",
}


def order_file(path: Path, *rows: dict[str, Value], headings: tuple[str, ...] = HEADINGS) -> Path:
    write_book(path, [Sheet("orders", [list(headings), *([row.get(name) for name in headings] for row in rows)])])
    return path


def income_file(
    path: Path, *rows: dict[str, Value], headings: tuple[str, ...] = INCOME_HEADINGS, beside: tuple[Sheet, ...] = ()
) -> Path:
    head: list[list[Value]] = [["Thông tin đơn hàng"], [], list(headings)]
    write_book(path, [*beside, Sheet("Doanh thu", [*head, *([row.get(name) for name in headings] for row in rows)])])
    return path


def content(path: Path) -> tuple[list[Order], list[Income], Content]:
    with open_book(path) as book:
        kind, place = recognise(book)
        found = kind.read(book, place)
        facts = list(found.orders), list(found.incomes)
        found.statements = iter(list(found.statements))
        return *facts, found
