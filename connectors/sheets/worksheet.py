"""A worksheet's XML as cells with their places in the bytes, so that single cells can be written and nothing else moves.

`<dimension>` is not believed when reading; it is widened when rows are added. Text goes in as inline strings: the workbook's
shared strings stay untouched, and a text that starts like a formula is a text.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from connectors.sheets.errors import DOWNLOAD_AGAIN, SheetError
from connectors.sheets.places import Row, letters
from connectors.sheets.scan import scan

Value = str | int | Decimal
Place = tuple[int, int]  # row and column, both from 1


class Worksheet:
    """Raises SheetError for XML that is damaged."""

    def __init__(self, xml: bytes, strings: Sequence[str]) -> None:
        self.xml = xml
        scanned = scan(xml, strings)
        self.rows, self.prefix = scanned.rows, scanned.prefix
        self._size, self._data_end = scanned.size, scanned.data_end

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
            place = later[0] if later else self._data_end
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
        if self._size is None or not rows.keys() - self.rows.keys():
            return []
        last = max({*rows, *self.rows})
        wide = max((column for row in self.rows.values() for column in row.cells), default=1)
        wide = max(wide, *(column for cells in rows.values() for column in cells))
        return [(*self._size, f"A1:{letters(wide)}{last}".encode())]
