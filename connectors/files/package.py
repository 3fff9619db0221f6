"""An xlsx as a zip that may be hostile: what is declared is measured before anything is unpacked, and nothing is ever written out.

A member never gives more than it declares, so declared sizes bound the real ones. Names inside the zip are looked up, never
used as paths. Limits are a hundred times what a year's export of a large shop needs.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from connectors.files.errors import FileError

MAX_FILE_BYTES = 64 * 2**20
MAX_MEMBERS = 500
MAX_UNPACKED_BYTES = 2**30
MAX_RATIO = 150  # one part's unpacked ÷ packed; honest exports stay under 60
SMALL_BYTES = 2**20  # a part of a megabyte may be as repetitive as it likes
MAX_INDEX_BYTES = 2**20  # workbook.xml and its relations
CHUNK = 2**20

_MEMBER_MARK = b"PK\x01\x02"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BROKEN = "Tệp Excel bị hỏng hoặc chưa tải xong. Hãy tải lại từ trang người bán."
TOO_BIG = "Tệp quá lớn hoặc bị nén bất thường nên không mở. Hãy tải lại theo từng tháng."
_STRANGE = {
    "vbaproject.bin": "Tệp chứa macro nên không mở. Tệp tải từ trang người bán không bao giờ có macro; hãy tải lại.",
    "externallinks/": "Tệp có liên kết sang tệp khác nên không mở. Hãy tải lại từ trang người bán.",
}
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ET.ParseError, KeyError)


class Package:
    """An opened workbook: sheet names in the file's order, and bytes of their parts."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._reading = ExitStack()  # parts whose readers stopped half-way
        self._members = {member.filename: member for member in archive.infolist()}
        self.sheets = self._index()

    @property
    def strings_part(self) -> str | None:
        """The part with shared strings, if the workbook has one."""
        return next((name for name in self._members if name.lower() == "xl/sharedstrings.xml"), None)

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes, a megabyte at a time. Raises FileError for a DOCTYPE, where entity bombs are declared."""
        with self._opened(part) as file:
            first = True
            while chunk := file.read(CHUNK):
                if first and _DOCTYPE.search(chunk[:CHUNK]):
                    raise FileError(
                        "Tệp Excel chứa khai báo lạ (DOCTYPE) nên không mở. Hãy tải lại từ trang người bán."
                    )
                first = False
                yield chunk

    @contextmanager
    def _opened(self, part: str) -> Iterator[IO[bytes]]:
        try:
            with self._reading.enter_context(self._archive.open(part)) as file:
                yield file
        except DAMAGE:
            raise FileError(BROKEN) from None

    def close(self) -> None:
        """Whoever still reads a part has nothing to read any more."""
        self._reading.close()

    def _index(self) -> dict[str, str]:
        """Visible and hidden sheets by name, and where each lies."""
        book, relations = self._small("xl/workbook.xml"), self._small("xl/_rels/workbook.xml.rels")
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        sheets = [one for one in book.iter() if one.tag.rpartition("}")[2] == "sheet"]
        if any(one.get("date1904") in {"1", "true"} for one in book.iter()):
            raise FileError(
                "Tệp dùng hệ ngày 1904 của máy Mac nên không đọc ngày được. Hãy tải lại từ trang người bán."
            )
        found = {one.get("name", ""): _resolved(targets.get(one.get(_RELATION), "")) for one in sheets}
        return {name: part for name, part in found.items() if part in self._members}

    def _small(self, part: str) -> ET.Element:
        if part not in self._members or self._members[part].file_size > MAX_INDEX_BYTES:
            raise FileError(BROKEN)
        try:
            return ET.fromstring(b"".join(self.chunks(part)))  # noqa: S314 - without DOCTYPE there are no entities
        except ET.ParseError:
            raise FileError(BROKEN) from None


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Raises FileError for a package that is damaged, or not safe to open."""
    _refuse_many_members(path)
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE:
        raise FileError(BROKEN) from None
    with archive:
        _refuse_dangers(archive.infolist())
        with closing(Package(archive)) as package:
            yield package


def _refuse_many_members(path: Path) -> None:
    """Counted in the raw bytes, because opening the directory already costs memory for each."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FileError(TOO_BIG)
    with path.open("rb") as file:
        members = sum(chunk.count(_MEMBER_MARK) for chunk in iter(lambda: file.read(CHUNK), b""))
    if members > MAX_MEMBERS:
        raise FileError(TOO_BIG)


def _refuse_dangers(members: list[zipfile.ZipInfo]) -> None:
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise FileError(TOO_BIG)
    for member in members:
        name = member.filename
        if member.file_size > max(SMALL_BYTES, MAX_RATIO * member.compress_size):
            raise FileError(TOO_BIG)
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            raise FileError("Tệp chứa đường dẫn lạ bên trong nên không mở. Hãy tải lại từ trang người bán.")
        if member.flag_bits & 1:
            raise FileError("Tệp có mật khẩu. Hãy bỏ mật khẩu, hoặc tải lại từ trang người bán.")
        for mark, sentence in _STRANGE.items():
            if mark in name.lower():
                raise FileError(sentence)


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
