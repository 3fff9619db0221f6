"""A seller's own sheet, as just downloaded, filled from the register: only the cells that must change are changed.

Reads the register and writes one file; the marketplace hears of nothing until a person uploads it. Safe to repeat: the same
sheet gives the same file, and a filled sheet has nothing left to fill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from catalog.listing import Listing as IntendedListing
from connectors.sheets.errors import SheetError
from connectors.sheets.layout import Layout
from connectors.sheets.recognise import Recognised, hidden_marks, recognise
from connectors.sheets.workbook import Workbook
from connectors.sheets.worksheet import Place, Value, Worksheet
from jobs.app import App, JobError
from jobs.export_owner import refuse_foreign
from jobs.export_rows import Ours, Untouched, listings_of, match
from jobs.intend import intended, keep_intentions_fresh
from models import Shop

Cells = dict[Place, Value]


@dataclass
class Filled:
    """What became of a sheet. `file` None: nothing had to change, so nothing was written."""

    kind: str
    marketplace: str
    shop: str
    rows: int
    file: str | None = None
    changed: list[dict[str, Any]] = field(default_factory=list)  # SKU, row, the column's heading, before, after
    added: list[str] = field(default_factory=list)  # SKUs in new rows
    unchanged: int = 0
    untouched: list[Untouched] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # SKUs on sale that an update sheet has no row for
    notes: tuple[str, ...] = ()


def fill_sheet(app: App, shop_name: str, path: Path, out: Path | None = None) -> Filled:
    """Fill the sheet at `path` for that shop into `out` (beside it when None). The downloaded file itself is never written.

    Raises JobError with the sentence to show: not a known sheet, another shop's, damaged, or not to be written.
    """
    shop = app.shop(shop_name)
    target = out if out is not None else path.with_name(f"{path.stem}-da-dien.xlsx")
    if target.resolve() == path.resolve():
        raise JobError("Tệp kết quả trùng với tệp vừa tải về. Hãy chọn tên khác sau -o.")
    keep_intentions_fresh(app, shop)
    try:
        return _fill(app, shop, Workbook(path), target)
    except SheetError as err:
        raise JobError(str(err)) from None


def _fill(app: App, shop: Shop, book: Workbook, target: Path) -> Filled:
    found = recognise(book)
    layout, sheet = found.layout, found.sheet
    if layout.marketplace != shop.marketplace:
        raise JobError(f"Tệp này của sàn {layout.marketplace}, còn gian hàng «{shop.name}» ở {shop.marketplace}.")
    rows = layout.rows(sheet)
    with app.database.session() as session:
        ours = listings_of(session, shop)
        refuse_foreign(session, shop, layout, rows, layout.marks | _marks(book, found), ours)
        matched = match(rows, ours)
        wanted = _wanted(session, ours)
    done = Filled(
        layout.kind, layout.marketplace, shop.name, len(rows), untouched=matched.untouched, notes=layout.notes
    )
    cells: Cells = {}
    if layout.adds:
        listed = {row.sku for row in rows}
        cells = _added(done, sheet, layout, [one for one in ours if one.sku not in listed], wanted)
    else:
        for row, one in matched.found:
            cells |= _changed(done, sheet, layout, row.number, wanted[one.id])
        there = {one.id for _, one in matched.found}
        done.absent = [one.sku for one in ours if one.id in wanted and one.id not in there]
    if cells:
        write_whole(target, book.with_sheet(found.sheet_name, sheet.written(cells)))
        done.file = str(target)
    return done


def _marks(book: Workbook, found: Recognised) -> frozenset[str]:
    """A sheet that names its shop does so itself: what other sheets hold is no proof."""
    return frozenset() if found.layout.names_shop else hidden_marks(book, found)


def _wanted(session: Session, ours: Sequence[Ours]) -> dict[int, IntendedListing]:
    ids = [one.id for one in ours if one.wanted]
    return {one.listing_id: one.listing for one in intended(session, ids)}


def _changed(done: Filled, sheet: Worksheet, layout: Layout, row: int, listing: IntendedListing) -> Cells:
    cells: Cells = {}
    for column, fill in layout.fills.items():
        value, stands = fill.wanted(listing), sheet.value(row, column)
        if value is None or fill.is_same(stands, value):
            continue
        cells[row, column] = str(value) if isinstance(stands, str) else value
        change = {"row": row, "sku": listing.sku, "column": _heading(sheet, column), "before": stands, "after": value}
        done.changed.append(change)
    done.unchanged += not cells
    return cells


def _added(
    done: Filled, sheet: Worksheet, layout: Layout, ours: Sequence[Ours], wanted: Mapping[int, IntendedListing]
) -> Cells:
    """New rows behind the last filled one. What is on the marketplace already, or may be, is not added again."""
    cells: Cells = {}
    row = max(sheet.filled_rows(layout.first_row), default=layout.first_row - 1)
    for one in ours:
        if one.external_id is not None or one.is_on_its_way or one.id not in wanted:
            continue
        new = {
            column: value for column, fill in layout.fills.items() if (value := fill.wanted(wanted[one.id])) is not None
        }
        new |= layout.constant
        if lacking := [name for column, name in layout.required.items() if column not in new]:
            done.untouched.append(_lacking(one, lacking, done.shop))
            continue
        row += 1
        cells |= {(row, column): value for column, value in new.items()}
        done.added.append(one.sku)
    return cells


def _lacking(one: Ours, columns: Sequence[str], shop: str) -> Untouched:
    sentence = (
        f"«{one.product}» ({one.sku}) chưa thêm vào tệp của «{shop}»: tệp mẫu bắt buộc {', '.join(columns)} "
        "mà sổ đăng ký chưa có. Ngành hàng: chọn bằng `ocop catalog map set`; cột khác: hãy tải tệp mẫu cơ bản."
    )
    return Untouched(0, one.sku, one.product, sentence)


def _heading(sheet: Worksheet, column: int) -> str:
    return sheet.text(1, column).partition("|")[0]


def write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: a half-written file is never seen. Raises JobError when it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as err:
        part.unlink(missing_ok=True)
        raise JobError(f"Không ghi được {path}: {err.strerror}.") from None
