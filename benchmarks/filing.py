"""Importing order files into an empty database, against readers that do nothing with the cells."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from benchmarks import filed_rows
from benchmarks.places import application, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.sizes import Size
from jobs.imports import import_file
from jobs.shops import add_shop
from models import OrderLine
from sandbox.exports.book import Sheet, write_book

TARGET = Target(0.40)
TOLD = Target(None)
FILES = {
    "shopee": ("orders", filed_rows.shopee),
    "tiktok_shop": ("OrderSKUList", filed_rows.tiktok_shop),
    "lazada": ("sheet1", filed_rows.lazada_orders),
}


def races(size: Size) -> Iterator[Race]:
    with TemporaryDirectory() as folder:
        for marketplace, (sheet, rows) in FILES.items():
            path = Path(folder) / f"{marketplace}.xlsx"
            headings, *_ = filled = list(rows(size.filed_rows))
            write_book(path, [Sheet(sheet, filled)])
            yield Race(
                what=f"import a {marketplace} order file of {len(headings)} columns",
                unit="rows/s",
                amount=size.filed_rows,
                leaves={"rows": size.filed_rows},
                ours=partial(_importing, path, marketplace),
                floors=(
                    Floor("calamine, cells only", partial(_with_calamine, path, len(filled) - size.filed_rows), TARGET),
                    Floor("openpyxl, cells only", partial(_with_openpyxl, path, len(filled) - size.filed_rows), TOLD),
                ),
            )


def _importing(path: Path, marketplace: str) -> Lap:
    with fresh_sqlite() as url, application(url) as app:
        add_shop(app, "tra", marketplace, "1")
        started = time.perf_counter()
        import_file(app, path)
        seconds = time.perf_counter() - started
        with app.database.session() as session:
            return Lap(seconds, {"rows": session.scalar(select(func.count(OrderLine.id))) or 0})


def _with_calamine(path: Path, above: int) -> Lap:
    started = time.perf_counter()
    rows = sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    return Lap(time.perf_counter() - started, {"rows": rows - above})


def _with_openpyxl(path: Path, above: int) -> Lap:
    started = time.perf_counter()
    book = load_workbook(path, read_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = sum(1 for _ in sheet.iter_rows(values_only=True))
    book.close()
    return Lap(time.perf_counter() - started, {"rows": rows - above})
