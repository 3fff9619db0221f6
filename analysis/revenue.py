"""Revenue at the stage *placed*: what buyers ordered and did not cancel or return, at the price they pay, before fees."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from analysis.coverage import coverage
from analysis.report import Period, Report, ReportError, Row
from analysis.stars import stars_by_product
from models import OrderLine, Producer, Product, SalesOrder, Shop, Variant

NOT_REVENUE = ("unpaid", "cancelled", "returned")  # an unpaid order is a wish; the others were undone
MEASURES = ("orders", "units", "revenue_vnd")

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
KEYS: Mapping[str, Column] = {
    "marketplace": Shop.marketplace,
    "shop": Shop.name,
    "producer": Producer.name,
    "product": Product.name,
    "sku": OrderLine.sku,
    "sub_group": Product.sub_group,
    "commune": Producer.commune,
    "month": SalesOrder.placed_month,
}
STAR = "star"  # decided by certificates and a day, so it is not a column


def revenue(session: Session, period: Period, by: Sequence[str]) -> Report:
    """Rows of the keys asked for, largest first. A SKU the register does not know keeps its row with empty names."""
    keys = tuple(by) or ("marketplace",)
    if unknown := [key for key in keys if key not in KEYS and key != STAR]:
        raise ReportError(f"Không có khoá {', '.join(unknown)}. Các khoá: {', '.join([*KEYS, STAR])}.")
    rows = _by_star(session, period, keys) if STAR in keys else _grouped(session, period, keys)
    ordered = sorted(rows, key=lambda row: (-int(str(row["revenue_vnd"])), [str(row[key]) for key in keys]))
    return Report("revenue", period, "placed", (*keys, *MEASURES), ordered, coverage(session, period))


def pieces() -> ColumnElement[int]:
    """Pieces of a line that stayed sold."""
    return OrderLine.quantity - OrderLine.cancelled_quantity - OrderLine.returned_quantity


def sold_lines(period: Period, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Those columns of every line that is revenue in the period, with its register rows where known."""
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
        )
    )


def _grouped(session: Session, period: Period, keys: Sequence[str]) -> list[Row]:
    names = [KEYS[key].label(key) for key in keys]
    measures = [
        func.count(SalesOrder.id.distinct()).label("orders"),
        func.sum(pieces()).label("units"),
        func.sum(pieces() * OrderLine.unit_price_vnd).label("revenue_vnd"),
    ]
    found = session.execute(sold_lines(period, [*names, *measures]).group_by(*names))
    return [{**row, "units": int(row["units"]), "revenue_vnd": int(row["revenue_vnd"])} for row in found.mappings()]


def _by_star(session: Session, period: Period, keys: Sequence[str]) -> list[Row]:
    """Stars come from certificates and a day, so the rows are added up here; an order is counted once a group."""
    others = tuple(key for key in keys if key != STAR)
    names = [KEYS[key].label(key) for key in others]
    measures = [
        Product.id.label("product_id"),
        SalesOrder.id.label("order_id"),
        func.sum(pieces()).label("units"),
        func.sum(pieces() * OrderLine.unit_price_vnd).label("revenue_vnd"),
    ]
    stars = stars_by_product(session, period.last)
    orders: dict[tuple[object, ...], set[int]] = defaultdict(set)
    sums: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in session.execute(
        sold_lines(period, [*names, *measures]).group_by(*names, Product.id, SalesOrder.id)
    ).mappings():
        key = tuple(stars.get(row["product_id"]) if name == STAR else row[name] for name in keys)
        orders[key].add(row["order_id"])
        sums[key][0] += int(row["units"])
        sums[key][1] += int(row["revenue_vnd"])
    return [dict(zip((*keys, *MEASURES), (*key, len(orders[key]), *sums[key]), strict=True)) for key in sums]
