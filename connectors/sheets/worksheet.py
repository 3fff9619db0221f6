"""A worksheet's XML as cells with their places in the bytes, so that single cells can be written and nothing else moves.

`<dimension>` is not believed when reading; it is widened when rows are added. Text goes in as inline strings: the workbook's
shared strings stay untouched, and a text that starts like a formula is a text.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from connectors.sheets.errors import BROKEN, DOWNLOAD_AGAIN, SheetError

Value = str | int | Decimal
Place = tuple[int, int]  # row and column, both from 1
_VALUES = frozenset({"v", "t"})


@dataclass
class Cell:
    """`value` None: the cell holds only its style. `start` and `end` are bytes."""

    start: int
    end: int
    style: str | None = None
    kind: str = "n"
    is_formula: bool = False
    value: str | Decimal | None = None


@dataclass
class Row:
    """`inside` and `close`: where its cells begin and end; equal to `end` where the row is one empty tag."""

    start: int
    inside: int = 0
    close: int = 0
    end: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)


class Worksheet:
    """Raises SheetError for XML that is damaged."""

    def __init__(self, xml: bytes, strings: Sequence[str]) -> None:
        self.xml = xml
        self.rows: dict[int, Row] = {}
        self.prefix = ""
        self.dimension: tuple[int, int] | None = None  # where its `ref` stands
        self.data_end = 0
        _Reader(self, strings).read()

    def text(self, row: int, column: int) -> str:
        """What stands there as text, trimmed; empty when nothing does."""
        value = self.value(row, column)
        return "" if value is None else str(value).strip()

    def value(self, row: int, column: int) -> str | Decimal | None:
        cell = self.rows[row].cells.get(column) if row in self.rows else None
        return cell.value if cell else None

    def texts(self, row: int) -> dict[int, str]:
        """The row's cells that hold anything, by column."""
        cells = self.rows[row].cells if row in self.rows else {}
        return {column: text for column in cells if (text := self.text(row, column))}

    def filled_rows(self, first: int) -> list[int]:
        """Rows from `first` on in which anything stands."""
        return [number for number in sorted(self.rows) if number >= first and self.texts(number)]

    def is_text(self, row: int, column: int) -> bool:
        return isinstance(self.value(row, column), str)

    def written(self, changes: Mapping[Place, Value]) -> bytes:
        """The XML with those cells. The same changes again give the same bytes. Raises SheetError for a formula in the way."""
        by_row: dict[int, dict[int, Value]] = {}
        for (row, column), value in sorted(changes.items()):
            by_row.setdefault(row, {})[column] = value
        splices = [splice for row, cells in by_row.items() for splice in self._row(row, cells)]
        splices += self._dimension(by_row)
        out, at = [], 0
        for start, end, piece in sorted(splices, key=lambda one: one[:2]):
            out += [self.xml[at:start], piece]
            at = end
        return b"".join([*out, self.xml[at:]])

    def _row(self, number: int, cells: Mapping[int, Value]) -> list[tuple[int, int, bytes]]:
        row = self.rows.get(number)
        tag = self.prefix + "row"
        if row is None:
            inner = b"".join(self._cell(number, column, value) for column, value in cells.items())
            later = [self.rows[one].start for one in sorted(self.rows) if one > number]
            place = later[0] if later else self.data_end
            return [(place, place, f'<{tag} r="{number}">'.encode() + inner + f"</{tag}>".encode())]
        if row.close == row.end:  # an empty tag is opened up
            inner = b"".join(self._cell(number, column, value) for column, value in cells.items())
            return [(row.end - 2, row.end, b">" + inner + f"</{tag}>".encode())]
        return [self._splice(row, number, column, value) for column, value in cells.items()]

    def _splice(self, row: Row, number: int, column: int, value: Value) -> tuple[int, int, bytes]:
        cell = row.cells.get(column)
        if cell is None:
            columns = sorted(row.cells)
            after = columns[bisect_left(columns, column) :]
            place = row.cells[after[0]].start if after else row.close
            return place, place, self._cell(number, column, value)
        if cell.is_formula:
            raise SheetError(f"Ô {letters(column)}{number} có công thức nên không điền được. {DOWNLOAD_AGAIN}")
        return cell.start, cell.end, self._cell(number, column, value, cell.style)

    def _cell(self, row: int, column: int, value: Value, style: str | None = None) -> bytes:
        p = self.prefix
        start = f'<{p}c r="{letters(column)}{row}"' + (f' s="{style}"' if style is not None else "")
        if isinstance(value, str):
            text = f'<{p}is><{p}t xml:space="preserve">{escape(value)}</{p}t></{p}is>'
            return f'{start} t="inlineStr">{text}</{p}c>'.encode()
        return f"{start}><{p}v>{value}</{p}v></{p}c>".encode()

    def _dimension(self, rows: Mapping[int, Mapping[int, Value]]) -> list[tuple[int, int, bytes]]:
        """Only when rows were added: a wrong claim about rows that were there is left as it was."""
        if self.dimension is None or not rows.keys() - self.rows.keys():
            return []
        last = max(*rows, *self.rows)
        wide = max((column for row in self.rows.values() for column in row.cells), default=1)
        wide = max(wide, *(column for cells in rows.values() for column in cells))
        return [(*self.dimension, f"A1:{letters(wide)}{last}".encode())]


class _Reader:
    """One expat pass over the bytes; no DOCTYPE was let in, so nothing grows."""

    def __init__(self, sheet: Worksheet, strings: Sequence[str]) -> None:
        self.sheet, self.strings = sheet, strings
        self.number = self.column = 0
        self.row: Row | None = None
        self.cell: Cell | None = None
        self.pieces: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self) -> None:
        if self.sheet.xml.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SheetError(BROKEN)  # places in UTF-16 would not be places in what we write
        try:
            self.parser.Parse(self.sheet.xml, True)
            for row in self.sheet.rows.values():
                for cell in row.cells.values():
                    cell.value = self._value(cell)
        except (expat.ExpatError, ValueError, IndexError, InvalidOperation):
            raise SheetError(BROKEN) from None

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        prefix, _, local = name.rpartition(":")
        at = self.parser.CurrentByteIndex
        match local:
            case "dimension":
                start = self.sheet.xml.find(b'ref="', at, self._tag_end(at)) + 5
                self.sheet.dimension = (start, self.sheet.xml.index(b'"', start)) if start > at else None
            case "sheetData":
                self.sheet.prefix = f"{prefix}:" if prefix else ""
            case "row":
                self.number = int(attributes.get("r", self.number + 1))
                self.column = 0
                self.row = self.sheet.rows[self.number] = Row(at, self._tag_end(at))
            case "c" if self.row is not None:
                reference = attributes.get("r")
                self.column = column_of(reference) if reference else self.column + 1
                kind = attributes.get("t", "n")
                self.cell = self.row.cells[self.column] = Cell(at, 0, attributes.get("s"), kind)
            case "f" if self.cell is not None:
                self.cell.is_formula = True
            case "v" | "t" if self.cell is not None:
                self.pieces = []

    def _text(self, text: str) -> None:
        if self.pieces is not None:
            self.pieces.append(text)

    def _end(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        local = name.rpartition(":")[2]
        if local in _VALUES and self.cell is not None and self.pieces is not None:
            before = self.cell.value if isinstance(self.cell.value, str) else ""
            self.cell.value, self.pieces = before + "".join(self.pieces), None
        elif local == "c" and self.cell is not None:
            self.cell.end, self.cell = self._tag_end(at), None
        elif local == "row" and self.row is not None:
            self.row.end = self._tag_end(at)
            self.row.close = self.row.end if at == self.row.start else at
            self.row = None
        elif local == "sheetData":
            self.sheet.data_end = at

    def _tag_end(self, at: int) -> int:
        return self.sheet.xml.index(b">", at) + 1

    def _value(self, cell: Cell) -> str | Decimal | None:
        raw = cell.value
        if not isinstance(raw, str) or raw == "":
            return None
        if cell.kind == "s":
            return self.strings[int(raw)]
        return Decimal(raw) if cell.kind == "n" else raw


def letters(column: int) -> str:
    """1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(reference: str) -> int:
    """The column of a cell's address."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number
