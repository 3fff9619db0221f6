"""Revenue through the marketplaces by product and month, the online half of a share: from the sums, or while they are due from the orders."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.rollup.grains import Cut
from analysis.rollup.read import are_up_to_date
from analysis.rollup.sales import sold
from analysis.sold import pieces, sold_lines
from models import OrderLine, Product, SalesOrder

ProductMonth = tuple[int | None, int]  # None: a SKU the register does not know; yyyymm


def online_by_product(session: Session, period: Period) -> Mapping[ProductMonth, int]:
    """Đồng of whatever stayed sold."""
    if are_up_to_date(session):
        found = sold(session, Cut(period, ("product_id", "month")))
        return {_product_month(*key): vnd for key, (_, _, vnd) in found.items()}
    amount = func.sum(pieces() * OrderLine.unit_price_vnd)
    keys: list[ColumnElement[Any]] = [Product.id.label("product"), SalesOrder.placed_month.label("month")]
    rows = session.execute(sold_lines(period, [*keys, amount]).group_by(*keys))
    return {(product_id, month): int(vnd) for product_id, month, vnd in rows}


def _product_month(product_id: Any, month: Any) -> ProductMonth:
    return product_id, month
