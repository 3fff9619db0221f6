"""The money table from the sums: whole months from the monthly ones, ragged ends from the daily ones."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, exists, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from analysis.money.keys import Key
from analysis.money.table import Money
from analysis.report import Period
from analysis.revenue import STAR
from analysis.rollup.build import FIGURES, codes_digest
from analysis.rollup.names import detail, shops
from models import MoneyDay, MoneyMonth, RollupDue, RollupState, UnclassedDay

Keys = Callable[[Any, int, int | None], Key]


def can_tell(session: Session, names: Sequence[str]) -> bool:
    """Nothing is due, the sums rest on today's codes, and the keys are facts of a SKU or shop: the day's star is none."""
    if STAR in names or session.scalar(select(RollupState.codes_digest)) != codes_digest():
        return False
    return not session.scalar(select(exists().where(RollupDue.shop_id.is_not(None))))


def money(session: Session, period: Period, names: Sequence[str]) -> Money:
    """The same sums as from the orders themselves."""
    whole, ends = _split(period)
    found, key = Money(), _keys(session, names)
    if whole:
        inside = MoneyMonth.month.between(_yyyymm(whole[0]), _yyyymm(whole[1]))
        _add(session, _sums(MoneyMonth, MoneyMonth.month.expression, inside, names), key, found)
    if ends:
        outside = or_(*(MoneyDay.day.between(_number(first), _number(last)) for first, last in ends))
        _add(session, _sums(MoneyDay, _month_of(MoneyDay.day), outside, names), key, found)
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
    """Grouped by numbers and codes alone: grouping by names takes twice as long."""
    figures = [func.sum(getattr(table, name)) for name in FIGURES]
    return _grouped(table, month, names, figures).where(when)


def _grouped(table: type[Any], month: ColumnElement[int], names: Sequence[str], figures: Sequence[Any]) -> Select[Any]:
    fine = detail(names, table.sku)
    keys = [fine.column, table.shop_id, month if "month" in names else literal(None, Integer), table.stage]
    grouped = [key for key in keys if not isinstance(key, BindParameter)]
    return fine.join(select(*keys, *figures).select_from(table), table.sku).group_by(*grouped)


def _keys(session: Session, names: Sequence[str]) -> Keys:
    """The values of the names, of a row's first three columns."""
    of_shop, facts = shops(session), detail(names, MoneyDay.sku).facts(session)

    def key(fine: Any, shop_id: int, month: int | None) -> Key:
        known = {**facts.get(fine, {}), **of_shop[shop_id], "month": month, "sku": fine or None}
        return tuple(known.get(name) for name in names)

    return key


def _add(session: Session, query: Select[Any], key: Keys, found: Money) -> None:
    for fine, shop_id, month, stage, *values in session.execute(query):
        sums = found.sums[key(fine, shop_id, month)][stage]
        for name, value in zip(FIGURES, values, strict=True):
            sums[name] += int(value)


def _add_unclassed(session: Session, period: Period, names: Sequence[str], found: Money) -> None:
    figures = [UnclassedDay.code, func.sum(UnclassedDay.amount_vnd)]
    query = _grouped(UnclassedDay, _month_of(UnclassedDay.day), names, figures).group_by(UnclassedDay.code)
    when = UnclassedDay.day.between(_number(period.first), _number(period.last))
    of_shop, key = shops(session), _keys(session, names)
    for fine, shop_id, month, stage, code, vnd in session.execute(query.where(when)):
        column = f"{of_shop[shop_id]['marketplace']}:{code}"
        found.sums[key(fine, shop_id, month)][stage][column] += int(vnd)
        found.unclassed[column] += int(vnd)


def _month_of(day: Any) -> ColumnElement[int]:
    return type_coerce(day // 100, Integer)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _yyyymm(day: date) -> int:
    return day.year * 100 + day.month


def _number(day: date) -> int:
    return int(f"{day:%Y%m%d}")
