"""What stands in a sheet nobody knows, told without telling it: headings, and of their cells only how many, how long and of what form."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from catalog.text import clean
from connectors.files.book import Book
from connectors.files.cells import Cell
from connectors.files.errors import FileError, UnknownKindError
from connectors.files.kinds import likely_headings, recognise
from connectors.files.table import Place, places

MOST_FORMS = 3
MOST_ROWS = 5_000  # enough to see how a column is written
MOST_STATUSES = 40
_FIGURES = re.compile(r"[0-9.,:/ ₫đ%+-]+")
_DATA = re.compile(r"[0-9]{4}|@")  # no status has either


class Seen(NamedTuple):
    """One column. `forms`: how its figures are written, a 9 for each digit; none for words."""

    heading: str
    filled: int
    words: int  # cells that hold letters
    longest: int
    forms: tuple[str, ...]
    cells: tuple[Cell, ...]  # never shown


class Survey(NamedTuple):
    """`rows`: how many were looked at."""

    sheet: str
    heading_row: int
    rows: int
    columns: tuple[Seen, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)

    def cells(self, headings: Iterable[str]) -> list[Cell]:
        wanted = set(headings)
        return [cell for column in self.columns if column.heading in wanted for cell in column.cells]

    def statuses(self, heading: str) -> list[str]:
        """Every word of a column the office called a status. Raises FileError where it cannot be one."""
        found = {clean(cell) for cell in self.cells([heading]) if isinstance(cell, str)}
        if len(found) > MOST_STATUSES or any(map(_DATA.search, found)):
            raise FileError(f"Cột «{heading}» không giống cột trạng thái: quá nhiều chữ khác nhau, hoặc có số.")
        return sorted(found)


def look(book: Book, sheet: str | None = None, heading_row: int | None = None) -> Survey:
    """The sheet and row asked for, else the first row that looks like headings. Raises FileError when there is none."""
    seen = [
        place
        for place in places(book)
        if sheet in {None, place.sheet.name} and heading_row in {None, place.heading_row}
    ]
    if not seen:
        raise FileError(
            "Không thấy dòng tiêu đề nào như vậy trong 20 dòng đầu. Chỉ đúng trang và dòng: `--sheet`, `--row`."
        )
    return _survey(likely_headings(seen))


def known_as(book: Book) -> str | None:
    """The title of a built-in kind; None when the sheet is nobody's."""
    try:
        return recognise(book)[0].title
    except UnknownKindError:
        return None


def _survey(place: Place) -> Survey:
    rows = islice(place.sheet.rows(None), place.heading_row + MOST_ROWS)
    below = [cells for number, cells in rows if number > place.heading_row and any(cell is not None for cell in cells)]
    named = [(at, heading) for at, heading in enumerate(place.headings) if heading]
    columns = (_seen(heading, [cells[at] for cells in below if at < len(cells)]) for at, heading in named)
    return Survey(place.sheet.name, place.heading_row, len(below), tuple(columns))


def _seen(heading: str, cells: Sequence[Cell]) -> Seen:
    filled = [cell for cell in cells if cell is not None]
    texts = [clean(cell) if isinstance(cell, str) else f"{cell:f}" for cell in filled]
    forms = Counter(re.sub("[0-9]", "9", text) for text in texts if _FIGURES.fullmatch(text))
    return Seen(
        heading,
        len(filled),
        len(texts) - forms.total(),
        max(map(len, texts), default=0),
        tuple(form for form, _ in forms.most_common(MOST_FORMS)),
        tuple(filled),
    )
