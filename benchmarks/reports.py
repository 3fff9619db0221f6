"""Five years of six hundred products in four shops: a money report against SQL written by hand for the same sums.

The period begins and ends inside a month, so both grains are read. At the full size the daily sums are 4.4 million rows.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from analysis.money.reports import producers
from analysis.money.table import FIGURES
from analysis.report import Period, Report
from analysis.rollup.build import codes_digest
from benchmarks.places import NOW, application, fresh_sqlite
from benchmarks.race import Floor, Lap, Race, Target
from benchmarks.sizes import Size
from jobs.app import App
from models import Producer, Product, RollupState, Shop, Variant

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LAST = date(2026, 11, 20)
MARKETS = ("lazada", "shopee", "tiki", "tiktok_shop")
PRODUCTS, PRODUCTS_EACH = 600, 10  # of a producer
NET_VND = 91_000 - 9_100

_SUMS = ", ".join(FIGURES)
_A_DAY = f"""
    WITH RECURSIVE days(at) AS (SELECT :first UNION ALL SELECT date(at, '+1 day') FROM days WHERE at < :last)
    INSERT INTO money_day (day, shop_id, sku, stage, delivered_day, paid_day, {_SUMS})
    SELECT CAST(strftime('%Y%m%d', at) AS INTEGER), shop.id, variant.sku, 'settled', 0, 0, 1, 91000, 0, 0, 0, -9100, 0, 0, 0, 0, 0
    FROM days CROSS JOIN shop CROSS JOIN variant ORDER BY 1, 2, 3
"""  # noqa: S608 - names of our own columns
_A_MONTH = f"""
    INSERT INTO money_month (month, shop_id, sku, stage, delivered_month, paid_month, {_SUMS})
    SELECT day / 100, shop_id, sku, stage, 0, 0, {", ".join(f"sum({name})" for name in FIGURES)}
    FROM money_day GROUP BY day / 100, shop_id, sku, stage
"""  # noqa: S608 - names of our own columns
_GRAINS = f"""
    SELECT month, shop_id, sku, stage, {_SUMS} FROM money_month WHERE month BETWEEN :from_month AND :to_month
    UNION ALL
    SELECT day / 100, shop_id, sku, stage, {_SUMS} FROM money_day
    WHERE day BETWEEN :first_day AND :from_month * 100 OR day BETWEEN :to_month * 100 + 99 AND :last_day
"""  # noqa: S608 - names of our own columns
_BY_HAND = f"""
    SELECT producer.name, producer.code, shop.marketplace, month, stage, {", ".join(f"sum({name})" for name in FIGURES)}
    FROM ({_GRAINS}) AS sums
    JOIN shop ON shop.id = sums.shop_id
    LEFT JOIN variant ON variant.sku = sums.sku
    LEFT JOIN product ON product.id = variant.product_id
    LEFT JOIN producer ON producer.id = product.producer_id
    GROUP BY producer.name, producer.code, shop.marketplace, month, stage
"""  # noqa: S608 - names of our own columns


def races(size: Size) -> Iterator[Race]:
    period = Period(LAST - timedelta(days=size.reported_days - 1), LAST, VIETNAM)
    amount = size.reported_days * PRODUCTS * len(MARKETS)
    with fresh_sqlite() as url, application(url) as app:
        _fill(app, period)
        yield Race(
            what=f"report over {amount:,} daily sums",
            unit="reports/s",
            amount=1,
            leaves={"net_vnd": amount * NET_VND},
            ours=partial(_report, app, period),
            floors=(Floor("SQL by hand, the same sums", partial(_by_hand, app, period), Target(2.0, "time")),),
        )


def _fill(app: App, period: Period) -> None:
    with app.database.write() as session:
        for market in MARKETS:
            session.add(Shop(name=f"{market}-shop", marketplace=market, external_id=market))
        for number in range(PRODUCTS):
            _add_product(session, number)
        session.flush()
        session.execute(text(_A_DAY), {"first": period.first.isoformat(), "last": period.last.isoformat()})
        session.execute(text(_A_MONTH))
        session.execute(insert(RollupState).values(id=1, codes_digest=codes_digest()))


def _add_product(session: Session, number: int) -> None:
    code, place = divmod(number, PRODUCTS_EACH)
    if place == 0:
        session.add(Producer(id=code + 1, code=f"CT-{code:03}", name=f"HTX {code}", search_key=f"htx {code}"))
    facts = {"name": f"Trà {number}", "search_key": f"tra {number}", "sub_group": "food/tea", "content_hash": "h"}
    session.add(Product(id=number + 1, code=f"TN-{number:04}", producer_id=code + 1, updated_at=NOW, **facts))
    session.add(Variant(sku=f"OCOP-TN-{number:04}", product_id=number + 1, name="gói"))


def _report(app: App, period: Period) -> Lap:
    started = time.perf_counter()
    with app.database.session() as session:
        made: Report = producers(session, period, ["marketplace", "month"])
    seconds = time.perf_counter() - started
    return Lap(seconds, {"net_vnd": sum(int(str(row["net_vnd"])) for row in made.rows)})


def _by_hand(app: App, period: Period) -> Lap:
    """What somebody who knows the tables would write, its rows read to the end."""
    whole_from = (period.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    whole_to = period.last.replace(day=1) - timedelta(days=1)
    months = {"from_month": int(f"{whole_from:%Y%m}"), "to_month": int(f"{whole_to:%Y%m}")}
    days = {"first_day": int(f"{period.first:%Y%m%d}"), "last_day": int(f"{period.last:%Y%m%d}")}
    started = time.perf_counter()
    with app.database.session() as session:
        rows = session.execute(text(_BY_HAND), {**months, **days}).all()
    seconds = time.perf_counter() - started
    return Lap(seconds, {"net_vnd": sum(sum(row[6:]) for row in rows)})
