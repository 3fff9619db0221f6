"""One pass over a worksheet's XML: what stands in its cells, and where in the bytes each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from xml.parsers import expat

from connectors.sheets.errors import BROKEN, SheetError
from connectors.sheets.places import Cell, Row, column_of

_VALUES = frozenset({"v", "t"})


@dataclass
class Scanned:
    """`size`: where the `ref` of `<dimension>` stands. `prefix`: of the sheet's namespace, with its colon."""

    rows: dict[int, Row] = field(default_factory=dict)
    prefix: str = ""
    size: tuple[int, int] | None = None
    data_end: int = 0


def scan(xml: bytes, strings: Sequence[str]) -> Scanned:
    """`strings` are the workbook's shared ones. Raises SheetError for XML that is damaged."""
    return _Reader(xml, strings).read()


class _Reader:
    """One expat pass over the bytes; no DOCTYPE was let in, so nothing grows."""

    def __init__(self, xml: bytes, strings: Sequence[str]) -> None:
        self.xml, self.strings, self.found = xml, strings, Scanned()
        self.number = self.column = 0
        self.row: Row | None = None
        self.cell: Cell | None = None
        self.pieces: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self) -> Scanned:
        if self.xml.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise SheetError(BROKEN)  # places in UTF-16 would not be places in what we write
        try:
            self.parser.Parse(self.xml, True)
            for row in self.found.rows.values():
                for cell in row.cells.values():
                    cell.value = self._value(cell)
        except (expat.ExpatError, ValueError, IndexError, InvalidOperation):
            raise SheetError(BROKEN) from None
        return self.found

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        prefix, _, local = name.rpartition(":")
        at = self.parser.CurrentByteIndex
        match local:
            case "dimension":
                start = self.xml.find(b'ref="', at, self._tag_end(at)) + 5
                self.found.size = (start, self.xml.index(b'"', start)) if start > at else None
            case "sheetData":
                self.found.prefix = f"{prefix}:" if prefix else ""
            case "row":
                self.number = int(attributes.get("r", self.number + 1))
                self.column = 0
                self.row = self.found.rows[self.number] = Row(at)
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
            self.cell.end, self.cell = self._end_of(self.cell.start, at), None
        elif local == "row" and self.row is not None:
            end = self._end_of(self.row.start, at)
            self.row.end, self.row.close = end, end if self._is_empty(end) else at
            self.row = None
        elif local == "sheetData":
            self.found.data_end = at

    def _end_of(self, start: int, at: int) -> int:
        """Where an element ends. Of one empty tag, what expat says of its end is not where its closing tag is: it has none."""
        opened = self._tag_end(start)
        return opened if self._is_empty(opened) else self._tag_end(at)

    def _is_empty(self, end: int) -> bool:
        """Does a tag that opens and closes at once end there?"""
        return self.xml[end - 2 : end] == b"/>"

    def _tag_end(self, at: int) -> int:
        return self.xml.index(b">", at) + 1

    def _value(self, cell: Cell) -> str | Decimal | None:
        raw = cell.value
        if not isinstance(raw, str) or raw == "":
            return None
        if cell.kind == "n":
            return Decimal(raw)
        text = self.strings[int(raw)] if cell.kind == "s" else raw
        return text if text.strip() else None
