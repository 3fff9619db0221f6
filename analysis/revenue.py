"""Revenue at the stage *placed*: what buyers ordered and did not cancel or return, at the price they pay, before fees."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.stars import star_on
from models import OrderLine, Producer, Product, SalesOrder, Shop, Variant

NOT_REVENUE = ("unpaid", "cancelled", "returned")  # an unpaid order is a wish; the others were undone
MEASURES = ("orders", "units", "revenue_vnd")
STAR = "star"  # decided by certificates and the day of the order, so it is not a column of a table

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
COLUMNS: Mapping[str, Column] = {
    "marketplace": Shop.marketplace,
    "shop": Shop.name,
    "producer": Producer.name,
    "producer_code": Producer.code,
    "product": Product.name,
    "product_code": Product.code,
    "sku": OrderLine.sku,
    "sub_group": Product.sub_group,
    "commune": Producer.commune,
    "month": SalesOrder.placed_month,
}
WITH_CODE = {"producer": "producer_code", "product": "product_code"}  # two products may share a name, never a code
KEYS = (*(name for name in COLUMNS if name not in WITH_CODE.values()), STAR)
OF_AN_ORDER = {"marketplace", "shop", "month"}  # an order has one of each; its lines may differ in the other keys


def revenue(session: Session, period: Period, by: Sequence[str]) -> Report:
    """Rows of the keys asked for, largest first. A SKU the register does not know keeps its row with empty names."""
    keys = tuple(dict.fromkeys(by)) or ("marketplace",)
    if unknown := [key for key in keys if key not in KEYS]:
        raise ReportError(f"Không có khoá {', '.join(unknown)}. Các khoá: {', '.join(KEYS)}.")
    names = [name for key in keys for name in (key, WITH_CODE.get(key)) if name]
    rows = _by_star(session, period, names) if STAR in keys else _grouped(session, period, names)
    ordered = sorted(rows, key=lambda row: (-int(str(row["revenue_vnd"])), [str(row[name]) for name in names]))
    return Report("revenue", period, "placed", (*names, *MEASURES), ordered, coverage(session, period), _notes(keys))


def pieces() -> ColumnElement[int]:
    """Pieces of a line that stayed sold."""
    return OrderLine.quantity - OrderLine.cancelled_quantity - OrderLine.returned_quantity


def sold_lines(period: Period, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Those columns of every line that is revenue in the period, with its register rows where known.

    A line of which no piece stayed sold is left out: it would count its order where nothing was bought.
    """
    return (
        select(*columns)
        .select_from(OrderLine)
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .outerjoin(Variant, OrderLine.variant_id == Variant.id)
        .outerjoin(Product, Variant.product_id == Product.id)
        .outerjoin(Producer, Product.producer_id == Producer.id)
        .where(
            SalesOrder.placed_at >= period.start,
            SalesOrder.placed_at < period.end,
            SalesOrder.state.not_in(NOT_REVENUE),
            pieces() != 0,
        )
    )


def _grouped(session: Session, period: Period, names: Sequence[str]) -> list[Row]:
    columns = [COLUMNS[name].label(name) for name in names]
    orders = func.count(SalesOrder.id.distinct()).label("orders")
    found = session.execute(sold_lines(period, [*columns, orders, *_sums()]).group_by(*columns))
    return [{**row, "units": int(row["units"]), "revenue_vnd": int(row["revenue_vnd"])} for row in found.mappings()]


def _by_star(session: Session, period: Period, names: Sequence[str]) -> list[Row]:
    """The class a product had on the local day of the order, so a year is the sum of its months. An order counts once a group."""
    star = star_on(session)
    facts: list[ColumnElement[Any]] = [
        Product.id.label("product_id"),
        SalesOrder.id.label("order_id"),
        SalesOrder.placed_at.label("placed_at"),
    ]
    columns: list[ColumnElement[Any]] = [*(COLUMNS[name].label(name) for name in names if name != STAR), *facts]
    orders: dict[tuple[object, ...], set[int]] = defaultdict(set)
    sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in session.execute(sold_lines(period, [*columns, *_sums()]).group_by(*columns)).mappings():
        day = row["placed_at"].astimezone(period.zone).date()
        key = tuple(star(row["product_id"], day) if name == STAR else row[name] for name in names)
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
