"""What openpyxl's streaming reader does not tell of a sheet: its true size, merged cells, formulas without a result.

Read from the sheet's XML by expat, in one pass and constant memory, and bounded: a parser that builds objects comes later.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries

from catalog.workbook.errors import WorkbookError
from catalog.workbook.limits import MAX_CELLS, MAX_CELLS_A_ROW, MAX_NOTES, MAX_ROWS, TOO_BIG, TOO_MANY_ROWS

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(r"[1-9][0-9]{0,6}")  # the last row of Excel is 1048576


class Merge(NamedTuple):
    first_column: int
    first_row: int
    last_column: int
    last_row: int


@dataclass(slots=True)
class SheetNotes:
    """What one sheet holds beyond its values. Rows and columns count from 1."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    merges: list[Merge] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)  # (row, column)


class NoteTaker:
    """Fills one sheet's notes from its XML events. `row` and `column` are those of the cell being read."""

    def __init__(self, notes: SheetNotes, parser: expat.XMLParserType) -> None:
        self.notes, self.parser = notes, parser
        self.row = self.column = self.cells_in_row = 0
        self.is_formula = self.has_value = False
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self._start_cell(attributes)
            case "f":
                self.is_formula = True
            case "v" if self.is_formula:
                self.parser.CharacterDataHandler = self._value
            case "row":
                self._start_row(attributes.get("r"))
            case "mergeCell":
                _refuse_more(self.notes.merges)
                self.notes.merges.append(_merge(attributes.get("ref", "")))

    def _end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v":
                self.parser.CharacterDataHandler = None
            case "c" if self.is_formula and not self.has_value:
                _refuse_more(self.notes.uncalculated)
                self.notes.uncalculated.add((self.row, self.column))

    def _start_row(self, number: str | None) -> None:
        self.row = self.row + 1 if number is None else _row(number)
        self.column = self.cells_in_row = 0
        self.notes.rows = max(self.notes.rows, self.row)
        if self.row > MAX_ROWS:
            raise WorkbookError(TOO_MANY_ROWS)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column = self.column + 1 if reference is None else _column(reference)
        self.notes.columns = max(self.notes.columns, self.column)
        self.notes.cells += 1
        self.cells_in_row += 1
        if self.notes.cells > MAX_CELLS or self.cells_in_row > MAX_CELLS_A_ROW:
            raise WorkbookError(TOO_BIG)
        self.is_formula = False
        self.has_value = attributes.get("t") == "str"  # a formula whose result is an empty text has a result

    def _value(self, _text: str) -> None:
        self.has_value = True


def _refuse_more(noted: list[Merge] | set[tuple[int, int]]) -> None:
    if len(noted) >= MAX_NOTES:
        raise WorkbookError("Bảng có quá nhiều ô gộp hoặc công thức chưa tính; hãy chép sang tệp mới dạng giá trị.")


def _row(number: str) -> int:
    if not _ROW.fullmatch(number):
        raise WorkbookError("Tệp Excel có số dòng không hợp lệ; hãy mở bằng Excel và lưu lại dạng .xlsx.")
    return int(number)


def _column(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise WorkbookError("Tệp Excel có địa chỉ ô không hợp lệ; hãy mở bằng Excel và lưu lại dạng .xlsx.")
    return column_index_from_string(match[1])


def _merge(reference: str) -> Merge:
    first, _, last = reference.partition(":")
    if not (_REFERENCE.fullmatch(first) and _REFERENCE.fullmatch(last)):
        raise WorkbookError("Tệp Excel có ô gộp không hợp lệ; hãy mở bằng Excel và lưu lại dạng .xlsx.")
    c1, r1, c2, r2 = range_boundaries(reference)
    return Merge(c1 or 1, r1 or 1, c2 or 1, r2 or 1)
