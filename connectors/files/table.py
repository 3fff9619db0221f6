"""Columns of a sheet by their headings: found by name, allowed by name, and stopped by name where money could be lost.

An allow-list: a column nobody named here is never read, because marketplaces add columns about buyers under new names. But a
column nobody named that speaks of money stops the file: a renamed fee would otherwise vanish silently.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from catalog.text import clean
from connectors.files.book import Book, Sheet
from connectors.files.cells import MAX_COLUMNS, Cell
from connectors.files.errors import FileError

HEADING_ROWS = 20
_MONEY = re.compile(
    r"phí|thuế|\bfee|\btax|trợ giá|voucher|giảm giá|ưu đãi|hoa hồng|commission|discount|rebate|subsid|hoàn xu|đền bù|tiền|phụ thu",
    re.IGNORECASE,
)
_NOWHERE = MAX_COLUMNS  # the place of a column this file does not have: past the last one that is read


class Column(NamedTuple):
    """`names`: every heading it is known under, today's first. Without `is_needed` an older file may lack it."""

    field: str
    names: tuple[str, ...]
    is_needed: bool = True


@dataclass(frozen=True)
class Layout:
    """What a kind of file may hold. `left_out`: headings known and not read on purpose, buyers' among them."""

    columns: tuple[Column, ...]
    left_out: frozenset[str] = frozenset()
    marks: tuple[frozenset[str], ...] = ()  # each a set of headings that together prove the kind

    def names(self) -> set[str]:
        return {name for column in self.columns for name in column.names}


class Place(NamedTuple):
    """Where a table of some kind begins."""

    sheet: Sheet
    heading_row: int
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A sheet's rows below its headings, allowed columns only, in the layout's order. `dropped` were not read at all."""

    place: Place
    columns: tuple[int, ...]
    dropped: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Rows that hold anything."""
        for number, cells in self.place.sheet.rows(self.columns):
            if number > self.place.heading_row and cells.count(None) < len(cells):
                yield number, cells


def headings_of(row: Sequence[Cell]) -> tuple[str, ...]:
    """NFC, white space collapsed, ends trimmed; case stays."""
    return tuple(clean(cell) if isinstance(cell, str) else "" for cell in row)


def places(book: Book) -> Iterator[Place]:
    """Every row near the top of a sheet that could be one of headings."""
    for sheet in book.values():
        for number, row in islice(sheet.rows(None), HEADING_ROWS):
            if number > HEADING_ROWS:
                break
            if len(headings := headings_of(row)) > 1:
                yield Place(sheet, number, headings)


def speaks_of_money(heading: str) -> bool:
    """May a column of this heading hold an amount that must not vanish silently?"""
    return _MONEY.search(heading) is not None


def is_marked(place: Place, layout: Layout) -> bool:
    return any(mark <= set(place.headings) for mark in layout.marks)


def open_table(place: Place, layout: Layout) -> Table:
    """Raises FileError naming every column that is missing, stands twice, or speaks of money and is known to nobody."""
    found = _matched(place.headings, layout)
    unknown = [name for name in place.headings if name and name not in layout.left_out]
    unknown = [name for at, name in enumerate(place.headings) if name in set(unknown) and at not in found.values()]
    money = [name for name in unknown if speaks_of_money(name)]
    missing = [column for column in layout.columns if column.field not in found]
    needed = [column.names[0] for column in missing if column.is_needed]
    if money or needed:
        raise FileError(_sentence(place, money, needed))
    columns = tuple(found.get(column.field, _NOWHERE) for column in layout.columns)
    return Table(place, columns, tuple(unknown), tuple(column.names[0] for column in missing))


def _matched(headings: Sequence[str], layout: Layout) -> Mapping[str, int]:
    """By field. As written first; regardless of case only where nothing else could be meant."""
    count = Counter(headings)
    exact: dict[str, int] = {}
    for column in layout.columns:
        for name in column.names:
            if count[name] > 1:
                raise FileError(
                    f"Cột «{name}» có {count[name]} lần nên không biết đọc cột nào. Hãy tải lại từ trang người bán."
                )
            if count[name] == 1 and column.field not in exact:
                exact[column.field] = headings.index(name)
    return exact | _loosely(headings, layout, exact)


def _loosely(headings: Sequence[str], layout: Layout, exact: Mapping[str, int]) -> dict[str, int]:
    free = [
        (name.casefold(), at)
        for at, name in enumerate(headings)
        if at not in exact.values() and name not in layout.left_out
    ]
    count = Counter(name for name, _ in free)
    wanted = Counter(name.casefold() for column in layout.columns for name in set(column.names))
    by_name = {name: at for name, at in free if count[name] == 1 and wanted[name] == 1}
    return {
        column.field: by_name[name.casefold()]
        for column in layout.columns
        if column.field not in exact
        for name in column.names
        if name.casefold() in by_name
    }


def _sentence(place: Place, money: Collection[str], needed: Collection[str]) -> str:
    said = []
    if needed:
        said.append(f"thiếu cột {_listed(needed)}")
    if money:
        said.append(f"có cột tiền chưa biết {_listed(money)}")
    return (
        f"Trang «{place.sheet.name}» {' và '.join(said)}: sàn có thể đã đổi tên cột. "
        "Chưa nhập gì từ tệp này. Hãy gửi tên cột cho người phụ trách phần mềm, đừng sửa tệp."
    )


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)
