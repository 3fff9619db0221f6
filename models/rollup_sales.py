"""Daily and monthly sums of what was sold and of the orders themselves. Everything here can be made again from the orders.

Orders do not add up over SKUs: one of two SKUs would count twice. So `basket_day` keeps how many orders held the same several
SKUs, and whoever groups SKUs takes off what was counted too often.
"""

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.rollup import OfAShop


class _Sales(OfAShop):
    """`lines` of orders in any state; the rest of orders that are revenue, pieces that stayed sold alone."""

    sku: Mapped[str] = mapped_column(primary_key=True)
    lines: Mapped[int] = mapped_column(BigInteger)
    orders: Mapped[int] = mapped_column(BigInteger)
    units: Mapped[int] = mapped_column(BigInteger)
    revenue_vnd: Mapped[int] = mapped_column(BigInteger)


class _OfADay(OfAShop):
    """`day` is yyyymmdd of the orders' placing, in Vietnam."""

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


class SaleDay(_OfADay, _Sales, Base):
    """By day."""

    __tablename__ = "sale_day"


class SaleMonth(_Sales, Base):
    """The same by month, yyyymm."""

    __tablename__ = "sale_month"
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


class _Baskets(OfAShop):
    """How many orders held exactly these SKUs, two or more: a sorted JSON list."""

    skus: Mapped[str] = mapped_column(primary_key=True)
    orders: Mapped[int] = mapped_column(BigInteger)


class BasketDay(_OfADay, _Baskets, Base):
    """By day."""

    __tablename__ = "basket_day"


class BasketMonth(_Baskets, Base):
    """The same by month, yyyymm."""

    __tablename__ = "basket_month"
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


class OrderDay(_OfADay, Base):
    """Orders in any state; those that are revenue; those that stand and that no payout has settled."""

    __tablename__ = "order_day"
    orders: Mapped[int] = mapped_column(BigInteger)
    sold: Mapped[int] = mapped_column(BigInteger)
    unsettled: Mapped[int] = mapped_column(BigInteger)


class OddOrder(_OfADay, Base):
    """An order whose figures do not fit together, and how: the amount there is, and the one it is held against."""

    __tablename__ = "odd_order"
    external_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
    against_vnd: Mapped[int] = mapped_column(BigInteger)
