"""One late order in a day of six hundred, years behind it: how long until all sums are true again."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

from analysis.report import Period
from analysis.rollup.build import refresh
from benchmarks.race import Result, Target, WrongEndError
from benchmarks.years import FEE_VND, PRICE_VND, PRODUCTS, VIETNAM
from jobs.app import App
from models.orders_store import LineRow, MoneyRow, OrderRow, store_orders

TIMES, ALLOWED_MS, MOST = 5, 100, Target(1.00, "time")
SHOP = 1


def late_order(app: App, period: Period, kind: str) -> Result:
    """On the tenth of the last whole month; its shop's day and month are summed anew."""
    tenth = (period.last.replace(day=1) - timedelta(days=1)).replace(day=10)
    at = datetime(tenth.year, tenth.month, tenth.day, 9, tzinfo=VIETNAM).astimezone(UTC)
    _store(app, [_order(number, at) for number in range(PRODUCTS)])
    _refreshed_ms(app)
    told_ms = []
    for number in range(PRODUCTS, PRODUCTS + TIMES):
        _store(app, [_order(number, at)])
        told_ms.append(_refreshed_ms(app))
    ms = median(told_ms)
    what = f"refresh after one late order, {kind}"
    return Result(what, "ms", ms, "allowed", ALLOWED_MS, ms / ALLOWED_MS, str(MOST), MOST.is_met(ms / ALLOWED_MS))


def _store(app: App, orders: list[OrderRow]) -> None:
    with app.database.write() as session:
        store_orders(session, SHOP, orders)


def _refreshed_ms(app: App) -> float:
    started = time.perf_counter()
    with app.database.write() as session:
        days = refresh(session, VIETNAM)
    if days != 1:
        raise WrongEndError(f"{days} days were summed anew after one late order")
    return (time.perf_counter() - started) * 1000


def _order(number: int, at: datetime) -> OrderRow:
    line = LineRow("1", f"OCOP-TN-{number % PRODUCTS:04}", "i", "Trà", 1, 0, 0, PRICE_VND, None)
    money = (
        MoneyRow("1", "model_discounted_price", "placed", "", PRICE_VND),
        MoneyRow("1", "commission_fee", "processing", "", FEE_VND),
    )
    month = at.year * 100 + at.month
    return OrderRow(f"L{number}", "completed", "C", at, at, at, at, None, "h", "{}", month, (line,), money)
