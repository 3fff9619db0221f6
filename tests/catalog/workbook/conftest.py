"""Small registers, written the way offices write them, and read back."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from catalog.workbook import RegisterReading, read_register

HEADINGS = ("Mã chủ thể", "Tên chủ thể", "Mã sản phẩm", "Tên sản phẩm", "Phân nhóm", "SKU", "Giá bán (đồng)", "Tồn kho")
TEA = ("CT-1", "HTX chè", "SP-1", "Chè tôm nõn", "Chè tươi, chè chế biến", "SP-1-200G", 185_000, 25)

Rows = Sequence[Sequence[Any]]
ReadRows = Callable[..., RegisterReading]


def write_xlsx(path: Path, rows: Rows, *, merges: Sequence[str] = (), title: str = "Sản phẩm") -> Path:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


@pytest.fixture
def read_rows(tmp_path: Path) -> ReadRows:
    """Write the rows as xlsx and read them as a register."""

    def read(*rows: Sequence[Any], merges: Sequence[str] = ()) -> RegisterReading:
        return read_register(write_xlsx(tmp_path / "register.xlsx", rows, merges=merges))

    return read


@pytest.fixture
def read_cell(read_rows: ReadRows) -> Callable[[str, Any], RegisterReading]:
    """One whole product with one more column, holding one value."""
    return lambda heading, value: read_rows((*HEADINGS, heading), (*TEA, value))
