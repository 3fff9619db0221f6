"""Daily and monthly sums of order money. Everything here can be made again from the orders; nothing else is kept here.

A row is a day (or month), shop, SKU and stage, one column a class of money: signed đồng, plus towards the seller.
`rollup_due` names the hours whose orders changed since; `rollup_state` the table of money codes the sums were made with.
"""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from models.base import Base, UtcDateTime


class _Sums:
    """What both grains hold."""

    @declared_attr
    @classmethod
    def shop_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)

    sku: Mapped[str] = mapped_column(primary_key=True)  # "": the order has no line
    stage: Mapped[str] = mapped_column(primary_key=True)
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


class MoneyDay(_Sums, Base):
    """`day` is yyyymmdd of the order's placing, in Vietnam."""

    __tablename__ = "money_day"
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


class MoneyMonth(_Sums, Base):
    """`month` is yyyymm."""

    __tablename__ = "money_month"
    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, sort_order=-1)


class UnclassedDay(Base):
    """Amounts under a name that nobody has classed: few, so kept by day only."""

    __tablename__ = "unclassed_day"
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    amount_vnd: Mapped[int] = mapped_column(BigInteger)


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
