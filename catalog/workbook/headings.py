"""Which row holds the headings, and which column is which: by Vietnamese or English name, case and diacritics ignored."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.text import clean, search_key
from catalog.workbook.columns import COLUMNS, Column, Part
from catalog.workbook.errors import WorkbookError
from catalog.workbook.sheet import Row

HEADING_ROWS = 30  # titles, dates and signatures may stand above the headings, but not more than this
_ENOUGH = 3  # known headings that make a row the heading row, a product's code or name among them
_NAMING = frozenset({(Part.PRODUCT, "code"), (Part.PRODUCT, "name")})


def _key(heading: object) -> str:
    return re.sub(r"[^a-z0-9]+", " ", search_key(heading)).strip() if isinstance(heading, str) else ""


_KNOWN = {_key(name): c for c in COLUMNS for name in (c.heading_vi, c.heading_en, *c.aliases)}


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row of one sheet: our columns by their place, and the headings we do not know."""

    row: int
    columns: tuple[tuple[int, Column, str], ...]  # place from 0, column, heading as written
    ignored: tuple[str, ...]

    def written(self, key: tuple[str, str]) -> str:
        """The heading as the file writes it, or as we would, for a column the file does not have."""
        in_file = (heading for _, column, heading in self.columns if column.key == key)
        return next(in_file, None) or next(column.heading_vi for column in COLUMNS if column.key == key)

    def are_repeated_in(self, values: Sequence[object]) -> bool:
        """A row that is these headings again: printed on every page, or merged over two rows."""
        return sum(values[place] == heading for place, _, heading in self.columns if place < len(values)) >= _ENOUGH


def known_headings(row: Sequence[object]) -> int:
    """How many of our columns a row names."""
    return len(_named(row))


def find_headings(sheet: str, rows: Iterable[Row]) -> Headings | None:
    """The headings among the first rows, or None: this sheet is no register. Raises WorkbookError when they are incomplete."""
    for number, values in rows:
        if len(keys := _named(values)) >= _ENOUGH and keys & _NAMING:
            return _headings(sheet, number, values)
        if number >= HEADING_ROWS:
            break
    return None


def _named(row: Sequence[object]) -> set[tuple[str, str]]:
    return {_KNOWN[key].key for value in row if (key := _key(value)) in _KNOWN}


def _headings(sheet: str, number: int, values: Sequence[object]) -> Headings:
    known = [(place, _KNOWN[_key(v)], clean(str(v))) for place, v in enumerate(values) if _key(v) in _KNOWN]
    ignored = tuple(clean(v) for v in values if isinstance(v, str) and clean(v) and _key(v) not in _KNOWN)
    _refuse_twice(sheet, known)
    _refuse_missing(sheet, {column.key for _, column, _ in known})
    return Headings(number, tuple(known), ignored)


def _refuse_twice(sheet: str, known: Sequence[tuple[int, Column, str]]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for _, column, heading in known:
        if other := seen.get(column.key):
            raise WorkbookError(f"Trang «{sheet}»: hai cột «{other}» và «{heading}» cùng một nghĩa; hãy bỏ một cột.")
        seen[column.key] = heading


def _refuse_missing(sheet: str, present: set[tuple[str, str]]) -> None:
    missing = [column.heading_vi for column in COLUMNS if column.is_mandatory and column.key not in present]
    if missing:
        raise WorkbookError(f"Trang «{sheet}» thiếu cột: {', '.join(missing)}.")
