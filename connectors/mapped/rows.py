"""Rows of a mapped sheet: its named columns and no other, each read as the mapping says; lines that only add up stand apart."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from catalog.money import format_dong
from catalog.text import clean
from connectors.files.cells import Cell
from connectors.files.kind import Notes, at_row
from connectors.files.rows import Read, row_reader
from connectors.files.table import Column, Layout, Place, open_table
from connectors.files.values import identity, text
from connectors.mapped.days import Days, read_day
from connectors.mapped.mapping import Mapping, target_of
from connectors.mapped.numbers import Numbers, money, number
from connectors.mapped.targets import FIGURES, Holds

_TOTAL = re.compile(r"(?:tổng|cộng|total|sum)\b", re.IGNORECASE)
_NAMING = frozenset({"at", "order", "document"})  # columns where nothing else begins with such a word

LONGEST_WORD = 30
Row = dict[str, Any]


class _Total(NamedTuple):
    """A line that adds up: its row, what it states, after how many rows it stands, and whether it says what it is."""

    number: int
    stated: int | None
    after: int
    is_named: bool


class Rows:
    """Raises FileError, while they are read, naming row and column of a cell that cannot be."""

    def __init__(self, mapping: Mapping, place: Place, *needed: str) -> None:
        here = {name.casefold(): name for name in place.headings} | {name: name for name in place.headings}
        named = {target: here[name if name in here else name.casefold()] for target, name in mapping.columns.items()}
        columns = tuple(Column(target, (heading,)) for target, heading in named.items())
        self._table = open_table(place, Layout(columns, frozenset(place.headings) - set(named.values())))
        if mapping.numbers is None or mapping.days is None:
            raise ValueError(f"mapping {mapping.name} does not say how numbers and days are written")
        self._written = mapping.numbers
        self._reader = row_reader(columns, _readers(mapping, mapping.numbers, mapping.days), *needed)
        self._numbers = [_holds(mapping, column.field) in FIGURES for column in columns]
        self._statuses = mapping.statuses
        self._totals: list[_Total] = []

    @property
    def fields(self) -> tuple[str, ...]:
        return self._reader.fields

    def __iter__(self) -> Iterator[tuple[int, Row, Sequence[Cell]]]:
        read = 0
        for at, cells in self._table.rows():
            if (is_named := self._is_called_total(cells)) or self._names_nothing(cells):
                self._totals.append(_Total(at, self._stated(at, cells), read, is_named))
            else:
                read += 1
                yield at, self._reader.read(at, cells), cells

    def fault(self, at: int, field: str, err: ValueError) -> ValueError:
        return at_row(at, self._reader.heading(field), err)

    def status(self, at: int, row: Row) -> str:
        """What the mapping says of the row's status. Raises FileError for one it does not name."""
        said = str(row["status"])
        if said not in self._statuses:
            raise self.fault(at, "status", ValueError(f"trạng thái «{said[:LONGEST_WORD]}» chưa có trong cách đọc"))
        return self._statuses[said]

    def check_totals(self, amounts: Sequence[int], notes: Notes) -> None:
        """`amounts` are of the rows, in their order. A line without a name that is no total either is an error."""
        before = 0
        for total in self._totals:
            sums = {sum(amounts[: total.after]), sum(amounts[before : total.after])}
            before = total.after
            if total.stated in sums:
                continue
            if not total.is_named:
                raise self.fault(total.number, "at", ValueError("trống"))
            if total.stated is not None:
                notes.say(
                    f"Dòng {total.number} ghi tổng {format_dong(total.stated)}, các dòng cộng lại {format_dong(max(sums))}."
                )

    def _is_called_total(self, cells: Sequence[Cell]) -> bool:
        named = zip(self.fields, cells, strict=True)
        return any(
            field in _NAMING and isinstance(cell, str) and _TOTAL.match(clean(cell)) is not None
            for field, cell in named
        )

    def _names_nothing(self, cells: Sequence[Cell]) -> bool:
        return all(is_number or cell is None for is_number, cell in zip(self._numbers, cells, strict=True))

    def _stated(self, at: int, cells: Sequence[Cell]) -> int | None:
        if "amount" not in self.fields:
            return None
        try:
            stated = money(cells[self.fields.index("amount")], self._written)
        except ValueError as err:
            raise self.fault(at, "amount", err) from None
        return None if stated is None else int(stated)


def _holds(mapping: Mapping, name: str) -> Holds | None:
    target = target_of(mapping, name)
    return target and target.holds


def _readers(mapping: Mapping, written: Numbers, days: Days) -> dict[str, Read]:
    by_holds: dict[Holds | None, Read] = {
        Holds.TEXT: text,
        Holds.IDENTITY: identity,
        Holds.DAY: partial(read_day, form=days),
        Holds.NUMBER: partial(number, written=written),
        Holds.MONEY: partial(money, written=written),
    }
    return {name: by_holds[_holds(mapping, name)] for name in mapping.columns}
