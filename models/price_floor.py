"""The lowest price at which a pack may be offered on a marketplace: what a push never goes under."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime

EVERYWHERE = ""  # in place of a marketplace


class PriceFloor(Base):
    """Set by the office, or computed from what a piece costs (`cost_vnd` known) and kept up with the table of fees.

    A pack may have one for everywhere and one for a marketplace: the higher holds there.
    """

    __tablename__ = "price_floor"
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id", ondelete="CASCADE"), primary_key=True)
    marketplace: Mapped[str] = mapped_column(primary_key=True)
    floor_vnd: Mapped[int] = mapped_column(BigInteger)
    cost_vnd: Mapped[int | None] = mapped_column(BigInteger)
    packaging_vnd: Mapped[int | None] = mapped_column(BigInteger)
    seller: Mapped[str | None]  # the owner's legal form where a shop sells for many, as the office stated it
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
