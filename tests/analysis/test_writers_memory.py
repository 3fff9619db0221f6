"""A large report is written row by row: its length costs time, not memory."""

import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

from openpyxl import load_workbook

from analysis.report import Report, Row
from analysis.xlsx import to_xlsx
from tests.analysis.books import OCTOBER

ROWS = 50_000
PEAK_BYTES = 4_000_000  # of Python's own; 50,000 rows kept as cells are more than 40 MB


class Drawn(Sequence[Row]):
    """Rows that exist only while they are looked at."""

    def __len__(self) -> int:
        return ROWS

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(ROWS))]
        return {"sku": f"TN-{index}", "revenue_vnd": index}

    def __iter__(self) -> Iterator[Row]:
        return (self[at] for at in range(ROWS))


def test_fifty_thousand_rows_in_flat_memory(tmp_path: Path) -> None:
    """Every row arrives, and writing them holds no more than a few at a time."""
    path = tmp_path / "lớn.xlsx"
    tracemalloc.start()
    to_xlsx(Report("revenue", OCTOBER, "placed", ("sku", "revenue_vnd"), Drawn()), path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < PEAK_BYTES
    book = load_workbook(path, read_only=True)
    rows = list(book["Số liệu"].iter_rows(values_only=True))
    book.close()
    assert (len(rows), rows[-1]) == (ROWS + 1, (f"TN-{ROWS - 1}", ROWS - 1))
