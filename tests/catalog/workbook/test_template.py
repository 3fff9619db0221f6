"""The template an office starts from."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from catalog.workbook import read_register, write_template
from catalog.workbook.columns import COLUMNS


def test_it_reads_back_empty_and_clean(tmp_path: Path, on: date) -> None:
    """The empty template is a register of nothing: no product, no bad cell."""
    path = tmp_path / "template.xlsx"
    write_template(path, on)
    reading = read_register(path)
    assert (reading.rows, reading.products, reading.bad_cells, reading.ignored_columns) == (0, (), (), ())


def test_a_filled_template_is_read_whole(tmp_path: Path, on: date) -> None:
    """Its own examples, typed into its first row, are one clean product."""
    path = tmp_path / "template.xlsx"
    write_template(path, on)
    book = load_workbook(path)
    for place, column in enumerate(COLUMNS, start=1):
        book["Sản phẩm"].cell(row=2, column=place, value=column.example or None)
    book.save(path)
    reading = read_register(path)
    assert reading.bad_cells == ()
    assert [product.code for product in reading.products] == ["OCOP-TN-0001"]


def test_lists_and_explanations(tmp_path: Path, on: date) -> None:
    """Sub-group, kinds and stars are chosen from lists; every column is explained."""
    path = tmp_path / "template.xlsx"
    write_template(path, on)
    book = load_workbook(path)
    register = book["Sản phẩm"]
    offered = {str(v.sqref)[0:2].rstrip("2"): v.formula1 for v in register.data_validations.dataValidation}
    headings = {get_column_letter(place): cell.value for place, cell in enumerate(register[1], start=1)}
    assert {headings[letter]: choices for letter, choices in offered.items()} == {
        "Phân nhóm": "'Danh mục'!$A$2:$A$28",
        "Loại hình": "'Danh mục'!$B$2:$B$7",
        "Loại giấy tờ": "'Danh mục'!$C$2:$C$22",
        "Hạng sao": '"3,4,5"',
    }
    explained = [row[0] for row in book["Giải thích"].iter_rows(min_row=6, values_only=True)]
    assert explained == [column.heading_vi for column in COLUMNS]
