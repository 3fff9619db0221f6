"""A file as named sheets of rows, whatever it is called: what it is, its first bytes say."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from connectors.files import cells
from connectors.files.cells import Row
from connectors.files.delimited import read_text, text_rows
from connectors.files.errors import FileError
from connectors.files.package import Package, open_package
from connectors.files.strings import NO_STRINGS, Strings

Wanted = Collection[int] | None

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BINARY = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


class Sheet(NamedTuple):
    """`rows(wanted)` starts from the top each time; `wanted` columns (from 0) come in that order, None for all."""

    name: str
    rows: Callable[[Wanted], Iterator[Row]]


Book = Mapping[str, Sheet]


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Every sheet, hidden ones too. Raises FileError, now or while rows are read."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_ZIP):
        with open_package(path) as package:
            yield _sheets(package)
        return
    _refuse_other(path, start)
    text = read_text(path)
    yield {path.name: Sheet(path.name, lambda wanted: _picked(text_rows(text), wanted))}


def _sheets(package: Package) -> Book:
    strings: list[Strings] = []

    def rows(part: str, wanted: Wanted) -> Iterator[Row]:
        if not strings:  # read once, and only when a sheet is
            strings.append(Strings(package.chunks(package.strings_part)) if package.strings_part else NO_STRINGS)
        return cells.rows(package.chunks(part), strings[0], wanted)

    return {name: Sheet(name, partial(rows, part)) for name, part in package.sheets.items()}


def _refuse_other(path: Path, start: bytes) -> None:
    if not start:
        raise FileError("Tệp rỗng. Hãy tải lại từ trang người bán.")
    if start == _OLE:
        if _ENCRYPTED in path.read_bytes():
            raise FileError(
                "Tệp có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại, hoặc tải bản không có mật khẩu."
            )
        raise FileError("Tệp là Excel đời cũ (.xls). Hãy mở bằng Excel và lưu lại dạng .xlsx.")
    if start.startswith(_BINARY):
        raise FileError("Tệp này không phải bảng tính. Cần tệp .xlsx hoặc .csv tải từ trang người bán.")


def _picked(rows: Iterator[Row], wanted: Wanted) -> Iterator[Row]:
    if wanted is None:
        return rows
    return ((number, [row[column] if column < len(row) else None for column in wanted]) for number, row in rows)
