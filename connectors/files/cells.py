"""Cells of a worksheet's XML, streamed: only rows are held, and only asked-for columns become values.

What Excel, excelize, POI and openpyxl write is matched by one expression a row; a row in any other legal form (rich text,
namespace prefixes, attributes in another order) is parsed as XML and written in that form. A sheet repeats itself: what a
cell's XML says is remembered by that XML. `<dimension>` is not looked at: exports state it wrongly.
Text cells are `str`, number cells `Decimal`, empty ones None: an id that became a number can be told from one that did not.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from html import escape, unescape

from connectors.files.errors import SAVE_AGAIN, FileError
from connectors.files.memory import Memory
from connectors.files.package import BROKEN
from connectors.files.pieces import name_of, parsed, rich_text, root_of
from connectors.files.strings import Strings

Cell = str | Decimal | None
Row = tuple[int, Sequence[Cell]]

MAX_ROWS = 200_100  # 200,000 of data under their headings; empty ones count, for each costs time
MAX_COLUMNS = 702  # "ZZ"
MAX_ROW_BYTES = 8 * 2**20
_NOTHING = b"/>"  # what the cell of an empty place says
_ROW = re.compile(rb'\s*<row r="([0-9]+)"[^>/]*>')
_ROW_NUMBER = re.compile(rb'row\b[^>]*?\br="([0-9]+)"')
_OTHER_FORM = re.compile(rb'<c(?! r=")|<f')  # a cell that does not begin with its reference, or a formula
_CELL = rb'<c r="(%s)[0-9]+"([^>]*><(?:v|is><t)[^>]*>[^<]*(?=</v></c>|</t></is></c>)|[^>]*/>|)'  # "" for any other form
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[Ee][+-]?[0-9]{1,3})?")
_TYPE = re.compile(rb'\bt="(\w+)"')
_FORMULAS = f"Tệp có công thức nên không đọc: tệp tải từ trang người bán chỉ có giá trị. {SAVE_AGAIN}"
_TOO_MANY = "Trang tính có hơn 200.000 dòng. Hãy xoá các dòng trống ở cuối, hoặc tải lại theo từng tháng."


def rows(chunks: Iterable[bytes], strings: Strings, wanted: Collection[int] | None = None) -> Iterator[Row]:
    """Rows with their numbers in the sheet. `wanted` columns (from 0) come in that order; None: all, as far as they go.

    Raises FileError for more rows or columns than a file may have, for a formula, and for XML that is none.
    """
    rest, root, read = b"", b"", _Reader(strings, wanted)
    number = seen = 0
    for chunk in chunks:
        rest += chunk
        root = root or root_of(rest)
        *whole, rest = _split(rest)
        if len(rest) > MAX_ROW_BYTES:
            raise FileError(_TOO_MANY)
        for row in whole:
            stated = _ROW.match(row)
            seen += 1 if stated else row.count(b"row ")  # rows without any cell close themselves and come with the next
            if seen > MAX_ROWS:
                raise FileError(_TOO_MANY)
            stated = stated or _ROW_NUMBER.search(row, row.rfind(b"row "))
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


Written = dict[bytes, bytes]  # by a column's letters, what stands between a cell's reference and its closing tags


class _Reader:
    """A row's XML into cells."""

    def __init__(self, strings: Strings, wanted: Collection[int] | None) -> None:
        self._cells: Memory[bytes, Cell] = Memory(partial(_cell, strings=strings))
        self._wanted = None if wanted is None else [_letters(column) for column in wanted]
        asked = b"[A-Z]+" if wanted is None else _any_of(_letters(one) for one in wanted if one < MAX_COLUMNS)
        self._cell = re.compile(_CELL % asked)

    def __call__(self, row: bytes, root: bytes) -> Sequence[Cell]:
        written, cells = self._written(row, root), self._cells
        if self._wanted is None:
            return self._every(written)
        return [cells[written.get(letters, _NOTHING)] for letters in self._wanted]

    def _written(self, row: bytes, root: bytes) -> Written:
        if root.startswith(b"<worksheet") and not _OTHER_FORM.search(row):
            written: Written = dict(self._cell.findall(row))
            if b"" not in written.values():
                return written
        return _rewritten(row, root)

    def _every(self, written: Written) -> Sequence[Cell]:
        values: list[Cell] = []
        for column, cell in ((_column(letters), self._cells[says]) for letters, says in written.items()):
            if cell is None:
                continue
            if column >= MAX_COLUMNS:
                raise FileError("Trang tính có quá nhiều cột nên không đọc. Hãy tải lại từ trang người bán.")
            values += [None] * (column - len(values))
            values.append(cell)
        return values


def _cell(says: bytes, strings: Strings) -> Cell:
    """What a cell's XML says, as a value."""
    kind, _, tagged = says.partition(b"><")  # ` t="s"`, `v>0`; of an inline text `is><t>…`
    written = tagged.split(b">", 1 if tagged.startswith(b"v") else 2)[-1].decode()
    if not written:
        return None
    stated = _TYPE.search(kind)
    if stated is None or stated[1] == b"n":
        return _number(written)
    return strings[int(written)] if stated[1] == b"s" else unescape(written)


def _number(written: str) -> Decimal:
    """As a spreadsheet's numbers are, and not by the million digits."""
    if not _NUMBER.fullmatch(written):
        raise ValueError
    return Decimal(written)


def _rewritten(row: bytes, root: bytes) -> Written:
    """The same, from a row in any legal form."""
    written, before = {}, -1
    for cell in (one for one in parsed(root, row, b"row").iter() if name_of(one) == "c"):
        if any(name_of(one) == "f" for one in cell):
            raise FileError(_FORMULAS)
        reference = re.match("[A-Z]+", cell.get("r", ""))
        before = _column(reference[0].encode()) if reference else before + 1
        kind = escape(cell.get("t", "n"))
        text = "".join(
            one.text or "" if name_of(one) == "v" else rich_text(one) for one in cell if name_of(one) in {"v", "is"}
        )
        written[_letters(before)] = f' t="{kind}"><v>{escape(text)}'.encode()
    return written


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _letters(column: int) -> bytes:
    letters, left = b"", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = bytes([65 + rest]) + letters
    return letters


def _any_of(columns: Iterable[bytes]) -> bytes:
    """An expression for these letters. Those that begin alike are one choice, which is found faster than one each."""
    ends: dict[bytes, bytes] = {}
    for letters in columns:
        ends[letters[:-1]] = ends.get(letters[:-1], b"") + letters[-1:]
    return b"|".join(b"%s[%s]" % choice for choice in ends.items())
