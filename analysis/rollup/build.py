"""Makes the sums. Only days whose orders changed are made anew; from scratch the same rows come out, byte for byte.

Safe to repeat and to kill: each shop's day is deleted and written in one transaction together with its mark.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from importlib.resources import files
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from analysis.money.attribution import parts, pieces
from analysis.money.facts import Order, orders
from analysis.money.table import COLUMN_OF, MONEY, UNITS
from models import MoneyDay, MoneyMonth, RollupDue, RollupState, SalesOrder, Shop, UnclassedDay
from models.bulk import upsert
from models.rollup_store import mark_due

FIGURES = (UNITS, *MONEY)
_KEY = ("day", "shop_id", "sku", "stage")
Day = tuple[int, date]  # shop, local day


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
    for table in (MoneyDay, MoneyMonth, UnclassedDay, RollupState):
        session.execute(delete(table))
    for shop_id in session.scalars(select(Shop.id).order_by(Shop.id)).all():
        mark_due(session, shop_id, session.scalars(select(SalesOrder.placed_at).where(SalesOrder.shop_id == shop_id)))
    session.add(RollupState(id=1, codes_digest=codes_digest()))
    session.flush()


def _take_due(session: Session, zone: ZoneInfo) -> set[Day]:
    """Marks go first: an order that changes from here on marks its hour again."""
    taken = session.execute(delete(RollupDue).returning(RollupDue.shop_id, RollupDue.hour))
    return {(shop_id, hour.astimezone(zone).date()) for shop_id, hour in taken.all()}


def _make(session: Session, shop_id: int, day: date, zone: ZoneInfo) -> None:
    number = int(f"{day:%Y%m%d}")
    for table in (MoneyDay, UnclassedDay):
        session.execute(delete(table).where(table.shop_id == shop_id, table.day == number))
    sums, unclassed = _summed(orders(session, _of_day(shop_id, day, zone)))
    rows = [
        (number, shop_id, sku, stage, *(one[name] for name in FIGURES)) for (sku, stage), one in sorted(sums.items())
    ]
    upsert(session, MoneyDay, (*_KEY, *FIGURES), rows, key=_KEY, update=FIGURES)
    others = [(number, shop_id, *key, vnd) for key, vnd in sorted(unclassed.items())]
    upsert(session, UnclassedDay, (*_KEY, "code", "amount_vnd"), others, key=(*_KEY, "code"), update=("amount_vnd",))


def _of_day(shop_id: int, day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return and_(SalesOrder.shop_id == shop_id, SalesOrder.placed_at >= start, SalesOrder.placed_at < end)


def _summed(
    found: Iterable[Order],
) -> tuple[dict[tuple[str, str], Counter[str]], Counter[tuple[str, str, str]]]:
    """By SKU and stage: units and classes of money; by SKU, stage and code: what has no class."""
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    unclassed: Counter[tuple[str, str, str]] = Counter()
    for order in found:
        for part in parts(order):
            key = part.line.sku if part.line else "", part.stage
            if part.kind is None:
                unclassed[*key, part.code] += part.amount_vnd
                sums[key][UNITS] += 0
            else:
                sums[key][COLUMN_OF[part.kind]] += part.amount_vnd
        for line, stage, count in pieces(order):
            sums[line.sku, stage][UNITS] += count
    return sums, unclassed


def _sum_month(session: Session, shop_id: int, month: int) -> None:
    session.execute(delete(MoneyMonth).where(MoneyMonth.shop_id == shop_id, MoneyMonth.month == month))
    key = (MoneyDay.shop_id, MoneyDay.sku, MoneyDay.stage)
    sums = (func.sum(getattr(MoneyDay, name)).label(name) for name in FIGURES)
    days = (
        select(literal(month), *key, *sums)
        .where(MoneyDay.shop_id == shop_id, MoneyDay.day.between(month * 100, month * 100 + 99))
        .group_by(*key)
    )
    session.execute(insert(MoneyMonth).from_select(("month", "shop_id", "sku", "stage", *FIGURES), days))


def _yyyymm(day: date) -> int:
    return day.year * 100 + day.month
