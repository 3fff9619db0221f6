"""Reports over five years of daily sums, against SQL written by hand for the same sums; and that ten times the days cost ten times the time.

The period begins and ends inside a month, so both grains are read. At the full size the daily sums are 4.4 million rows.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from statistics import median
from typing import NamedTuple

from sqlalchemy.orm import Session

from analysis.money.reports import channels, producers, products
from analysis.report import Maker, Period
from analysis.revenue import revenue
from benchmarks.by_hand import MONEY, SALES, Sums, by_hand
from benchmarks.late import late_order
from benchmarks.places import application, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Result, Target
from benchmarks.sizes import Size
from benchmarks.years import A_DAY, FEE_VND, PRICE_VND, fill, period_of
from jobs.app import App
from tests.databases import postgres_server

MOST, LINEAR = Target(1.5, "time"), Target(1.2, "time")
Place = Callable[[], AbstractContextManager[str]]


class Asked(NamedTuple):
    """A report, its keys, the same by hand, and the đồng that a daily sum adds to its last column."""

    name: str
    make: Maker
    by: tuple[str, ...]
    sums: Sums
    keys: tuple[str, ...]
    vnd: int


REPORTS = (
    Asked(
        "producers",
        producers,
        ("marketplace", "month"),
        MONEY,
        ("producer", "marketplace", "month"),
        PRICE_VND + FEE_VND,
    ),
    Asked("products", products, ("month", "shop"), MONEY, ("product", "month", "shop"), PRICE_VND + FEE_VND),
    Asked("channels", channels, ("month",), MONEY, ("marketplace", "month"), PRICE_VND + FEE_VND),
    Asked("revenue", revenue, ("producer", "month"), SALES, ("producer", "month"), PRICE_VND),
    Asked("revenue", revenue, ("marketplace", "month"), SALES, ("marketplace", "month"), PRICE_VND),
)


def races(size: Size) -> Iterator[Race | Result]:
    yield from _of(size, "SQLite", fresh_sqlite)
    with postgres_server() as server:
        yield from _of(size, "PostgreSQL", server.database)


def _of(size: Size, kind: str, place: Place) -> Iterator[Race | Result]:
    took_s: list[float] = []  # the first report, at each size
    for days in (size.reported_days // 100, size.reported_days // 10, size.reported_days):
        period = period_of(days)
        with place() as url, application(url) as app:
            fill(app, period)
            took_s.append(median(_lap(app, partial(_report, REPORTS[0], period)).seconds for _ in range(size.rounds)))
            if days == size.reported_days:
                yield from (_race(kind, app, period, asked, days * A_DAY) for asked in REPORTS)
                yield late_order(app, period, kind)
    yield from (_grown(kind, times, took_s[0], seconds) for times, seconds in zip((10, 100), took_s[1:], strict=True))


def _grown(kind: str, times: int, before_s: float, seconds: float) -> Result:
    """So many times the days, against so many times the time."""
    ratio = seconds / (before_s * times)
    what = f"{REPORTS[0].name} over {times} times the days, {kind}"
    return Result(what, "s", seconds, "linear", before_s * times, ratio, str(LINEAR), LINEAR.is_met(ratio))


def _race(kind: str, app: App, period: Period, asked: Asked, amount: int) -> Race:
    return Race(
        what=f"{asked.name} --by {','.join(asked.by)} over {amount:,} daily sums, {kind}",
        unit="reports/s",
        amount=1,
        leaves={"vnd": amount * asked.vnd},
        ours=partial(_lap, app, partial(_report, asked, period)),
        floors=(Floor("SQL by hand", partial(_lap, app, partial(_by_hand, asked, period)), MOST),),
    )


def _lap(app: App, tell: Callable[[Session], int]) -> Lap:
    started = time.perf_counter()
    with app.database.session() as session:
        vnd = tell(session)
    return Lap(time.perf_counter() - started, {"vnd": vnd})


def _report(asked: Asked, period: Period, session: Session) -> int:
    made = asked.make(session, period, asked.by)
    last = made.columns[-1]
    return sum(int(str(row[last])) for row in made.rows)


def _by_hand(asked: Asked, period: Period, session: Session) -> int:
    """All amounts of money are its net; of sales the last column is the đồng."""
    first = 1 - len(MONEY[2]) if asked.sums is MONEY else -1
    return int(sum(sum(row[first:]) for row in by_hand(session, asked.sums, period, asked.keys)))
