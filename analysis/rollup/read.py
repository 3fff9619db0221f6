"""The money table from the sums: whole months from the monthly ones, ragged ends from the daily ones."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, exists, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from analysis.money.table import Money
from analysis.report import Period
from analysis.revenue import STAR
from analysis.rollup.build import FIGURES, codes_digest
from models import MoneyDay, MoneyMonth, Producer, Product, RollupDue, RollupState, Shop, UnclassedDay, Variant


def can_tell(session: Session, names: Sequence[str]) -> bool:
    """Nothing is due, the sums rest on today's codes, and the keys are facts of a SKU or shop: the day's star is none."""
    if STAR in names or session.scalar(select(RollupState.codes_digest)) != codes_digest():
        return False
    return not session.scalar(select(exists().where(RollupDue.shop_id.is_not(None))))


def money(session: Session, period: Period, names: Sequence[str]) -> Money:
    """The same sums as from the orders themselves."""
    whole, ends = _split(period)
    found = Money()
    if whole:
        months = MoneyMonth.month.between(_yyyymm(whole[0]), _yyyymm(whole[1]))
        _add(session, _sums(MoneyMonth, MoneyMonth.month.expression, months, names), names, found)
    if ends:
        days = or_(*(MoneyDay.day.between(_number(first), _number(last)) for first, last in ends))
        _add(session, _sums(MoneyDay, _month_of(MoneyDay.day), days, names), names, found)
    _add_unclassed(session, period, names, found)
    return found


def _split(period: Period) -> tuple[tuple[date, date] | None, list[tuple[date, date]]]:
    """The whole months inside the period, and what is left of it on either side."""
    first = period.first if period.first.day == 1 else _next_month(period.first)
    after = period.last + timedelta(days=1)
    last = period.last if after.day == 1 else period.last.replace(day=1) - timedelta(days=1)
    if last < first:
        return None, [(period.first, period.last)]
    ends = [(period.first, first - timedelta(days=1)), (last + timedelta(days=1), period.last)]
    return (first, last), [(start, end) for start, end in ends if start <= end]


def _sums(table: type[Any], month: ColumnElement[int], when: ColumnElement[bool], names: Sequence[str]) -> Select[Any]:
    """First by what the sums themselves name, then by the register's rows: few rows are joined."""
    keys = [table.shop_id, table.sku, table.stage]
    months = [month.label("month")] if "month" in names else []
    inner = (
        select(*keys, *months, *(func.sum(getattr(table, name)).label(name) for name in FIGURES))
        .where(when)
        .group_by(*keys, *months)
        .subquery()
    )
    outer = [*_columns(inner.c, names), inner.c.stage]
    return _joined(select(*outer, *(func.sum(inner.c[name]) for name in FIGURES)), inner).group_by(*outer)


def _add(session: Session, query: Select[Any], names: Sequence[str], found: Money) -> None:
    place = len(names)
    for row in session.execute(query):
        sums = found.sums[tuple(row[:place])][row[place]]
        for name, value in zip(FIGURES, row[place + 1 :], strict=True):
            sums[name] += int(value)


def _add_unclassed(session: Session, period: Period, names: Sequence[str], found: Money) -> None:
    month = [_month_of(UnclassedDay.day).label("month")] if "month" in names else []
    table = select(UnclassedDay, *month).where(UnclassedDay.day.between(_number(period.first), _number(period.last)))
    inner = table.subquery()
    outer = [*_columns(inner.c, names), inner.c.stage, Shop.marketplace.label("_marketplace"), inner.c.code]
    for row in session.execute(_joined(select(*outer, func.sum(inner.c.amount_vnd)), inner).group_by(*outer)):
        *key, stage, marketplace, code, vnd = row
        column = f"{marketplace}:{code}"
        found.sums[tuple(key)][stage][column] += int(vnd)
        found.unclassed[column] += int(vnd)


def _columns(inner: Any, names: Sequence[str]) -> Iterator[ColumnElement[Any]]:
    of_the_register: dict[str, Any] = {
        "marketplace": Shop.marketplace,
        "shop": Shop.name,
        "producer": Producer.name,
        "producer_code": Producer.code,
        "product": Product.name,
        "product_code": Product.code,
        "sub_group": Product.sub_group,
        "commune": Producer.commune,
    }
    for name in names:
        if name == "sku":
            yield func.nullif(inner.sku, "").label(name)
        else:
            yield (inner.month if name == "month" else of_the_register[name]).label(name)


def _joined(query: Select[Any], inner: Any) -> Select[Any]:
    return (
        query.select_from(inner)
        .join(Shop, inner.c.shop_id == Shop.id)
        .outerjoin(Variant, Variant.sku == inner.c.sku)
        .outerjoin(Product, Variant.product_id == Product.id)
        .outerjoin(Producer, Product.producer_id == Producer.id)
    )


def _month_of(day: Any) -> ColumnElement[int]:
    return type_coerce(day // 100, Integer)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _yyyymm(day: date) -> int:
    return day.year * 100 + day.month


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")
