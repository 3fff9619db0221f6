"""A seller's own sheet, as just downloaded, filled from the register: only the cells that must change are changed.

Writes one file, and remembers the marketplace's ids that the sheet tells; the marketplace hears of nothing until a person
uploads it. Safe to repeat: the same sheet gives the same file, and a filled sheet has nothing left to fill.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.sheets.errors import SheetError
from connectors.sheets.fills import web_pictures
from jobs.app import App, JobError
from jobs.export.filling import Filling
from jobs.export.memory import exported, fingerprint, keep_exported, keep_ids
from jobs.export.new import sort_new
from jobs.export.reading import ReadSheet, read_sheet
from jobs.export.rows import Matched, Untouched, match
from jobs.intend import intended, keep_intentions_fresh
from models import Shop


@dataclass
class Filled:
    """What became of a sheet. `file` None: nothing had to change, so nothing was written."""

    kind: str
    marketplace: str
    shop: str
    rows: int
    file: str | None = None
    changed: list[dict[str, Any]] = field(default_factory=list)  # row, SKU, column and its label, before, after
    added: list[str] = field(default_factory=list)  # SKUs in new rows
    unchanged: int = 0
    untouched: list[Untouched] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # SKUs on sale that an update sheet has no row for
    notes: tuple[str, ...] = ()


def fill_sheet(
    app: App,
    shop_name: str,
    path: Path,
    out: Path | None = None,
    *,
    again: bool = False,
    replace_pictures: bool = False,
) -> Filled:
    """Fill the sheet at `path` for that shop into `out` (beside it when None). The downloaded file itself is never written.

    `again`: goods that went into an earlier upload sheet go into this one too. `replace_pictures`: pictures on the marketplace
    give way to the register's; else only empty places are filled. Raises JobError with the sentence to show: not a known sheet,
    another shop's, damaged, or not to be written.
    """
    shop = app.shop(shop_name)
    target = out if out is not None else path.with_name(f"{path.stem}-da-dien.xlsx")
    if target.resolve() == path.resolve():
        raise JobError("Tệp kết quả trùng với tệp vừa tải về. Hãy chọn tên khác sau -o.")
    keep_intentions_fresh(app, shop)
    try:
        read = read_sheet(app, shop, path)
        matched = match(read.rows, read.ours)
        filling = _filling(app, read, replace_pictures=replace_pictures)
        filling.untouched += matched.untouched
        if read.found.layout.adds:
            _add(app, shop, read, filling, again=again)
        else:
            filling.update(matched.found)
        file = _write(read, filling, target)
    except SheetError as err:
        raise JobError(str(err)) from None
    _remember(app, read, matched, filling)
    return _told(shop, read, matched, filling, file)


def _filling(app: App, read: ReadSheet, *, replace_pictures: bool) -> Filling:
    with app.database.session() as session:
        found = intended(session, [one.id for one in read.ours if one.wanted])
    wanted = {one.listing_id: one.listing for one in found}
    return Filling(read.found.sheet, read.found.layout, wanted, replace_pictures)


def _add(app: App, shop: Shop, read: ReadSheet, filling: Filling, *, again: bool) -> None:
    """The same download may be filled again, with the same result; another one leaves out what the earlier one has."""
    with app.database.session() as session:
        told = exported(session, shop, app.zone)
    download = fingerprint(read.book.package)
    earlier = {} if again else {row_id: one for row_id, one in told.items() if one.download != download}
    listed = {row.sku for row in read.rows}
    new, untouched = sort_new([one for one in read.ours if one.sku not in listed], filling.wanted, earlier)
    filling.untouched += untouched
    filling.add(new)


def _write(read: ReadSheet, filling: Filling, target: Path) -> str | None:
    if not filling.cells:
        return None
    write_whole(target, read.book.with_sheet(read.found.sheet_name, read.found.sheet.written(filling.cells)))
    return str(target)


def _remember(app: App, read: ReadSheet, matched: Matched, filling: Filling) -> None:
    """Ids are learnt only from a sheet that says whose it is."""
    layout = read.found.layout
    with app.database.write() as session:
        if layout.names_shop:
            keep_ids(session, matched.found, app.now(), layout.kind)
        keep_exported(
            session, [one.id for one in filling.added], app.now(), layout.kind, fingerprint(read.book.package)
        )


def _told(shop: Shop, read: ReadSheet, matched: Matched, filling: Filling, file: str | None) -> Filled:
    layout = read.found.layout
    there = {one.id for _, one in matched.found}
    absent = [] if layout.adds else [one.sku for one in read.ours if one.id in filling.wanted and one.id not in there]
    return Filled(
        kind=layout.kind,
        marketplace=layout.marketplace,
        shop=shop.name,
        rows=len(read.rows),
        file=file,
        changed=filling.changed,
        added=[one.sku for one in filling.added],
        unchanged=filling.unchanged,
        untouched=filling.untouched,
        absent=absent,
        notes=(*layout.notes, *_pictureless(filling)),
    )


def _pictureless(filling: Filling) -> list[str]:
    """Goods whose pictures, if any, are files: a sheet holds addresses only."""
    skus = [one.sku for one in filling.added if not web_pictures(filling.wanted[one.id])]
    if not skus:
        return []
    what_to_do = "Hãy thêm ảnh trong trang người bán, hoặc ghi địa chỉ http(s) vào sổ đăng ký rồi điền lại."
    return [f"Chưa có ảnh trên mạng cho {', '.join(skus)}: tệp chỉ nhận địa chỉ ảnh. {what_to_do}"]


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
