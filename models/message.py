"""Messages that marketplaces pushed or queued: which order something happened to, and nothing of who bought it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class Message(Base):
    """One message, once however often it comes. `handled_at` None: the order it names has not been read yet."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("shop_id", "digest"),
        Index("ix_message_shop_id_handled_at", "shop_id", "handled_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    digest: Mapped[str]  # SHA-256 of what makes it the same message; the body itself is not kept
    kind: Mapped[str]
    order_external_id: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
