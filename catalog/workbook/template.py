"""The empty register an office starts from: headings, lists to choose from, and an explanation of every column."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from catalog.reference import document_kinds, sub_groups
from catalog.workbook.columns import COLUMNS, Column, Part

_MANDATORY, _OPTIONAL = (PatternFill("solid", fgColor=colour) for colour in ("F8CBAD", "DDEBF7"))
_LAST_ROW = 20_000
_TEXT_FORMAT = "@"  # codes keep their leading zeros
_TEXT_FIELDS = frozenset({"code", "sku", "gtin", "tax_code", "decision_no", "certificate_no", "number"})
_PRODUCER_KINDS = ("Hợp tác xã", "Doanh nghiệp", "Hộ kinh doanh", "Tổ hợp tác", "Cơ sở", "Cộng đồng du lịch")
_HOW_TO = (
    "Mỗi dòng là một quy cách của một sản phẩm, kèm nhiều nhất một lần công nhận và một giấy tờ.",
    "Quy cách, lần công nhận hay giấy tờ khác của cùng sản phẩm ghi ở dòng khác, cùng mã sản phẩm; ô giống dòng trước có thể để trống.",
    "Để trống khi chưa biết: không ghi số 0, không đoán. Một ô sai giữ lại cả sản phẩm cho đến khi sửa xong.",
)


def write_template(path: Path, on: date) -> None:
    """Write the empty workbook with the lists in force on that day. Reading it back gives no product and no bad cell."""
    book = Workbook()
    register = book.active
    lists, help_sheet = book.create_sheet("Danh mục"), book.create_sheet("Giải thích")
    _write_headings(register)
    _write_lists(register, lists, on)
    _write_help(help_sheet)
    book.save(path)


def _write_headings(sheet: Any) -> None:
    sheet.title = "Sản phẩm"
    sheet.freeze_panes = "A2"
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row=1, column=place, value=column.heading_vi)
        cell.font, cell.fill = Font(bold=True), _MANDATORY if column.is_mandatory else _OPTIONAL
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = 18
        if column.field in _TEXT_FIELDS:
            sheet.column_dimensions[get_column_letter(place)].number_format = _TEXT_FORMAT


def _write_lists(register: Any, lists: Any, on: date) -> None:
    choices: dict[tuple[str, str], Iterable[str]] = {
        (Part.PRODUCT, "sub_group"): (row.name_vi for row in sub_groups(on)),
        (Part.PRODUCER, "kind"): _PRODUCER_KINDS,
        (Part.DOCUMENT, "kind"): (row.name_vi for row in document_kinds(on)),
    }
    for place, (key, names) in enumerate(choices.items(), start=1):
        column = next(c for c in COLUMNS if c.key == key)
        listed = [column.heading_vi, *names]
        for row, name in enumerate(listed, start=1):
            lists.cell(row=row, column=place, value=name)
        letter = get_column_letter(place)
        lists.column_dimensions[letter].width = 60
        _offer(register, column, f"'Danh mục'!${letter}$2:${letter}${len(listed)}")
    _offer(register, next(c for c in COLUMNS if c.field == "stars"), '"3,4,5"')


def _offer(register: Any, column: Column, choices: str) -> None:
    letter = get_column_letter(COLUMNS.index(column) + 1)
    validation = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    validation.error, validation.errorTitle = "Hãy chọn một mục trong danh sách.", column.heading_vi
    register.add_data_validation(validation)
    validation.add(f"{letter}2:{letter}{_LAST_ROW}")


def _write_help(sheet: Any) -> None:
    for sentence in _HOW_TO:
        sheet.append([sentence])
    sheet.append([])
    sheet.append(["Tên cột", "Bắt buộc", "Ghi gì vào đó", "Ví dụ"])
    for column in COLUMNS:
        sheet.append([column.heading_vi, "có" if column.is_mandatory else "", column.explanation, column.example])
    for letter, width in zip("ABCD", (28, 10, 90, 30), strict=True):
        sheet.column_dimensions[letter].width = width
