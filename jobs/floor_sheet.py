"""Price floors from a file (CSV in UTF-8): a row a pack and marketplace, either the floor itself or what a piece costs.

Stored all together or, when one row is wrong, not at all; the sentence names the row.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.orm import Session

from analysis.whatif.offers import Conditions, Costs
from catalog.money import parse_dong
from catalog.producer import ProducerKind
from jobs.app import App, JobError
from jobs.computed_floors import conditions, lowest_of
from jobs.price_floors import channel_of, put_floor, variant_of

COLUMNS = ("sku", "marketplace", "floor_vnd", "cost_vnd", "packaging_vnd", "seller")


class Row(NamedTuple):
    """One row of the file. `floor_vnd` None: to be computed from `costs`."""

    place: int
    sku: str
    marketplace: str | None
    floor_vnd: int | None
    costs: Costs


class Floor(NamedTuple):
    """One to be stored; `costs` None was written down by the office."""

    variant_id: int
    channel: str
    floor_vnd: int
    costs: Costs | None


def import_floors(app: App, path: Path) -> int:
    """How many floors are set now. Safe to repeat. Raises JobError."""
    rows = _read(path)
    with app.database.session() as session:
        today = conditions(app, session)
        floors = [floor for row in rows for floor in _floors(session, path, row, today)]
    with app.database.write() as session:
        for one in floors:
            put_floor(session, one.variant_id, one.channel, one.floor_vnd, app.now(), one.costs)
    return len(floors)


def _floors(session: Session, path: Path, row: Row, today: Conditions) -> list[Floor]:
    """One, or one a marketplace where they are computed."""
    try:
        variant_id, channel = variant_of(session, row.sku), channel_of(row.marketplace)
        if row.floor_vnd is not None:
            return [Floor(variant_id, channel, row.floor_vnd, None)]
        lowest = lowest_of(session, row.sku, row.marketplace, row.costs, today)
    except JobError as err:
        raise JobError(f"{path.name} dòng {row.place}: {err}") from None
    return [Floor(variant_id, market, floor_vnd, row.costs) for market, floor_vnd in lowest.items()]


def _read(path: Path) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text, strict=True)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise JobError(f"{path.name} thiếu cột {', '.join(missing)}. Cần đủ các cột {', '.join(COLUMNS)}.")
            return list(_rows(path, rows))
    except (UnicodeDecodeError, csv.Error):
        raise JobError(f"{path.name} không phải tệp CSV mã UTF-8. Lưu lại thành CSV UTF-8 rồi nhập lại.") from None


def _rows(path: Path, rows: "csv.DictReader[str]") -> Iterator[Row]:
    for place, cells in enumerate(rows, start=2):
        try:
            yield _row(place, {name: (cells[name] or "").strip() for name in COLUMNS})
        except ValueError as err:
            raise JobError(f"{path.name} dòng {place}: {err}") from None


def _row(place: int, cells: dict[str, str]) -> Row:
    if bool(cells["floor_vnd"]) == bool(cells["cost_vnd"]):
        raise ValueError("cần đúng một trong hai cột floor_vnd (giá sàn) và cost_vnd (giá vốn).")
    if cells["seller"] not in {"", *ProducerKind}:
        raise ValueError(f"loại hình «{cells['seller']}» không có. Các loại hình: {', '.join(ProducerKind)}.")
    floor_vnd, cost_vnd, packaging_vnd = (
        parse_dong(cells[name]) if cells[name] else None for name in ("floor_vnd", "cost_vnd", "packaging_vnd")
    )
    costs = Costs(packaging_vnd or 0, cost_vnd or 0, cells["seller"] or None)
    return Row(place, cells["sku"], cells["marketplace"] or None, floor_vnd, costs)
