"""Shopee's product performance (`parentskudetail`) and product overview: read, checked, and told; nothing of them is stored.

They are attributed figures of a period that no column names, and count orders that order files already hold (public data
dictionaries of 2026, read 2026-11-24; no real export was opened). Products are rows whose variant is `-`, with totals of the rows of
their variants below; both grains together would count twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.figures import figure, told
from connectors.files.kind import Content, at_row
from connectors.files.rows import row_reader
from connectors.files.table import Column, Layout, Place, open_table
from connectors.files.values import identity, moment

DAY_FORMS = ("%d-%m-%Y", "%H:%M %d-%m-%Y")
PRODUCT_ROW = frozenset({"", "-"})  # what stands for the variant in a product's own row
PLACED, CONFIRMED = "Doanh số (Đơn đã đặt) (VND)", "Doanh số (Đơn đã xác nhận) (VND)"
SUMS = ("placed", "confirmed", "pieces")

PRODUCT_COLUMNS = (
    Column("item", ("Mã sản phẩm",)),
    Column("variant", ("Mã phân loại hàng",)),
    Column("sku", ("SKU phân loại",)),
    Column("placed", (PLACED,)),
    Column("confirmed", (CONFIRMED,)),
    Column("pieces", ("Sản phẩm (Đơn đã xác nhận)",)),
)
PRODUCTS = Layout(
    PRODUCT_COLUMNS,
    frozenset({
        "Sản phẩm", "Tình trạng sản phẩm hiện tại", "Tên Phân Loại", "Trạng thái phân loại sản phẩm hiện tại", "SKU sản phẩm",
        "Lượt xem sản phẩm", "Lượt nhấp vào sản phẩm", "CTR", "Tỷ lệ chuyển đổi đơn (Đơn đã đặt)",
        "Tỷ lệ chuyển đổi đơn (Đơn đã xác nhận)", "Đơn hàng đã đặt", "Đơn đã xác nhận", "Sản phẩm (Đơn đã đặt)",
        "Người mua đã đặt hàng", "Người mua có đơn đã xác nhận", "Tỷ lệ chuyển đổi (Đơn đã đặt)",
        "Tỷ lệ chuyển đổi (Đơn đã xác nhận)", "Doanh thu trên mỗi đơn (Đơn đã đặt) (VND)",
        "Doanh thu trên mỗi đơn (Đơn đã xác nhận) (VND)", "Lượt hiển thị sản phẩm duy nhất", "Lượt nhấp sản phẩm duy nhất",
        "Lượt truy cập sản phẩm", "Lượt xem trang sản phẩm", "Số lượng khách thoát trang sản phẩm",
        "Tỷ lệ thoát Trang sản phẩm", "Lượt click từ Trang tìm kiếm", "Lượt thích",
        "Lượt truy cập sản phẩm (Thêm vào giỏ hàng)", "Sản phẩm (Thêm vào giỏ hàng)",
        "Tỷ lệ chuyển đổi (theo lượt thêm vào giỏ hàng)", "Tỷ lệ mua lại (Đơn đã đặt)",
        "Tỷ lệ đặt hàng lặp lại (Đơn hàng đã được xác nhận)",
        "Số ngày trung bình mà Người mua quay lại đặt hàng (Đơn đã đặt)",
        "Số ngày trung bình để lặp lại đơn hàng (Đơn hàng đã được xác nhận)",
    }),
    (frozenset({"Mã sản phẩm", "SKU phân loại", CONFIRMED}),),
)  # fmt: skip
OVERVIEW_COLUMNS = (
    Column("day", ("Ngày",)),
    Column("placed", (PLACED,)),
    Column("confirmed", (CONFIRMED,)),
    Column("pieces", ("Sản phẩm (Đơn đã xác nhận)",)),
)
OVERVIEW = Layout(
    OVERVIEW_COLUMNS,
    frozenset({
        "Lượt truy cập sản phẩm", "Lượt xem trang sản phẩm", "Sản phẩm được truy cập", "Số lượng khách thoát trang sản phẩm",
        "Tỷ lệ thoát Trang sản phẩm", "Lượt click từ Trang tìm kiếm", "Lượt thích",
        "Lượt truy cập sản phẩm (Thêm vào giỏ hàng)", "Sản phẩm (Thêm vào giỏ hàng)",
        "Tỷ lệ chuyển đổi (theo lượt thêm vào giỏ hàng)", "Người mua đã đặt hàng", "Sản phẩm (Đơn đã đặt)",
        "Số sản phẩm đã bán", "Tỷ lệ chuyển đổi (Đơn đã đặt)", "Người mua có đơn đã xác nhận", "Sản phẩm được duyệt",
        "Tỷ lệ chuyển đổi (Đơn đã xác nhận)", "Tỷ lệ chuyển đổi (Từ Đơn đã đặt thành Đơn đã xác nhận)",
    }),
    (frozenset({"Ngày", "Lượt truy cập sản phẩm", PLACED}),),
)  # fmt: skip


def _moment(cell: Cell) -> datetime | None:
    return moment(cell, *DAY_FORMS)


_FIGURES = dict.fromkeys(SUMS, figure)
PRODUCT_READER = row_reader(PRODUCT_COLUMNS, {"item": identity, "variant": identity, **_FIGURES}, "item")
DAY_READER = row_reader(OVERVIEW_COLUMNS, {"day": _moment, **_FIGURES}, "day")
Row = dict[str, Any]


def read_products(_book: Book, place: Place) -> Content:
    """Product rows are held against the rows of their variants."""
    content = Content()
    products: dict[str, Row] = {}
    variants: dict[str, list[Row]] = defaultdict(list)
    for number, cells in open_table(place, PRODUCTS).rows():
        content.rows += 1
        row = PRODUCT_READER.read(number, cells)
        if row["variant"] not in PRODUCT_ROW:
            variants[row["item"]].append(row)
        elif row["item"] in products:
            raise at_row(number, PRODUCT_READER.heading("item"), ValueError("sản phẩm có hai dòng tổng"))
        else:
            products[row["item"]] = row
    for item, row in products.items():
        parts = variants[item]
        if parts and any(sum(part[name] for part in parts) != row[name] for name in SUMS):
            content.notes.say(f"Sản phẩm {item}: các phân loại cộng lại khác dòng của sản phẩm.")
    content.notes.say(told(f"{len(products)} sản phẩm", *_sums(products.values())))
    return content


def read_overview(_book: Book, place: Place) -> Content:
    """Days, or the hours of one day; one that stands twice stops the file."""
    content = Content()
    days: dict[datetime, Row] = {}
    for number, cells in open_table(place, OVERVIEW).rows():
        content.rows += 1
        row = DAY_READER.read(number, cells)
        if row["day"] in days:
            raise at_row(number, DAY_READER.heading("day"), ValueError("có hai dòng cho cùng một ngày giờ"))
        days[row["day"]] = row
    content.notes.say(told(f"{len(days)} dòng ngày giờ", *_sums(days.values())))
    return content


def _sums(rows: Iterable[Row]) -> tuple[int, int]:
    """Pieces and sales of confirmed orders."""
    kept = list(rows)
    return sum(row["pieces"] for row in kept), sum(row["confirmed"] for row in kept)
