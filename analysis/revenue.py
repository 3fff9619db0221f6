"""Revenue at the stage *placed*: what buyers ordered and did not cancel or return, at the price they pay, before fees."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from analysis.coverage import coverage
from analysis.doubts import doubts
from analysis.report import Period, Report, Row
from analysis.rollup.grains import Cut
from analysis.rollup.read import are_up_to_date
from analysis.rollup.sales import sold
from analysis.seasons import tet_note
from analysis.sold import COLUMNS, DAY, KEYS, NOT_REVENUE, OF_AN_ORDER, STAR, WITH_CODE, names_of, pieces, sold_lines
from analysis.stars import star_on
from models import OrderLine, Product, SalesOrder

__all__ = ["KEYS", "NOT_REVENUE", "STAR", "WITH_CODE", "pieces", "revenue", "sold_lines"]

MEASURES = ("orders", "units", "revenue_vnd")


def revenue(session: Session, period: Period, by: Sequence[str]) -> Report:
    """Rows of the keys asked for, largest first. A SKU the register does not know keeps its row with empty names."""
    keys = tuple(dict.fromkeys(by)) or ("marketplace",)
    names = names_of(keys)
    if are_up_to_date(session):
        found = sold(session, Cut(period, names))
        rows: list[Row] = [dict(zip((*names, *MEASURES), (*key, *sums), strict=True)) for key, sums in found.items()]
    else:
        rows = _by_day(session, period, names) if {DAY, STAR} & set(keys) else _grouped(session, period, names)
    ordered = sorted(rows, key=lambda row: (-int(str(row["revenue_vnd"])), [str(row[name]) for name in names]))
    notes = [*_notes(keys), *tet_note(period, keys)]
    about = coverage(session, period), notes, doubts(session, period)
    return Report("revenue", period, "placed", (*names, *MEASURES), ordered, *about)


def _grouped(session: Session, period: Period, names: Sequence[str]) -> list[Row]:
    columns = [COLUMNS[name].label(name) for name in names]
    orders = func.count(SalesOrder.id.distinct()).label("orders")
    found = session.execute(sold_lines(period, [*columns, orders, *_sums()]).group_by(*columns))
    return [{**row, "units": int(row["units"]), "revenue_vnd": int(row["revenue_vnd"])} for row in found.mappings()]


def _by_day(session: Session, period: Period, names: Sequence[str]) -> list[Row]:
    """By the order's local day, and the class a product had on it, so a year is the sum of its months. An order counts once a group."""
    star = star_on(session)
    facts: list[ColumnElement[Any]] = [
        Product.id.label("product_id"),
        SalesOrder.id.label("order_id"),
        SalesOrder.placed_at.label("placed_at"),
    ]
    columns: list[ColumnElement[Any]] = [*(COLUMNS[name].label(name) for name in names if name in COLUMNS), *facts]
    orders: dict[tuple[object, ...], set[int]] = defaultdict(set)
    sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in session.execute(sold_lines(period, [*columns, *_sums()]).group_by(*columns)).mappings():
        day = row["placed_at"].astimezone(period.zone).date()
        of_day = {DAY: int(f"{day:%Y%m%d}"), STAR: star(row["product_id"], day)}
        key = tuple(of_day[name] if name in of_day else row[name] for name in names)
        orders[key].add(row["order_id"])
        sums[key][0] += int(row["units"])
        sums[key][1] += int(row["revenue_vnd"])
    return [dict(zip((*names, *MEASURES), (*key, len(orders[key]), *sums[key]), strict=True)) for key in sums]


def _sums() -> list[ColumnElement[int]]:
    return [func.sum(pieces()).label("units"), func.sum(pieces() * OrderLine.unit_price_vnd).label("revenue_vnd")]


def _notes(keys: Sequence[str]) -> list[str]:
    notes = []
    if not OF_AN_ORDER.issuperset(keys):
        notes.append("Đơn có hàng thuộc nhiều dòng được đếm ở mỗi dòng: không cộng dồn cột số đơn.")
    if STAR in keys:
        notes.append("Hạng sao là hạng chứng minh được vào ngày đặt hàng; ô trống là chưa chứng minh được.")
    return notes
