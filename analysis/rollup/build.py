"""Makes the sums. Only days whose orders changed are made anew; from scratch the same rows come out, byte for byte.

Safe to repeat and to kill: each shop's day is deleted and written in one transaction together with its mark.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from analysis.money.facts import orders
from analysis.money.table import FIGURES
from analysis.rollup.day import OF_A_DAY, SALES, Day, number
from models import (
    BasketDay,
    BasketMonth,
    MoneyDay,
    MoneyMonth,
    RollupDue,
    RollupState,
    SaleDay,
    SaleMonth,
    SalesOrder,
    Shop,
)
from models.bulk import upsert
from models.rollup_store import mark_due

DayOfAShop = tuple[int, date]


def refresh(session: Session, zone: ZoneInfo) -> int:
    """Make every due day anew; returns how many days of shops those were. In a writing session."""
    if not _is_of_these_codes(session):
        _start_again(session)
    days = _take_due(session, zone)
    for shop_id, day in sorted(days):
        _make(session, shop_id, day, zone)
    for shop_id, month in sorted({(shop_id, day.replace(day=1)) for shop_id, day in days}):
        _sum_month(session, shop_id, _yyyymm(month))
    return len(days)


def rebuild(session: Session, zone: ZoneInfo) -> int:
    """Forget all sums and make them from the orders."""
    _start_again(session)
    return refresh(session, zone)


def codes_digest() -> str:
    """Of the table of money codes: sums made with another one are no longer true."""
    return sha256((files("catalog") / "data" / "money_codes.csv").read_bytes()).hexdigest()


def _is_of_these_codes(session: Session) -> bool:
    return session.scalar(select(RollupState.codes_digest)) == codes_digest()


def _start_again(session: Session) -> None:
    tables: list[Any] = [*(kept.table for kept in OF_A_DAY), MoneyMonth, SaleMonth, BasketMonth, RollupState]
    for table in tables:
        session.execute(delete(table))
    for shop_id in session.scalars(select(Shop.id).order_by(Shop.id)).all():
        mark_due(session, shop_id, session.scalars(select(SalesOrder.placed_at).where(SalesOrder.shop_id == shop_id)))
    session.add(RollupState(id=1, codes_digest=codes_digest()))
    session.flush()


def _take_due(session: Session, zone: ZoneInfo) -> set[DayOfAShop]:
    """Marks go first: an order that changes from here on marks its hour again."""
    taken = session.execute(delete(RollupDue).returning(RollupDue.shop_id, RollupDue.hour))
    return {(shop_id, hour.astimezone(zone).date()) for shop_id, hour in taken.all()}


def _make(session: Session, shop_id: int, day: date, zone: ZoneInfo) -> None:
    made = Day(zone)
    for order in orders(session, _of_day(shop_id, day, zone)):
        made.add(order)
    for kept in OF_A_DAY:
        table: Any = kept.table
        session.execute(delete(table).where(table.shop_id == shop_id, table.day == number(day)))
        key = ("day", "shop_id", *kept.key)
        rows = [(number(day), shop_id, *row) for row in made.rows(kept)]
        upsert(session, table, (*key, *kept.figures), rows, key=key, update=kept.figures)


def _of_day(shop_id: int, day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return and_(SalesOrder.shop_id == shop_id, SalesOrder.placed_at >= start, SalesOrder.placed_at < end)


def _sum_month(session: Session, shop_id: int, month: int) -> None:
    """From the month's days, which are written by now."""
    money = MoneyDay.sku, MoneyDay.stage, MoneyDay.delivered_day // 100, MoneyDay.paid_day // 100
    key = ("sku", "stage", "delivered_month", "paid_month")
    _sum_days(session, MoneyMonth, MoneyDay, (shop_id, month), dict(zip(key, money, strict=True)), FIGURES)
    _sum_days(session, SaleMonth, SaleDay, (shop_id, month), {"sku": SaleDay.sku}, SALES)
    _sum_days(session, BasketMonth, BasketDay, (shop_id, month), {"skus": BasketDay.skus}, ("orders",))


def _sum_days(
    session: Session, months: Any, days: Any, of: tuple[int, int], key: Mapping[str, Any], figures: Sequence[str]
) -> None:
    shop_id, month = of
    session.execute(delete(months).where(months.shop_id == shop_id, months.month == month))
    sums = (func.sum(getattr(days, name)) for name in figures)
    summed = (
        select(literal(month), literal(shop_id), *key.values(), *sums)
        .where(
            days.shop_id == shop_id, days.day.in_(range(month * 100 + 1, month * 100 + 32))
        )  # day by day: its key begins so
        .group_by(*key.values())
    )
    session.execute(insert(months).from_select(("month", "shop_id", *key, *figures), summed))


def _yyyymm(day: date) -> int:
    return day.year * 100 + day.month
