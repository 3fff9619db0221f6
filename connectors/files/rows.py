"""A row read cell by cell: each column has its one parser, and a cell that cannot be read is named by its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn

import msgspec

from connectors.files.cells import Cell
from connectors.files.kind import at_row
from connectors.files.memory import Memory
from connectors.files.table import Column
from connectors.files.values import text

Read = Callable[[Cell], object]
_JSON = msgspec.json.Encoder(decimal_format="string")


class RowReader(NamedTuple):
    """Reads rows of one layout. `readers` and `fields` are in the order of its columns; `needed` may be neither empty nor 0."""

    fields: tuple[str, ...]
    headings: tuple[str, ...]
    readers: tuple[Memory[Cell, object], ...]
    needed: tuple[int, ...]

    def read(self, number: int, cells: Sequence[Cell]) -> dict[str, Any]:
        """By field. Raises FileError naming row and column."""
        return dict(zip(self.fields, self.values(number, cells), strict=True))

    def values(self, number: int, cells: Sequence[Cell]) -> list[Any]:
        """In the order of the columns. Raises FileError naming row and column."""
        try:
            values = [read[cell] for read, cell in zip(self.readers, cells, strict=True)]
        except ValueError:
            self._blame(number, cells)
        for place in self.needed:
            if not values[place]:
                raise at_row(number, self.headings[place], ValueError("trống hoặc bằng 0"))
        return values

    def as_json(self, file: str, rows: Iterable[Sequence[Cell]]) -> str:
        """The allowed cells of some rows as they stood there: what a file's `raw` of an order is."""
        return _JSON.encode({"file": file, "columns": self.fields, "rows": list(rows)}).decode()

    def heading(self, field: str) -> str:
        return self.headings[self.fields.index(field)]

    def _blame(self, number: int, cells: Sequence[Cell]) -> NoReturn:
        for heading, read, cell in zip(self.headings, self.readers, cells, strict=True):
            try:
                read[cell]
            except ValueError as err:
                raise at_row(number, heading, err) from None
        raise AssertionError("a row that could not be read can be read")


def row_reader(columns: Sequence[Column], readers: Mapping[str, Read], *needed: str) -> RowReader:
    """Columns without a reader of their own are text."""
    fields = tuple(column.field for column in columns)
    memories = {read: Memory(read) for read in {text, *readers.values()}}
    return RowReader(
        fields,
        tuple(column.names[0] for column in columns),
        tuple(memories[readers.get(one, text)] for one in fields),
        tuple(map(fields.index, needed)),
    )
