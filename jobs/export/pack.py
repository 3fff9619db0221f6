"""A listing pack for a place without API or sheet: a workbook, a folder of pictures, a folder of texts ready to paste.

A person hands it over or types it in. Safe to repeat: an earlier pack in the same folder is replaced.
"""

import csv
import io
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from connectors.errors import RejectedError, TransientError
from jobs.app import App, JobError
from jobs.export.columns import HEADINGS, OURS, Column, Fact, Row, values
from jobs.export.offered import Held, Offered, Offering, offering
from jobs.pictures import read_picture

TABLE, COLUMNS, PICTURES, TEXTS = "danh-muc.xlsx", "cot.csv", "anh", "noi-dung"
KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}  # by a picture's first bytes


@dataclass
class Pack:
    """`problems`: pictures that could not be had, each in a sentence."""

    folder: str
    products: int
    packs: int
    pictures: int = 0
    held: list[Held] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def write_pack(
    app: App,
    folder: Path,
    *,
    shop_name: str | None = None,
    producers: tuple[str, ...] = (),
    columns: Sequence[Column] = OURS,
    pictures_dir: Path | None = None,
) -> Pack:
    """Raises JobError for a folder that holds something else, or cannot be written."""
    found = offering(app, app.shop(shop_name) if shop_name else None, producers)
    if not found.offered:
        why = f" Ví dụ: {found.held[0].sentence}" if found.held else ""
        raise JobError(f"Không có sản phẩm nào đủ điều kiện đưa vào gói.{why}")
    done = Pack(
        str(folder), len({one.product.code for one in found.offered}), len(found.offered), held=list(found.held)
    )
    done.notes = found.notes
    try:
        _clear(folder)
        rows = [Row(one, app.today(), _pictures(app, done, folder, one, pictures_dir)) for one in found.offered]
        for one in found.offered:
            (folder / TEXTS / f"{one.variant.sku}.txt").write_text(_text(one), encoding="utf-8")
        (folder / COLUMNS).write_bytes(_columns(columns))
        _table(app, folder / TABLE, rows, columns, found)
    except OSError as err:
        raise JobError(f"Không ghi được vào {folder}: {err.strerror}.") from None
    return done


def _clear(folder: Path) -> None:
    """Only what an earlier pack left is taken away."""
    if folder.exists() and any(folder.iterdir()) and not (folder / TABLE).exists():
        raise JobError(f"Thư mục {folder} đang chứa thứ khác. Hãy chọn một thư mục trống hoặc mới sau -o.")
    for name in (PICTURES, TEXTS):
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)


def _pictures(app: App, done: Pack, folder: Path, one: Offered, beside: Path | None) -> list[str]:
    names = []
    source = beside if beside is not None else app.pictures_dir
    for place, address in enumerate(one.listing.images, start=1):
        try:
            picture = read_picture(address, source, allow_private=app.allow_private_hosts)
        except (RejectedError, TransientError) as err:
            done.problems.append(f"«{one.product.name}» ({one.variant.sku}): {err.reason}")
            continue
        kind = next((kind for start, kind in KINDS.items() if picture.startswith(start)), None)
        if kind is None:
            done.problems.append(
                f"«{one.product.name}» ({one.variant.sku}): {address} không phải ảnh JPG, PNG, GIF hay WebP."
            )
            continue
        names.append(f"{one.variant.sku}-{place}.{kind}")
        (folder / PICTURES / names[-1]).write_bytes(picture)
    done.pictures += len(names)
    return names


def _text(one: Offered) -> str:
    price = f"{one.listing.price_vnd:,}".replace(",", ".")
    return f"{one.listing.title}\n\n{one.listing.description}\n\nGiá: {price} đồng\n"


def _columns(columns: Sequence[Column]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *columns])
    return text.getvalue().encode("utf-8-sig")


def _table(app: App, path: Path, rows: Sequence[Row], columns: Sequence[Column], found: Offering) -> None:
    """One sheet of packs, one of what is held back and why."""
    book = Workbook(write_only=True)
    book.properties.created = app.now().replace(tzinfo=None)
    _sheet(book, "Sản phẩm", [column.heading for column in columns], [values(row, columns) for row in rows])
    held: list[list[Fact]] = [[one.sku, one.name, one.sentence] for one in found.held]
    _sheet(book, "Chưa đưa vào", ["SKU", "Tên sản phẩm", "Vì sao"], held)
    book.save(path)


def _sheet(book: Workbook, title: str, headings: Sequence[str], rows: Sequence[Sequence[Fact]]) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    bold = Font(bold=True)
    for number, row in enumerate([headings, *rows]):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"  # a text that starts like a formula stays a text
            if number == 0:
                cell.font = bold
            cells.append(cell)
        sheet.append(cells)
