"""Years of six hundred products in four shops: daily and monthly sums as a refresh would have left them, and a register to name them.

Every day each shop sells a piece of each product, paid out on the same day. One order in nine holds two products of one producer.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from analysis.money.table import FIGURES
from analysis.report import Period
from analysis.rollup.build import codes_digest
from benchmarks.places import NOW
from jobs.app import App
from models import Producer, Product, RollupState, Shop, Variant

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
LAST = date(2026, 11, 20)  # inside a month, as a report of today is
MARKETS = ("lazada", "shopee", "tiki", "tiktok_shop")
PRODUCTS, PRODUCTS_EACH = 600, 10  # of a producer
PRICE_VND, FEE_VND = 91_000, -9_100
A_DAY = PRODUCTS * len(MARKETS)  # daily sums

_AMOUNTS = {"units": 1, "gross_vnd": PRICE_VND, "fee_vnd": FEE_VND}
_SUMS = ", ".join(FIGURES)
_GIVEN = ", ".join(str(_AMOUNTS.get(name, 0)) for name in FIGURES)
_ADDED = ", ".join(f"sum({name})" for name in FIGURES)
_FILL = (
    f"""INSERT INTO money_day (day, shop_id, sku, stage, delivered_day, paid_day, {_SUMS})
        SELECT days.day, shop.id, variant.sku, 'settled', days.day, days.day, {_GIVEN}
        FROM days CROSS JOIN shop CROSS JOIN variant ORDER BY 1, 2, 3""",  # noqa: S608 - names of our own columns
    f"""INSERT INTO money_month (month, shop_id, sku, stage, delivered_month, paid_month, {_SUMS})
        SELECT day / 100, shop_id, sku, stage, day / 100, day / 100, {_ADDED}
        FROM money_day GROUP BY day / 100, shop_id, sku, stage""",  # noqa: S608 - names of our own columns
    f"""INSERT INTO sale_day (day, shop_id, sku, lines, orders, units, revenue_vnd)
        SELECT days.day, shop.id, variant.sku, 1, 1, 1, {PRICE_VND}
        FROM days CROSS JOIN shop CROSS JOIN variant ORDER BY 1, 2, 3""",  # noqa: S608 - a number of ours
    """INSERT INTO sale_month (month, shop_id, sku, lines, orders, units, revenue_vnd)
        SELECT day / 100, shop_id, sku, sum(lines), sum(orders), sum(units), sum(revenue_vnd)
        FROM sale_day GROUP BY day / 100, shop_id, sku""",
    """INSERT INTO basket_day (day, shop_id, skus, orders)
        SELECT days.day, shop.id, '["' || one.sku || '", "' || other.sku || '"]', 1
        FROM days CROSS JOIN shop CROSS JOIN variant AS one
        JOIN variant AS other ON other.product_id = one.product_id + 1 + (days.day + shop.id) % 9
        WHERE one.product_id % 10 = 1""",
    """INSERT INTO basket_month (month, shop_id, skus, orders)
        SELECT day / 100, shop_id, skus, sum(orders) FROM basket_day GROUP BY day / 100, shop_id, skus""",
    """INSERT INTO order_day (day, shop_id, orders, sold, unsettled)
        SELECT days.day, shop.id, 540, 540, 0 FROM days CROSS JOIN shop""",
    "DROP TABLE days",
    "ANALYZE",
)


def period_of(days: int) -> Period:
    return Period(LAST - timedelta(days=days - 1), LAST, VIETNAM)


def fill(app: App, period: Period) -> None:
    with app.database.write() as session:
        for market in MARKETS:
            session.add(Shop(name=f"{market}-shop", marketplace=market, external_id=market))
        for number in range(PRODUCTS):
            _add_product(session, number)
        session.add(RollupState(id=1, codes_digest=codes_digest()))
        session.flush()
        _add_days(session, period)
        for statement in _FILL:
            session.execute(text(statement))


def _add_days(session: Session, period: Period) -> None:
    session.execute(text("CREATE TEMPORARY TABLE days (day INTEGER)"))
    days = (period.first + timedelta(days=number) for number in range((period.last - period.first).days + 1))
    session.execute(text("INSERT INTO days VALUES (:day)"), [{"day": int(f"{day:%Y%m%d}")} for day in days])


def _add_product(session: Session, number: int) -> None:
    code, place = divmod(number, PRODUCTS_EACH)
    if place == 0:
        session.add(Producer(id=code + 1, code=f"CT-{code:03}", name=f"HTX {code}", search_key=f"htx {code}"))
        session.flush()
    facts = {"name": f"Trà {number}", "search_key": f"tra {number}", "sub_group": "food/tea", "content_hash": "h"}
    session.add(Product(id=number + 1, code=f"TN-{number:04}", producer_id=code + 1, updated_at=NOW, **facts))
    session.add(Variant(sku=f"OCOP-TN-{number:04}", product_id=number + 1, name="gói"))
