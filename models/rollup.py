"""Daily and monthly sums of order money. Everything here can be made again from the orders; nothing else is kept here.

A row is a day (or month) of placing, shop, SKU and stage, and the days on which those orders were delivered and paid out; one
column a class of money: signed đồng, plus towards the seller. `rollup_due` names the hours whose orders changed since;
`rollup_state` the table of money codes the sums were made with.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from models.base import Base, UtcDateTime

BY_KEY = {"sqlite_with_rowid": False}  # rows lie in the order of their key: half the size, and a period is one stretch


class OfAShop:
    """What every sum has: the shop whose orders it is of."""

    __table_args__: Any = BY_KEY

    @declared_attr
    @classmethod
    def shop_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)


class _OfMoney(OfAShop):
    sku: Mapped[str] = mapped_column(primary_key=True)  # "": the order has no line
    stage: Mapped[str] = mapped_column(primary_key=True)


class _Sums(_OfMoney):
    """What both grains hold."""

    units: Mapped[int] = mapped_column(BigInteger)
    gross_vnd: Mapped[int] = mapped_column(BigInteger)
    seller_voucher_vnd: Mapped[int] = mapped_column(BigInteger)
    platform_voucher_vnd: Mapped[int] = mapped_column(BigInteger)
    shipping_vnd: Mapped[int] = mapped_column(BigInteger)
    fee_vnd: Mapped[int] = mapped_column(BigInteger)
    vat_withheld_vnd: Mapped[int] = mapped_column(BigInteger)
    pit_withheld_vnd: Mapped[int] = mapped_column(BigInteger)
    other_tax_vnd: Mapped[int] = mapped_column(BigInteger)
    refund_vnd: Mapped[int] = mapped_column(BigInteger)
    adjustment_vnd: Mapped[int] = mapped_column(BigInteger)


class _Days:
    """Days as yyyymmdd in Vietnam. 0 as a part of the key: not delivered or not paid out, or nobody said when."""

    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
    delivered_day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paid_day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class MoneyDay(_Days, _Sums, Base):
    """By day."""

    __tablename__ = "money_day"


class MoneyMonth(_Sums, Base):
    """The same by months, yyyymm."""

    __tablename__ = "money_month"
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
    delivered_month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paid_month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class UnclassedDay(_Days, _OfMoney, Base):
    """Amounts under a name that nobody has classed: few, so kept by day only."""

    __tablename__ = "unclassed_day"
    code: Mapped[str] = mapped_column(primary_key=True)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)


class AmountDay(OfAShop, Base):
    """Amounts as the marketplace names them, of all the shop's orders of a day: what went either way apart."""

    __tablename__ = "amount_day"
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)
    stage: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    plus_vnd: Mapped[int] = mapped_column(BigInteger)
    minus_vnd: Mapped[int] = mapped_column(BigInteger)


class RollupDue(Base):
    """An hour of a shop whose orders changed: its day is summed anew."""

    __tablename__ = "rollup_due"
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)


class RollupState(Base):
    """One row: the digest of the money codes that the sums rest on. Another digest: everything is summed anew."""

    __tablename__ = "rollup_state"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    codes_digest: Mapped[str]
