"""Every bad cell by name, in one pass; and what becomes of its product."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from catalog.workbook import BadCell, RegisterReading

HEADINGS = ("Mã chủ thể", "Tên chủ thể", "Mã sản phẩm", "Tên sản phẩm", "Phân nhóm", "SKU", "Giá bán (đồng)", "Tồn kho")
TEA = ("CT-1", "HTX chè", "SP-1", "Chè tôm nõn", "Chè tươi, chè chế biến", "SP-1-200G", 185_000, 25)
HONEY = ("CT-2", "HTX ong", "SP-2", "Mật ong rừng", "food/honey_other", "SP-2-500G", 120_000, 10)

ReadRows = Callable[..., RegisterReading]
ReadCell = Callable[[str, Any], RegisterReading]


@pytest.mark.parametrize(
    ("heading", "value", "reason"),
    [
        ("Mã vạch", "4006381333930", "Mã vạch «4006381333930» sai chữ số kiểm tra (đúng ra là 1)."),
        ("Mã vạch", "8.936E+12", "Mã vạch «8.936E+12» phải gồm đúng 13 chữ số."),
        ("Khối lượng tịnh", 0.5, "«0.5» không chẵn g; hãy ghi cả đơn vị, ví dụ «200 g»."),
        ("Khối lượng tịnh", "nhẹ", "Không đọc được «nhẹ»; hãy ghi như «200 g»."),
        (
            "Ảnh",
            "C:\\anh\\che.jpg",
            "Ảnh phải là địa chỉ http(s) hoặc tên tệp nằm cạnh bảng này; nhiều ảnh cách nhau bằng dấu «;».",
        ),
        (
            "Ảnh",
            "../../etc/passwd",
            "Ảnh phải là địa chỉ http(s) hoặc tên tệp nằm cạnh bảng này; nhiều ảnh cách nhau bằng dấu «;».",
        ),
        ("Hạng sao", 2, "Hạng sao phải là 3, 4 hoặc 5; để trống nếu chưa được công nhận."),
        ("Hạng sao", "VietGAP", "Hạng sao phải là 3, 4 hoặc 5; để trống nếu chưa được công nhận."),
        ("Năm công nhận", 2025, "Có thông tin công nhận nhưng thiếu hạng sao."),
        ("Số giấy tờ", "01/TCB", "Có thông tin giấy tờ nhưng thiếu loại giấy tờ."),
        ("Loại giấy tờ", "Giấy khen", "Loại giấy tờ không có trong danh mục; xem trang «Danh mục» của tệp mẫu."),
        ("Ngày hết hạn", "31/02/2026", "Ngày này không có trong lịch."),
        ("Ngày hết hạn", "2/2026", "Ngày phải ghi theo dạng ngày/tháng/năm, ví dụ 26/06/2025."),
        ("Ngày hết hạn", 45_000, "Ngày phải ghi theo dạng ngày/tháng/năm, ví dụ 26/06/2025."),
        ("Ngày hết hạn", "31/12/9999", "Năm phải từ 1990 đến 2100; để trống nếu không có thời hạn."),
        ("Độ cồn", 0.35, "Độ cồn nhỏ hơn 1: nếu ô có định dạng phần trăm, hãy ghi số trên nhãn dạng chữ, ví dụ «35»."),
        ("Độ cồn", "nặng", "Độ cồn phải là một số, ví dụ 12,5."),
        ("Điểm", "90,123", "Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ."),
        (
            "Loại hình",
            "Tập đoàn",
            "Loại hình không có trong danh mục (hợp tác xã, doanh nghiệp, hộ kinh doanh, tổ hợp tác, cơ sở).",
        ),
        ("Mã số thuế", 460012345, "Mã số thuế phải có 10, 12 hoặc 13 chữ số (giữ số 0 ở đầu)."),
        ("Mô tả", "S¶n phÈm chÌ T©n C¬ng", "Chữ bị sai bảng mã; hãy lưu lại tệp gốc dạng .xlsx hoặc CSV UTF-8."),
        ("Mô tả", "Sáº£n pháº©m", "Chữ bị sai bảng mã; hãy lưu lại tệp gốc dạng .xlsx hoặc CSV UTF-8."),
        ("Mô tả", "Ch\ufffd", "Chữ bị sai bảng mã; hãy lưu lại tệp gốc dạng .xlsx hoặc CSV UTF-8."),
        ("Mô tả", "#N/A", "Ô đang báo lỗi công thức của Excel."),
        ("Mô tả", "=1+1", "Ô công thức chưa có kết quả; hãy mở bằng Excel, lưu lại, hoặc dán dạng giá trị."),
        (
            "Quy cách",
            date(2026, 10, 2),
            "Excel đã đổi ô này thành ngày tháng; hãy định dạng cột là Văn bản rồi ghi lại.",
        ),
        ("Quy cách", 1.5, "Ô này phải là chữ; hãy định dạng cột là Văn bản rồi ghi lại."),
        ("Tiềm năng 5 sao", "có lẽ", "Ghi «có» hoặc «không»."),
        ("Dài (mm)", 180, "Kích thước phải đủ ba chiều dài, rộng, cao."),
    ],
)
def test_each_kind_of_bad_cell(read_cell: ReadCell, heading: str, value: Any, reason: str) -> None:
    """The reason says what to write instead; the product waits, whole, until it is right."""
    reading = read_cell(heading, value)
    assert [bad.reason for bad in reading.bad_cells] == [reason]
    assert (reading.products, reading.held_back) == ((), ("SP-1",))


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        (2, None, "Thiếu mã sản phẩm; mã do văn phòng cấp."),
        (2, "SP 1", "Mã phải liền nhau, không dấu cách, không gạch chéo, dài nhất 64 ký tự."),
        (3, None, "Ô bắt buộc đang trống."),
        (4, "Ẩm thực", "Phân nhóm không có trong danh mục; xem trang «Danh mục» của tệp mẫu."),
        (0, None, "Thiếu mã chủ thể."),
        (1, None, "Ô bắt buộc đang trống."),
        (5, None, "Thiếu SKU của quy cách này."),
        (5, "sp-1", "SKU chỉ gồm chữ in hoa không dấu, chữ số, «.», «_», «-»; dài 2 đến 64 ký tự."),
        (6, 0, "Giá phải lớn hơn 0; để trống nếu chưa biết."),
        (6, 185_000.5, "«185000.5» có phần lẻ của đồng."),
        (6, "350-400 nghìn", "Không đọc được «350-400 nghìn» thành một số tiền."),
        (7, -1, "Tồn kho phải từ 0 đến 1000000000."),
        (7, 2.5, "Tồn kho phải là số nguyên."),
    ],
)
def test_each_mandatory_cell(read_rows: ReadRows, place: int, value: Any, reason: str) -> None:
    """A missing or wrong key cell is named by sheet, row and heading; other products go in."""
    tea = [*TEA]
    tea[place] = value
    reading = read_rows(HEADINGS, HONEY, tea)
    assert reason in [bad.reason for bad in reading.bad_cells]
    bad = next(bad for bad in reading.bad_cells if bad.reason == reason)
    assert (bad.sheet, bad.row, bad.column) == ("Sản phẩm", 3, HEADINGS[place])
    assert [product.code for product in reading.products] == ["SP-2"]


def test_all_bad_cells_in_one_pass(read_rows: ReadRows) -> None:
    """One reading lists everything: the office corrects once."""
    reading = read_rows(
        ("Danh sách OCOP",),
        HEADINGS,
        (*TEA[:6], "liên hệ", "nhiều"),
        HONEY,
        ("CT-2", "HTX khác", "SP-3", "Sáp ong", "food/honey_other", "SP-2-500G", "1.234,5", 1),
    )
    assert reading.bad_cells == (
        BadCell("Sản phẩm", 3, "Giá bán (đồng)", "liên hệ", "Không đọc được «liên hệ» thành một số tiền."),
        BadCell("Sản phẩm", 3, "Tồn kho", "nhiều", "Tồn kho phải là số nguyên."),
        BadCell("Sản phẩm", 5, "Giá bán (đồng)", "1.234,5", "«1.234,5» có phần lẻ của đồng."),
        BadCell("Sản phẩm", 5, "Tên chủ thể", "HTX khác", "Khác với dòng trước của cùng mã: «HTX ong»."),
        BadCell("Sản phẩm", 5, "SKU", "SP-2-500G", "SKU này đã thuộc sản phẩm SP-2."),
    )
    assert [product.code for product in reading.products] == ["SP-2"]
    assert reading.held_back == ("SP-1", "SP-3")


def test_a_product_is_taken_whole_or_not(read_rows: ReadRows) -> None:
    """One bad pack holds back its product: a register never sees half of one."""
    second = (None, None, "SP-1", None, None, "SP-1-500G", "rẻ", 3)
    reading = read_rows(HEADINGS, TEA, second, HONEY)
    assert reading.held_back == ("SP-1",)
    assert [product.code for product in reading.products] == ["SP-2"]


def test_disagreeing_rows(read_rows: ReadRows) -> None:
    """Two rows of one code that say different things are both shown, the later one as wrong."""
    later = ("CT-2", "HTX ong", "SP-1", "Chè đinh", None, "SP-1-200G", 200_000, None)
    reading = read_rows(HEADINGS, TEA, HONEY, later)
    assert [(bad.column, bad.value, bad.reason) for bad in reading.bad_cells] == [
        ("Tên sản phẩm", "Chè đinh", "Khác với dòng trước của cùng mã: «Chè tôm nõn»."),
        ("Mã chủ thể", "CT-2", "Khác với dòng trước của cùng mã: «CT-1»."),
        ("Giá bán (đồng)", "200000", "Khác với dòng trước của cùng mã: «185000»."),
    ]


def test_a_long_value_is_shown_short(read_rows: ReadRows) -> None:
    """The list of faults stays readable when a cell holds a novel."""
    reading = read_rows(HEADINGS, (*TEA[:6], "x" * 10_000, 1))
    assert reading.bad_cells[0].value == "x" * 120 + "…"


def test_a_hostile_name_is_read_harmlessly(read_rows: ReadRows) -> None:
    """Markup is a name like any other; unseen characters go; length is nobody's fault here."""
    name = "<img src=x onerror=alert(1)>\u202e" + "đ" * 10_000
    (product,) = read_rows(HEADINGS, (*TEA[:3], name, *TEA[4:])).products
    assert product.name == "<img src=x onerror=alert(1)>" + "đ" * 10_000
