"""Sums read for a period: whole months from the monthly ones, ragged ends from the daily ones."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import Session

from analysis.dated import Dated
from analysis.money.table import FIGURES
from analysis.report import Period
from analysis.rollup.day import SALES, number
from analysis.rollup.names import OF_A_SHOP, OF_TIME, detail
from analysis.sold import STAR
from analysis.stars import broken_months
from models import BasketDay, BasketMonth, MoneyDay, MoneyMonth, OrderDay, SaleDay, SaleMonth, UnclassedDay, Variant
from models.among import among

Stretch = tuple[date, date]
_MONTHS = 1_000_000  # more than any yyyymm: a product and a month in one number


class Grains(NamedTuple):
    """The same sums by month and by day; those that are few are kept by day only. `told` are the keys that come with each row."""

    by_month: Any
    by_day: Any
    told: tuple[str, ...]
    figures: tuple[str, ...]


MONEY = Grains(MoneyMonth, MoneyDay, ("stage",), FIGURES)
UNCLASSED = Grains(None, UnclassedDay, ("stage", "code"), ("amount_vnd",))
SOLD = Grains(SaleMonth, SaleDay, (), SALES)
BASKETS = Grains(BasketMonth, BasketDay, ("skus",), ("orders",))
ORDERS = Grains(None, OrderDay, (), ("orders", "sold", "unsettled"))


class Cut(NamedTuple):
    """What a report asks for: the period, the names its rows are told apart by (one or more), and by which of its days an order counts."""

    period: Period
    names: Sequence[str]
    dated: Dated = Dated.PLACED


def rows(session: Session, grains: Grains, cut: Cut) -> Iterator[Any]:
    """Register side, shop, time, what is told, figures. A side that no name asks for is None, and all of it together.

    The time is a month or a day; for the star, which may change inside a month, a month only where it does not.
    """
    whole, ends = _split(cut.period)
    if grains.by_month is None or "day" in cut.names:
        whole, ends = None, [(cut.period.first, cut.period.last)]
    broken = _broken(session, grains) if whole and STAR in cut.names else None
    if whole:
        month = getattr(grains.by_month, f"{cut.dated.prefix}month")
        inside = month.between(*(number(day) // 100 for day in whole))
        unbroken = true() if broken is None else ~broken(month)
        yield from session.execute(_grouped(grains, grains.by_month, cut, month).where(inside, unbroken))
    if ends or broken:
        day = getattr(grains.by_day, f"{cut.dated.prefix}day")
        stretches = [day.between(number(first), number(last)) for first, last in ends]
        if whole and broken:
            stretches.append(day.between(*map(number, whole)) & broken(day // 100))
        time = day if {"day", STAR} & set(cut.names) else type_coerce(day // 100, Integer)
        yield from session.execute(_grouped(grains, grains.by_day, cut, time).where(or_(*stretches)))


def _broken(session: Session, grains: Grains) -> Callable[[Any], ColumnElement[bool]]:
    """Whether the product's class may change inside the month; any product's, where rows are not of one."""
    turning = broken_months(session)
    if not hasattr(grains.by_month, "sku"):
        months = sorted({month for _, month in turning})
        return lambda month: month.in_(months)
    pairs = [product_id * _MONTHS + month for product_id, month in turning]
    product_id = cast(func.coalesce(Variant.product_id, 0), BigInteger)
    return lambda month: among(product_id * _MONTHS + month, "broken").params(broken=pairs)


def _grouped(grains: Grains, table: Any, cut: Cut, time: ColumnElement[int]) -> Select[Any]:
    """Grouped by numbers and codes alone: grouping by names takes twice as long."""
    nothing, has_time = literal(None, Integer), set(OF_TIME) & set(cut.names)
    fine = detail(cut.names, table.sku) if hasattr(table, "sku") else None
    keys = [
        fine.column if fine else nothing,
        table.shop_id if set(OF_A_SHOP) & set(cut.names) else nothing,
        time if has_time else nothing,
        *(getattr(table, name) for name in grains.told),
    ]
    sums = (cast(func.sum(getattr(table, name)), BigInteger).label(name) for name in grains.figures)
    query = select(*keys, *sums).select_from(table)
    joined = fine.join(query, table.sku) if fine else query
    return joined.group_by(*(key for key in keys if not isinstance(key, BindParameter)))


def _split(period: Period) -> tuple[Stretch | None, list[Stretch]]:
    """The whole months inside the period, and what is left of it on either side."""
    first = period.first if period.first.day == 1 else _next_month(period.first)
    after = period.last + timedelta(days=1)
    last = period.last if after.day == 1 else period.last.replace(day=1) - timedelta(days=1)
    if last < first:
        return None, [(period.first, period.last)]
    ends = [(period.first, first - timedelta(days=1)), (last + timedelta(days=1), period.last)]
    return (first, last), [(start, end) for start, end in ends if start <= end]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
