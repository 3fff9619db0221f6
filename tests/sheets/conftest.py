"""An office whose goods are on sale on the pretend Shopee, and sheets as its seller downloads them."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.jobs.office import Office, opened

SHOP = "shopee-demo"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "office", products=3) as found:
        yield found


@pytest.fixture
def selling(office: Office) -> Office:
    """Everything that may be sold is on Shopee."""
    office.push("shopee")
    return office


def kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def members(package: bytes) -> dict[str, bytes]:
    """Every member's unpacked bytes, in the order of the package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def cells(path: Path, sheet: str | None = None) -> list[list[Any]]:
    """What openpyxl reads there."""
    book = load_workbook(path)
    found = book[sheet] if sheet else book.worksheets[0]
    return [[cell.value for cell in row] for row in found.iter_rows()]


def column(rows: list[list[Any]], token: str) -> int:
    return [str(one).partition("|")[0] for one in rows[0]].index(token)
