"""Rows of a CSV file: its encoding and its separator are found, never assumed.

Encodings: UTF-8 with or without BOM, UTF-16 with or without BOM, and Windows-1258 (what a Vietnamese Excel writes as
"CSV"). Separators: comma, semicolon, tab: the one under which most headings are known.
"""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from catalog.workbook.errors import WorkbookError
from catalog.workbook.headings import HEADING_ROWS, known_headings
from catalog.workbook.limits import MAX_FILE_BYTES, MAX_ROWS, TOO_BIG, TOO_MANY_ROWS
from catalog.workbook.sheet import Row, Sheet

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 2**16
_SEPARATORS = (",", ";", "\t")
_UNREADABLE = "Không đọc được chữ trong tệp này; hãy lưu lại dạng .xlsx hoặc CSV UTF-8."


def csv_sheet(path: Path) -> Sheet:
    """The file's only sheet, named after it. Raises WorkbookError when it is no text, now or while rows are read."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise WorkbookError(TOO_BIG)
    encoding = _encoding(path)
    head = {sep: list(islice(_rows(path, encoding, sep), HEADING_ROWS)) for sep in _SEPARATORS}
    separator = max(_SEPARATORS, key=lambda sep: max((known_headings(row) for _, row in head[sep]), default=0))
    return Sheet(path.name, _rows(path, encoding, separator))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_CHUNK)
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            return _checked(path, encoding)
    if b"\x00" in start:  # text of no other encoding holds zeros; ASCII in UTF-16 is every second byte
        return _checked(path, "utf-16-le" if start[1::2].count(0) >= start[0::2].count(0) else "utf-16-be")
    return "utf-8" if _decodes(path, "utf-8") else _checked(path, "cp1258")


def _checked(path: Path, encoding: str) -> str:
    if not _decodes(path, encoding):
        raise WorkbookError(_UNREADABLE)
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            for chunk in iter(lambda: file.read(_CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, values in enumerate(csv.reader(file, delimiter=separator), start=1):
                if number > MAX_ROWS:
                    raise WorkbookError(TOO_MANY_ROWS)
                yield number, values
        except csv.Error:
            raise WorkbookError(_UNREADABLE) from None
