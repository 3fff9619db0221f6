"""What somebody who knows the tables of sums would write for a report: one SQL text, its rows read to the end."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from analysis.money.table import FIGURES
from analysis.report import Period

MONEY = ("money", ("stage",), FIGURES)
SALES = ("sale", (), ("orders", "units", "revenue_vnd"))
COLUMNS = {
    "producer": ("producer.name", "producer.code"),
    "product": ("product.name", "product.code"),
    "marketplace": ("shop.marketplace",),
    "shop": ("shop.name",),
    "month": ("month",),
}
_EACH = {"sqlite": "json_each(skus) AS one", "postgresql": "json_array_elements_text(skus::json) AS one(value)"}
_COUNTED_AGAIN = """
    SELECT producer_id, month, sum(orders * (times - 1))
    FROM (
        SELECT producer_id, month, shop_id, skus, max(orders) AS orders, count(*) AS times
        FROM basket_month CROSS JOIN {each}
        JOIN variant ON variant.sku = one.value JOIN product ON product.id = variant.product_id
        WHERE month BETWEEN :from_month AND :to_month
        GROUP BY producer_id, month, shop_id, skus
    ) AS baskets
    WHERE times > 1 GROUP BY producer_id, month
"""
Sums = tuple[str, tuple[str, ...], tuple[str, ...]]


def by_hand(session: Session, sums: Sums, period: Period, keys: Sequence[str]) -> Sequence[Row[Any]]:
    """Whole months from the monthly sums, the ends from the daily ones; orders that were counted twice in a producer are found too."""
    whole_from = (period.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    whole_to = period.last.replace(day=1) - timedelta(days=1)
    bounds = {"from_month": int(f"{whole_from:%Y%m}"), "to_month": int(f"{whole_to:%Y%m}")}
    days = {"first_day": int(f"{period.first:%Y%m%d}"), "last_day": int(f"{period.last:%Y%m%d}")}
    if sums is SALES and "producer" in keys:
        each = _EACH[session.get_bind().dialect.name]
        session.execute(text(_COUNTED_AGAIN.format(each=each)), bounds).all()
    return session.execute(text(_written(sums, keys)), bounds | days).all()


def _written(sums: Sums, keys: Sequence[str]) -> str:
    """The text; every word of it is of this file."""
    table, told, figures = sums
    columns = ", ".join(("shop_id", "sku", *told, *figures))
    groups = ", ".join((*(column for key in keys for column in COLUMNS[key]), *told))
    return f"""
        SELECT {groups}, {", ".join(f"sum({name})" for name in figures)}
        FROM (
            SELECT month, {columns} FROM {table}_month WHERE month BETWEEN :from_month AND :to_month
            UNION ALL
            SELECT day / 100, {columns} FROM {table}_day
            WHERE day BETWEEN :first_day AND :from_month * 100 OR day BETWEEN :to_month * 100 + 99 AND :last_day
        ) AS sums
        JOIN shop ON shop.id = sums.shop_id
        LEFT JOIN variant ON variant.sku = sums.sku
        LEFT JOIN product ON product.id = variant.product_id
        LEFT JOIN producer ON producer.id = product.producer_id
        GROUP BY {groups}
    """  # noqa: S608 - words of this file
