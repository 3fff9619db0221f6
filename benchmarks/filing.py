"""Importing an order file of sixty columns into an empty database, against readers that do nothing with the cells."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from benchmarks.places import application, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.sizes import Size
from jobs.imports import import_file
from jobs.shops import add_shop
from models import OrderLine
from sandbox.exports.book import Sheet, Value, write_book
from sandbox.exports.shopee_orders import HEADINGS

TARGET = Target(0.40)
TOLD = Target(None)
SKUS = 200
MONEY = ("Giá gốc", "Giá ưu đãi", "Tổng số tiền Người mua thanh toán", "Tổng số tiền người mua thanh toán")
FEES = ("Phí cố định", "Phí Dịch Vụ", "Phí xử lý giao dịch")
MOMENTS = (
    "Ngày gửi hàng",
    "Thời gian giao hàng",
    "Thời gian hoàn thành đơn hàng",
    "Thời gian đơn hàng được thanh toán",
)


def races(size: Size) -> Iterator[Race]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Order.all.xlsx"
        write_book(path, [Sheet("orders", [list(HEADINGS), *map(_row, range(size.filed_rows))])])
        yield Race(
            what="import an order file of 62 columns",
            unit="rows/s",
            amount=size.filed_rows,
            leaves={"rows": size.filed_rows},
            ours=partial(_importing, path),
            floors=(
                Floor("calamine, cells only", partial(_with_calamine, path), TARGET),
                Floor("openpyxl, cells only", partial(_with_openpyxl, path), TOLD),
            ),
        )


def _row(number: int) -> list[Value]:
    """Every third order has two lines."""
    order = number * 3 // 4
    given: dict[str, Value] = dict.fromkeys(HEADINGS, "0.00")
    given |= (
        dict.fromkeys(MONEY, "165000.00") | dict.fromkeys(FEES, "11550.00") | dict.fromkeys(MOMENTS, "2026-04-05 10:00")
    )
    given |= {
        "Mã đơn hàng": f"260401{order:08}",
        "Ngày đặt hàng": f"2026-04-{1 + order % 28:02} {order % 24:02}:{order % 60:02}",
        "Trạng Thái Đơn Hàng": "Hoàn thành",
        "Trạng thái Trả hàng/Hoàn tiền": None,
        "SKU phân loại hàng": f"CHE-{number % SKUS}",
        "Tên sản phẩm": "Trà đinh Tân Cương thượng hạng",
        "Số lượng": 1,
        "Số lượng sản phẩm được hoàn trả": 0,
        "Địa chỉ nhận hàng": f"Số {number} đường Không Có",
    }
    return [given[name] for name in HEADINGS]


def _importing(path: Path) -> Lap:
    with fresh_sqlite() as url, application(url) as app:
        add_shop(app, "tra", "shopee", "1")
        started = time.perf_counter()
        import_file(app, path)
        seconds = time.perf_counter() - started
        with app.database.session() as session:
            return Lap(seconds, {"rows": session.scalar(select(func.count(OrderLine.id))) or 0})


def _with_calamine(path: Path) -> Lap:
    started = time.perf_counter()
    rows = sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    return Lap(time.perf_counter() - started, {"rows": rows - 1})


def _with_openpyxl(path: Path) -> Lap:
    started = time.perf_counter()
    book = load_workbook(path, read_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = sum(1 for _ in sheet.iter_rows(values_only=True))
    book.close()
    return Lap(time.perf_counter() - started, {"rows": rows - 1})
