"""What counts as revenue, as lines of orders: what buyers ordered and did not cancel or return, at the price they pay."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute

from analysis.report import Period, ReportError
from models import OrderLine, Producer, Product, SalesOrder, Shop, Variant

NOT_REVENUE = ("unpaid", "cancelled", "returned")  # an unpaid order is a wish; the others were undone
DAY, STAR = (
    "day",
    "star",
)  # decided by the local day of the order and by certificates, so they are no columns of a table

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
COLUMNS: Mapping[str, Column] = {
    "marketplace": Shop.marketplace,
    "shop": Shop.name,
    "producer": Producer.name,
    "producer_code": Producer.code,
    "product": Product.name,
    "product_code": Product.code,
    "sku": OrderLine.sku,
    "sub_group": Product.sub_group,
    "commune": Producer.commune,
    "month": SalesOrder.placed_month,
}
WITH_CODE = {"producer": "producer_code", "product": "product_code"}  # two products may share a name, never a code
KEYS = (*(name for name in COLUMNS if name not in WITH_CODE.values()), DAY, STAR)
OF_AN_ORDER = {"marketplace", "shop", "month", DAY}  # an order has one of each; its lines may differ in the other keys


def names_of(keys: Sequence[str]) -> list[str]:
    """The columns of these keys, each name followed by the code that tells it from its namesakes. Raises ReportError."""
    if unknown := [key for key in keys if key not in KEYS]:
        raise ReportError(f"Không có khoá {', '.join(unknown)}. Các khoá: {', '.join(KEYS)}.")
    return [name for key in dict.fromkeys(keys) for name in (key, WITH_CODE.get(key)) if name]


def pieces() -> ColumnElement[int]:
    """Pieces of a line that stayed sold."""
    return OrderLine.quantity - OrderLine.cancelled_quantity - OrderLine.returned_quantity


def sold_lines(period: Period, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Those columns of every line that is revenue in the period, with its register rows where known.

    A line of which no piece stayed sold is left out: it would count its order where nothing was bought.
    """
    return (
        select(*columns)
        .select_from(OrderLine)
        .join(SalesOrder, OrderLine.order_id == SalesOrder.id)
        .join(Shop, SalesOrder.shop_id == Shop.id)
        .outerjoin(Variant, OrderLine.variant_id == Variant.id)
        .outerjoin(Product, Variant.product_id == Product.id)
        .outerjoin(Producer, Product.producer_id == Producer.id)
        .where(
            SalesOrder.placed_at >= period.start,
            SalesOrder.placed_at < period.end,
            SalesOrder.state.not_in(NOT_REVENUE),
            pieces() != 0,
        )
    )
