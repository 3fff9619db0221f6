"""What was bought and what became of the money. Upserted by the marketplace's own ids; nothing personal is kept."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime

REPEATED = "#"  # parts a line's id from the number of an amount that an answer names again


class SalesOrder(Base):
    """One order of one shop. `placed_month` is yyyymm in Vietnam: reports group by it without touching dates."""

    __tablename__ = "sales_order"
    __table_args__ = (
        UniqueConstraint("shop_id", "external_id"),
        Index(None, "shop_id", "placed_at"),  # a day of a shop, to be summed anew
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    external_id: Mapped[str]
    state: Mapped[str]
    raw_state: Mapped[str]
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # None: not yet, or nobody said when
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    payout_vnd: Mapped[int | None] = mapped_column(BigInteger)  # the marketplace's own total, compared with its lines
    placed_month: Mapped[int]
    province: Mapped[str | None]
    content_hash: Mapped[str]  # of the order as read: equal means nothing to write
    raw: Mapped[str]


class OrderLine(Base):
    """One line. `variant_id` is None for a SKU the register does not know: shown in reports, never dropped."""

    __tablename__ = "order_line"
    __table_args__ = (UniqueConstraint("order_id", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    external_id: Mapped[str]
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variant.id"), index=True)
    sku: Mapped[str]
    item_external_id: Mapped[str]
    name: Mapped[str]
    quantity: Mapped[int]
    cancelled_quantity: Mapped[int]
    returned_quantity: Mapped[int]
    unit_price_vnd: Mapped[int] = mapped_column(BigInteger)
    list_price_vnd: Mapped[int | None] = mapped_column(BigInteger)


class MoneyLine(Base):
    """One signed amount: plus towards the seller. Amounts of different stages are never added together silently."""

    __tablename__ = "money_line"
    __table_args__ = (UniqueConstraint("order_id", "line_external_id", "code", "stage", "statement"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    line_external_id: Mapped[str]  # "" for the order as a whole; "…#2" where an answer names the amount again
    code: Mapped[str]
    stage: Mapped[str]
    statement: Mapped[str]  # "" while no statement names it
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
