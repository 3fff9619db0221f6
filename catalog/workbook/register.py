"""The office's register, read from xlsx or csv in one pass: everything good, and every bad cell by name.

Pure reading: nothing is stored, and reading the same file twice gives the same answer.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.producer import Producer
from catalog.product import Product
from catalog.workbook.cells import is_blank, refuse_broken
from catalog.workbook.columns import COLUMNS, Part
from catalog.workbook.delimited import csv_sheet
from catalog.workbook.errors import BadCell, WorkbookError, shown
from catalog.workbook.gathering import Gathering, Place, Values
from catalog.workbook.headings import Headings, find_headings
from catalog.workbook.sheet import Sheet
from catalog.workbook.xlsx import xlsx_sheets

_ZIP_MARK, _OLE_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """What one file says. A product with a bad cell in any of its rows is not in `products` but in `held_back`."""

    rows: int  # rows with anything in them, below the headings
    producers: tuple[Producer, ...]
    products: tuple[Product, ...]
    bad_cells: tuple[BadCell, ...]  # in the file's order, missing mandatory cells last
    held_back: tuple[str, ...]  # product codes
    ignored_columns: tuple[str, ...]  # headings we do not know: worth showing, a typing error hides there


def read_register(path: Path) -> RegisterReading:
    """Read the office's workbook. Raises WorkbookError (one Vietnamese sentence) when it is no register at all."""
    gathering, rows, ignored, is_register = Gathering(), 0, dict[str, None](), False
    for sheet in _sheets(path):
        if headings := find_headings(sheet.name, sheet.rows):
            is_register = True
            ignored |= dict.fromkeys(headings.ignored)
            rows += _read_rows(sheet, headings, gathering)
    if not is_register:
        wanted = ", ".join(column.heading_vi for column in COLUMNS if column.is_mandatory)
        raise WorkbookError(
            f"Không tìm thấy hàng tiêu đề (cần có: {wanted}); hãy dùng tệp mẫu, lưu dạng .xlsx hoặc CSV UTF-8."
        )
    producers, products, held_back = gathering.finish()
    return RegisterReading(rows, producers, products, tuple(gathering.bad_cells), held_back, tuple(ignored))


def _sheets(path: Path) -> Iterator[Sheet]:
    """By what the file is, not by what its name ends in."""
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLE_MARK:
        raise WorkbookError("Tệp Excel đời cũ (.xls) hoặc có mật khẩu; hãy lưu lại dạng .xlsx không mật khẩu.")
    if start == _ZIP_MARK:
        yield from xlsx_sheets(path)
    else:
        yield csv_sheet(path)


def _read_rows(sheet: Sheet, headings: Headings, gathering: Gathering) -> int:
    count = 0
    for number, values in sheet.rows:
        if not all(map(is_blank, values)) and not headings.are_repeated_in(values):
            count += 1
            place = Place(sheet.name, number, headings)
            gathering.add(place, *_read_row(place, values))
    return count


def _read_row(place: Place, values: Sequence[object]) -> tuple[defaultdict[Part, Values], list[BadCell]]:
    parts, bad = defaultdict[Part, Values](dict), list[BadCell]()
    for index, column, heading in place.headings.columns:
        value = values[index] if index < len(values) else None
        if is_blank(value):
            continue
        try:
            refuse_broken(value)
            parts[column.part][column.field] = column.read(value)
        except ValueError as error:
            bad.append(BadCell(place.sheet, place.row, heading, shown(value), str(error)))
    return parts, bad
