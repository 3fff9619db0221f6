"""Is this xlsx safe to open? An xlsx is a zip of XML, and both can be made to explode.

Everything is measured before a parser that builds objects sees it: members, declared and real sizes, ratio, rows, cells,
elements; and no DOCTYPE, so no entities, so nothing that grows. The limits are in `limits`.
"""

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from catalog.workbook.errors import WorkbookError
from catalog.workbook.limits import (
    MAX_ELEMENTS,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_OTHER_ELEMENTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    TOO_BIG,
)
from catalog.workbook.notes import NoteTaker, SheetNotes

_CHUNK = 2**18
_MEMBER_MARK = b"PK\x01\x02"
_SMALL = 2**20  # a part of a megabyte may be as repetitive as it likes


def inspect(path: Path) -> dict[str, SheetNotes]:
    """The notes of every sheet, by its part's name. Raises WorkbookError for a file that is damaged or not safe to open."""
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
    """By declared sizes, which bound the real ones: a member never gives more than it declares."""
    unpacked = sum(member.file_size for member in members)
    ratios = (member.file_size / max(member.compress_size, 1) for member in members if member.file_size > _SMALL)
    if unpacked > MAX_UNPACKED_BYTES or max(ratios, default=0) > MAX_RATIO:
        raise WorkbookError(TOO_BIG)


def _read_parts(package: zipfile.ZipFile) -> dict[str, SheetNotes]:
    sheets: dict[str, SheetNotes] = {}
    for name in package.namelist():
        if name.endswith((".xml", ".rels")):
            _PartReader(name, sheets).read(package)
    return sheets


class _PartReader:
    """Reads one XML part: a sheet (known by its root, it may lie anywhere) into notes, anything else by counting."""

    def __init__(self, name: str, sheets: dict[str, SheetNotes]) -> None:
        self.name, self.sheets = name, sheets
        self.elements_left = MAX_ELEMENTS.get(name, MAX_OTHER_ELEMENTS)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.parser.StartElementHandler = self._root

    def read(self, package: zipfile.ZipFile) -> None:
        with package.open(self.name) as part:
            for chunk in iter(lambda: part.read(_CHUNK), b""):
                self.parser.Parse(chunk, False)
        self.parser.Parse(b"", True)

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "worksheet":
            notes = self.sheets[self.name] = SheetNotes()
            NoteTaker(notes, self.parser)
        else:
            self.parser.StartElementHandler = self._count

    def _count(self, _name: str, _attributes: dict[str, str]) -> None:
        self.elements_left -= 1
        if self.elements_left < 0:
            raise WorkbookError(TOO_BIG)


def _refuse_doctype(*_: object) -> None:
    raise WorkbookError("Tệp Excel chứa khai báo lạ (DOCTYPE) nên không mở; hãy lưu lại dạng .xlsx.")
