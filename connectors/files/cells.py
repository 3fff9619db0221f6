"""Cells of a worksheet's XML, streamed: only rows are held, and only asked-for columns become values.

What Excel, excelize, POI and openpyxl write is matched by one expression a row; a row in any other legal form (rich text,
namespace prefixes, attributes in another order) is parsed as XML. `<dimension>` is not looked at: exports state it wrongly.
Text cells are `str`, number cells `Decimal`, empty ones None: an id that became a number can be told from one that did not.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from html import unescape
from xml.etree import ElementTree as ET

from connectors.files.errors import SAVE_AGAIN, FileError
from connectors.files.package import BROKEN, TOO_BIG

Cell = str | Decimal | None
Row = tuple[int, Sequence[Cell]]

MAX_ROWS = 200_100  # 200,000 of data under their headings; empty ones count, for each costs time
MAX_COLUMNS = 702  # "ZZ"
MAX_ROW_BYTES = 8 * 2**20  # of a row, or of a shared string
MAX_STRINGS = 4_000_000
_EMPTY = b""
_ROW_NUMBER = re.compile(rb'row\b[^>]*?\br="([0-9]+)"')
_CELL = re.compile(r'<c r="([A-Z]+)[0-9]+"([^>]*><(?:v|is><t)[^>]*>)([^<]*)(?:</v>|</t></is>)</c>')
_TYPE = re.compile(r'\bt="(\w+)"')
_STRING = re.compile(
    rb'<si>\s*<t(?: xml:space="preserve")?>([^<]*)</t>\s*</si>|<(?:\w+:)?si[\s>].*?</(?:\w+:)?si>|<si/>', re.DOTALL
)
_ROOT = re.compile(rb"<(\w+:)?(worksheet|sst)\b[^>]*>", re.DOTALL)


class Strings:
    """Shared strings, decoded when a cell asks for one."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._found: list[bytes | str] = []
        root, rest = _EMPTY, _EMPTY
        for chunk in chunks:
            rest += chunk
            root = root or _root(rest)
            end = rest.rfind(b"</si>")
            end = end + 5 if end >= 0 else rest.rfind(b":si>") + 4
            if end > 4:  # noqa: PLR2004 - something was found
                self._found += (self._one(match, root) for match in _STRING.finditer(rest, 0, end))
                rest = rest[end:]
            if len(rest) > MAX_ROW_BYTES or len(self._found) > MAX_STRINGS:
                raise FileError(TOO_BIG)

    def __getitem__(self, index: int) -> str:
        found = self._found[index]
        return found if isinstance(found, str) else _text(found)

    @staticmethod
    def _one(match: re.Match[bytes], root: bytes) -> bytes | str:
        plain = match[1]
        return _rich(_parsed(root, match[0])) if plain is None else plain


_FORMULAS = f"Tệp có công thức nên không đọc: tệp tải từ trang người bán chỉ có giá trị. {SAVE_AGAIN}"
_TOO_MANY = "Trang tính có hơn 200.000 dòng. Hãy xoá các dòng trống ở cuối, hoặc tải lại theo từng tháng."
NO_STRINGS = Strings(())


def rows(chunks: Iterable[bytes], strings: Strings, wanted: Collection[int] | None = None) -> Iterator[Row]:
    """Rows with their numbers in the sheet. `wanted` columns (from 0) come in that order; None: all, as far as they go.

    Raises FileError for more rows or columns than a file may have, for a formula, and for XML that is none.
    """
    rest, root, read = _EMPTY, _EMPTY, _Reader(strings, wanted)
    number = seen = 0
    for chunk in chunks:
        rest += chunk
        root = root or _root(rest)
        *whole, rest = _split(rest)
        if len(rest) > MAX_ROW_BYTES:
            raise FileError(_TOO_MANY)
        for row in whole:
            seen += row.count(b"row ")  # rows without any cell close themselves and come along with the next
            if seen > MAX_ROWS:
                raise FileError(_TOO_MANY)
            stated = _ROW_NUMBER.search(row, row.rfind(b"row "))
            number = int(stated[1]) if stated else number + 1
            try:
                cells = read(row, root)
            except (ValueError, ArithmeticError, IndexError) as err:  # bytes that are no text, numbers that are none
                raise err if isinstance(err, FileError) else FileError(BROKEN) from None
            yield number, cells


def _split(rest: bytes) -> list[bytes]:
    if b"</row>" in rest:
        return rest.split(b"</row>")
    return re.split(rb"</\w+:row>", rest)


Piece = tuple[str, str, str]  # a cell's column letters, its tags up to the value, its value


class _Reader:
    def __init__(self, strings: Strings, wanted: Collection[int] | None) -> None:
        self._strings = strings
        self._wanted = None if wanted is None else [_letters(column) for column in wanted]
        self._kinds: dict[str, str] = {}  # by a cell's tags, of which a sheet has a handful

    def __call__(self, row: bytes, root: bytes) -> Sequence[Cell]:
        pieces = self._pieces(row, root)
        if self._wanted is None:
            return self._every(pieces)
        found = {letters: (tags, value) for letters, tags, value in pieces}
        return [self._value(*found[column]) if column in found else None for column in self._wanted]

    @staticmethod
    def _pieces(row: bytes, root: bytes) -> list[Piece]:
        """Cells that hold something; a row that is written in another way than most is parsed as XML."""
        text = row.decode()
        if not root.startswith(b"<worksheet"):
            return _slow(row, root)
        pieces: list[Piece] = _CELL.findall(text)
        if len(pieces) + text.count("/>") != text.count("<c ") or "<f" in text:
            return _slow(row, root)
        return [(letters, tags, unescape(value)) for letters, tags, value in pieces] if "&" in text else pieces

    def _every(self, pieces: list[Piece]) -> Sequence[Cell]:
        values: list[Cell] = []
        for letters, tags, value in pieces:
            column = _column(letters)
            if column >= MAX_COLUMNS:
                raise FileError("Trang tính có quá nhiều cột nên không đọc. Hãy tải lại từ trang người bán.")
            values += [None] * (column - len(values))
            values.append(self._value(tags, value))
        return values

    def _value(self, tags: str, value: str) -> Cell:
        kind = self._kinds.get(tags)
        if kind is None:
            stated = _TYPE.search(tags)
            kind = self._kinds[tags] = stated[1] if stated else "n"
        if not value:
            return None
        if kind == "s":
            return self._strings[int(value)]
        return Decimal(value) if kind == "n" else value


def _slow(row: bytes, root: bytes) -> list[Piece]:
    """The same, from a row in any legal form."""
    found, before = [], -1
    for cell in (one for one in _parsed(root, row, b"row").iter() if _name(one) == "c"):
        if any(_name(one) == "f" for one in cell):
            raise FileError(_FORMULAS)
        reference = re.match("[A-Z]+", cell.get("r", ""))
        before = _column(reference[0]) if reference else before + 1
        text = "".join(one.text or "" if _name(one) == "v" else _rich(one) for one in cell if _name(one) in {"v", "is"})
        if text:
            found.append((_letters(before), f't="{cell.get("t", "n")}"', text))
    return found


def _parsed(root: bytes, piece: bytes, unclosed: bytes = b"") -> ET.Element:
    """A piece under its document's own root, whose namespaces it uses. Entities cannot be declared: no DOCTYPE came before."""
    match = _ROOT.match(root)
    if match is None:
        raise FileError(BROKEN)
    prefix, name = match[1] or b"", match[2]
    end = b"</" + prefix + unclosed + b">" if unclosed else b""
    start = max(piece.find(b"<" + prefix + unclosed), 0)
    try:
        return ET.fromstring(root + piece[start:] + end + b"</" + prefix + name + b">")  # noqa: S314 - no DOCTYPE, no entities
    except ET.ParseError:
        raise FileError(BROKEN) from None


def _root(start: bytes) -> bytes:
    found = _ROOT.search(start)
    return found[0] if found else _EMPTY


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _rich(element: ET.Element) -> str:
    """All runs of a text, without the reading aids of East Asian scripts."""
    return "".join(one.text or "" for one in element.iter() if _name(one) == "t")


def _text(raw: bytes) -> str:
    text = raw.decode()
    return unescape(text) if "&" in text else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _letters(column: int) -> str:
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
