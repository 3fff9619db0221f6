"""A seller's own sheet, as just downloaded, filled from the register: only the cells that must change are changed.

Writes one file, and remembers the marketplace's ids that the sheet tells; the marketplace hears of nothing until a person
uploads it. Safe to repeat: the same sheet gives the same file, and a filled sheet has nothing left to fill.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from catalog.listing import Listing as IntendedListing
from connectors.sheets.errors import SheetError
from connectors.sheets.layout import Layout, SheetRow
from connectors.sheets.worksheet import Place, Value, Worksheet
from jobs.app import App, JobError
from jobs.export_memory import exported, fingerprint, keep_exported, keep_ids
from jobs.export_new import is_new, lacks
from jobs.export_reading import ReadSheet, read_sheet
from jobs.export_rows import Ours, Untouched, match
from jobs.intend import intended, keep_intentions_fresh
from models import Shop

Cells = dict[Place, Value]
Wanted = Mapping[int, IntendedListing]


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


def fill_sheet(app: App, shop_name: str, path: Path, out: Path | None = None, *, again: bool = False) -> Filled:
    """Fill the sheet at `path` for that shop into `out` (beside it when None). The downloaded file itself is never written.

    `again`: goods that went into an earlier upload sheet go into this one too. Raises JobError with the sentence to show:
    not a known sheet, another shop's, damaged, or not to be written.
    """
    shop = app.shop(shop_name)
    target = out if out is not None else path.with_name(f"{path.stem}-da-dien.xlsx")
    if target.resolve() == path.resolve():
        raise JobError("Tệp kết quả trùng với tệp vừa tải về. Hãy chọn tên khác sau -o.")
    keep_intentions_fresh(app, shop)
    try:
        return _fill(app, shop, read_sheet(app, shop, path), target, again=again)
    except SheetError as err:
        raise JobError(str(err)) from None


def _fill(app: App, shop: Shop, read: ReadSheet, target: Path, *, again: bool) -> Filled:
    name, sheet, layout = read.found
    matched = match(read.rows, read.ours)
    download = fingerprint(read.book.package)
    with app.database.session() as session:
        wanted = {one.listing_id: one.listing for one in intended(session, [one.id for one in read.ours if one.wanted])}
        told = {} if again else exported(session, shop, app.zone)
    done = Filled(layout.kind, layout.marketplace, shop.name, len(read.rows), notes=layout.notes)
    done.untouched += matched.untouched
    added: list[int] = []
    if layout.adds:
        earlier = {listing_id: one for listing_id, one in told.items() if one.download != download}
        listed = {row.sku for row in read.rows}
        new = [one for one in read.ours if one.sku not in listed and is_new(one, wanted, earlier, done)]
        cells, added = _added(done, sheet, layout, new, wanted)
    else:
        cells = _updated(done, sheet, layout, matched.found, wanted)
        there = {one.id for _, one in matched.found}
        done.absent = [one.sku for one in read.ours if one.id in wanted and one.id not in there]
    if cells:
        write_whole(target, read.book.with_sheet(name, sheet.written(cells)))
        done.file = str(target)
    with app.database.write() as session:
        if layout.names_shop:  # else ids of a file that is not surely the shop's would be learnt
            keep_ids(session, matched.found, app.now(), layout.kind)
        keep_exported(session, [one for one in added if one not in told], app.now(), layout.kind, download)
    return done


def _updated(
    done: Filled, sheet: Worksheet, layout: Layout, found: Sequence[tuple[SheetRow, Ours]], wanted: Wanted
) -> Cells:
    cells: Cells = {}
    for row, one in found:
        cells |= _changed(done, sheet, layout, row.number, wanted[one.id])
    return cells


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
    done: Filled, sheet: Worksheet, layout: Layout, ours: Sequence[Ours], wanted: Wanted
) -> tuple[Cells, list[int]]:
    """New rows behind the last filled one, and the listings in them."""
    cells: Cells = {}
    added = []
    row = max(sheet.filled_rows(layout.first_row), default=layout.first_row - 1)
    for one in ours:
        listing = wanted[one.id]
        new = {column: value for column, fill in layout.fills.items() if (value := fill.wanted(listing)) is not None}
        new |= layout.constant
        if lacking := [name for column, name in layout.required.items() if column not in new]:
            done.untouched.append(lacks(one, lacking))
            continue
        row += 1
        cells |= {(row, column): value for column, value in new.items()}
        done.added.append(one.sku)
        added.append(one.id)
    return cells, added


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
