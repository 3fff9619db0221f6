"""What marketplaces say they paid: a statement's own figures, kept apart from the money lines they are held against."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime

CARRIED_OVER = (
    "opening_balance"  # the code of what a statement takes over from the one before: it belongs to no order, rightly
)


class Statement(Base):
    """One statement or payout of one shop. `external_id` is what `money_line.statement` of its amounts says."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("shop_id", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    period_start: Mapped[datetime | None] = mapped_column(UtcDateTime)
    period_end: Mapped[datetime] = mapped_column(UtcDateTime)
    total_vnd: Mapped[int] = mapped_column(BigInteger)
    payout_vnd: Mapped[int | None] = mapped_column(BigInteger)  # None: it names no payout
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    raw_state: Mapped[str]


class StatementLine(Base):
    """One amount the statement itself states. `order_external_id` "" belongs to the shop as a whole."""

    __tablename__ = "statement_line"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # as stated: a statement may name one thing twice
    order_external_id: Mapped[str]
    code: Mapped[str]
    amount_vnd: Mapped[int] = mapped_column(BigInteger)
