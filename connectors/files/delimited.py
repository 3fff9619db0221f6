"""Rows of a CSV: its encoding and its separator are found, never assumed.

UTF-8 and UTF-16 with or without BOM, and Windows-1258, which is what a Vietnamese Excel writes as "CSV".
"""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from connectors.files.cells import MAX_COLUMNS, MAX_ROWS, Row
from connectors.files.errors import FileError
from connectors.files.package import MAX_FILE_BYTES, TOO_BIG

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = (",", ";", "\t")
_HEAD = 20
_UNREADABLE = "Không đọc được chữ trong tệp này. Hãy lưu lại dạng .xlsx hoặc CSV UTF-8."


def read_text(path: Path) -> str:
    """The whole text. Raises FileError when it is none, or too big."""
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FileError(TOO_BIG)
    raw = path.read_bytes()
    try:
        text = raw.decode(_encoding(raw))
    except UnicodeError:
        raise FileError(_UNREADABLE) from None
    if "\x00" in text:
        raise FileError(_UNREADABLE)
    return text


def text_rows(text: str) -> Iterator[Row]:
    """Numbered rows of cells; an empty cell is None. A tab behind a value, which TikTok Shop writes, belongs to no value."""
    separator = max(
        _SEPARATORS, key=lambda one: max((len(row) for row in islice(_parsed(text, one), _HEAD)), default=0)
    )
    for number, row in enumerate(_parsed(text, separator), start=1):
        if number > MAX_ROWS:
            raise FileError("Tệp có hơn 200.000 dòng. Hãy tải lại theo từng tháng.")
        if len(row) > MAX_COLUMNS:
            raise FileError("Tệp có quá nhiều cột nên không đọc. Hãy tải lại từ trang người bán.")
        yield number, [cell.strip() or None for cell in row]


def _parsed(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error:
        raise FileError(_UNREADABLE) from None


def _encoding(raw: bytes) -> str:
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return encoding
    start = raw[: 2**16]
    if b"\x00" in start:  # text of no other encoding holds zeros; ASCII in UTF-16 is every second byte
        return "utf-16-le" if start[1::2].count(0) >= start[0::2].count(0) else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeError:
        return "cp1258"
    return "utf-8"
