"""Is this xlsx safe to open? And what openpyxl's streaming reader does not tell: merged cells, formulas without result.

An xlsx is a zip of XML. Everything is measured before a parser that builds objects sees it: members, declared and real
sizes, ratio, rows, cells, elements, and no DOCTYPE (no entities, so nothing that grows). The limits leave ten times the
room a register of 20,000 rows needs. expat does the measuring, in one pass and constant memory.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries

from catalog.workbook.errors import WorkbookError

MAX_FILE_BYTES = 64 * 2**20
MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 150 * 2**20
MAX_RATIO = 250  # one member's unpacked ÷ packed; honest sheets stay under 100
MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELLS = 3_000_000
MAX_ELEMENTS = {"xl/sharedStrings.xml": 3_000_000}  # of parts that are no sheet
MAX_OTHER_ELEMENTS = 300_000
MAX_NOTES = 200_000  # merged ranges, or formulas without result

_CHUNK = 2**18
_MEMBER_MARK = b"PK\x01\x02"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
TOO_BIG = "Tệp quá lớn hoặc bị nén bất thường nên không mở; hãy chép riêng bảng sản phẩm sang một tệp mới."


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


def inspect(path: Path) -> dict[str, SheetNotes]:
    """The notes of every sheet, by member name. Raises WorkbookError for a file that is damaged or not safe to open."""
    _refuse_many_members(path)
    try:
        with zipfile.ZipFile(path) as package:
            _refuse_bombs(package.infolist())
            return _read_parts(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, expat.ExpatError):
        # RuntimeError: a member with a password; NotImplementedError: an unknown compression
        raise WorkbookError("Tệp Excel bị hỏng hoặc chưa tải xong; hãy mở bằng Excel và lưu lại dạng .xlsx.") from None


def _refuse_many_members(path: Path) -> None:
    """Counted in the raw bytes, because opening the directory already costs memory for each."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise WorkbookError(TOO_BIG)
    with path.open("rb") as file:
        members = sum(chunk.count(_MEMBER_MARK) for chunk in iter(lambda: file.read(_CHUNK), b""))
    if members > MAX_MEMBERS:
        raise WorkbookError(TOO_BIG)


def _refuse_bombs(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    ratios = (m.file_size / max(m.compress_size, 1) for m in members if m.file_size > 2**20)
    if unpacked > MAX_UNPACKED_BYTES or max(ratios, default=0) > MAX_RATIO:
        raise WorkbookError(TOO_BIG)


def _read_parts(package: zipfile.ZipFile) -> dict[str, SheetNotes]:
    """A member never gives more than it declares, so the real sizes are bounded by the declared ones."""
    notes: dict[str, SheetNotes] = {}
    for name in package.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            notes[name] = SheetNotes()
            _parse(package, name, _SheetReader(notes[name]).attach)
        elif name.endswith((".xml", ".rels")):
            _parse(package, name, _ElementCounter(MAX_ELEMENTS.get(name, MAX_OTHER_ELEMENTS)).attach)
    return notes


def _parse(package: zipfile.ZipFile, name: str, attach: Callable[[expat.XMLParserType], None]) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    attach(parser)
    with package.open(name) as part:
        for chunk in iter(lambda: part.read(_CHUNK), b""):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise WorkbookError("Tệp Excel chứa khai báo lạ (DOCTYPE) nên không mở; hãy lưu lại dạng .xlsx.")


class _ElementCounter:
    def __init__(self, most: int) -> None:
        self.left = most

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self.start

    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise WorkbookError(TOO_BIG)


class _SheetReader:
    """Fills one sheet's notes from its XML events. `row` and `column` stand where the next unnamed cell would go."""

    def __init__(self, notes: SheetNotes) -> None:
        self.notes = notes
        self.row = self.column = 0
        self.is_formula = self.has_value = False

    def attach(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
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
                self._note(self.notes.merges)
                self.notes.merges.append(_merge(attributes.get("ref", "")))

    def end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v":
                self.parser.CharacterDataHandler = None
            case "c" if self.is_formula and not self.has_value:
                self._note(self.notes.uncalculated)
                self.notes.uncalculated.add((self.row, self.column))

    def _start_row(self, number: str | None) -> None:
        self.row = self.row + 1 if number is None else _number(number)
        self.column = 0
        self.notes.rows = max(self.notes.rows, self.row)
        if self.row > MAX_ROWS:
            raise WorkbookError(
                f"Bảng có quá {MAX_ROWS} dòng; hãy xóa các dòng trống ở cuối hoặc chia thành nhiều tệp."
            )

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column = self.column + 1 if reference is None else _column(reference)
        self.notes.columns = max(self.notes.columns, self.column)
        self.notes.cells += 1
        if self.notes.cells > MAX_CELLS:
            raise WorkbookError(TOO_BIG)
        self.is_formula = False
        self.has_value = attributes.get("t") == "str"  # a formula whose result is an empty text has a result

    def _value(self, _text: str) -> None:
        self.has_value = True

    def _note(self, notes: list[Merge] | set[tuple[int, int]]) -> None:
        if len(notes) >= MAX_NOTES:
            raise WorkbookError("Bảng có quá nhiều ô gộp hoặc công thức chưa tính; hãy chép sang tệp mới dạng giá trị.")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7):  # noqa: PLR2004 - the last row of Excel is 1048576
        raise WorkbookError("Tệp Excel có số dòng không hợp lệ; hãy mở bằng Excel và lưu lại dạng .xlsx.")
    return int(text)


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
