"""A shop is one account on one marketplace; its secrets are rows of ciphertext, its reference answers a small cache."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class Shop(Base):
    """One account. `state`: connected, login_required, paused or disabled; a paused shop wakes at `paused_until`."""

    __tablename__ = "shop"
    __table_args__ = (UniqueConstraint("marketplace", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    marketplace: Mapped[str]
    external_id: Mapped[str]
    state: Mapped[str] = mapped_column(default="connected")
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    authorised_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    token_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    clock_skew_s: Mapped[float | None]  # their clock less ours, at the last check


class ShopProducer(Base):
    """Which producers a shop sells for. A shop without rows here sells for the whole register."""

    __tablename__ = "shop_producer"
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id", ondelete="CASCADE"), primary_key=True)


class DataKey(Base):
    """A shop's data key, wrapped by a master key of the environment. Rotating the master key re-wraps this row alone."""

    __tablename__ = "data_key"
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]  # rises with every new data key; the shop's credentials carry it
    master_key_id: Mapped[str]  # a fingerprint, never the key
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Credential(Base):
    """One secret field of one shop, AES-256-GCM under its data key. Bound to its table, row, field and key version."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("shop_id", "field"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    field: Mapped[str]
    key_version: Mapped[int]
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TokenLease(Base):
    """At most one refresh in flight a shop, across processes. `refresh_started_at` set and never cleared: the answer was lost."""

    __tablename__ = "token_lease"
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)
    owner: Mapped[str | None]
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refresh_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    generation: Mapped[int] = mapped_column(default=0)  # rises with every stored pair


class ReferenceAnswer(Base):
    """A marketplace's slow-changing answer (categories, attributes, picture ids), kept for as long as its reader allows."""

    __tablename__ = "reference_answer"
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
