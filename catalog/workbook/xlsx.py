"""Rows of an Excel workbook, streamed: values as a person sees them, merged cells filled, formulas by their results."""

import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from catalog.workbook.errors import WorkbookError
from catalog.workbook.limits import MAX_COLUMNS
from catalog.workbook.notes import Merge, SheetNotes
from catalog.workbook.package import inspect
from catalog.workbook.sheet import UNCALCULATED, Row, Sheet

_BATCH = 500
# What openpyxl raises on a package that is a zip but no proper workbook; SyntaxError is the base of XML parse errors.
_DAMAGE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    SyntaxError,
)
_NOT_A_WORKBOOK = "Không đọc được tệp này như một bảng Excel; hãy mở bằng Excel và lưu lại dạng .xlsx."


def xlsx_sheets(path: Path) -> Iterator[Sheet]:
    """Every visible worksheet in order; a sheet's rows must be read before the next sheet is asked for."""
    notes = inspect(path)
    with path.open("rb") as file:
        book = _open(file)
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    yield Sheet(sheet.title, _rows(sheet, _notes_of(sheet, notes)))
        finally:
            book.close()


def _open(file: Any) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it drops; none of them holds a value
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _DAMAGE:
        raise WorkbookError(_NOT_A_WORKBOOK) from None


def _notes_of(sheet: Any, notes: dict[str, SheetNotes]) -> SheetNotes:
    path = sheet._worksheet_path  # noqa: SLF001 - the only link between a streamed sheet and its part of the package
    if path not in notes:
        raise WorkbookError(_NOT_A_WORKBOOK)
    return notes[path]


def _rows(sheet: Any, notes: SheetNotes) -> Iterator[Row]:
    if not notes.cells:
        return
    fill = _MergeFiller(notes.merges)
    for number, values in enumerate(_values(sheet, notes), start=1):
        if notes.uncalculated:
            values = _mark_uncalculated(number, values, notes)  # noqa: PLW2901 - the same row, completed
        yield number, fill(number, values) if notes.merges else values


def _values(sheet: Any, notes: SheetNotes) -> Iterator[Sequence[object]]:
    """In batches, so that openpyxl's warnings are silenced without touching the caller's own."""
    sheet.reset_dimensions()  # the file's own claim about its size is often wrong and would cut rows off
    rows = sheet.iter_rows(max_row=notes.rows, max_col=min(notes.columns, MAX_COLUMNS), values_only=True)
    while batch := _batch(rows):
        yield from batch


def _batch(rows: Iterator[Sequence[object]]) -> list[Sequence[object]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # e.g. a date cell out of range: its value arrives as an Excel error text
            return list(islice(rows, _BATCH))
    except _DAMAGE:
        raise WorkbookError(_NOT_A_WORKBOOK) from None


def _mark_uncalculated(number: int, values: Sequence[object], notes: SheetNotes) -> Sequence[object]:
    return [UNCALCULATED if (number, column) in notes.uncalculated else v for column, v in enumerate(values, start=1)]


class _MergeFiller:
    """Gives every row of a vertically merged cell the value that a person sees across it."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self.starting: dict[int, list[Merge]] = defaultdict(list)
        for merge in merges:
            self.starting[merge.first_row].append(merge)
        self.open: dict[int, tuple[int, object]] = {}  # column -> last row, value

    def __call__(self, number: int, values: Sequence[object]) -> Sequence[object]:
        for merge in self.starting.pop(number, ()):
            if merge.first_column <= len(values):
                self.open[merge.first_column] = merge.last_row, values[merge.first_column - 1]
        self.open = {column: (last, value) for column, (last, value) in self.open.items() if last >= number}
        if not self.open:
            return values
        filled = list(values)
        for column, (_, value) in self.open.items():
            if filled[column - 1] is None:
                filled[column - 1] = value
        return filled
