"""Files that were imported: what each said of which order, and how the order was before, so that an import can be taken back.

The file itself is not kept: a fingerprint, its name and its counts are.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class FileImport(Base):
    """One file taken whole. `notes` is a JSON list of sentences: totals that do not agree, differences from the API."""

    __tablename__ = "file_import"
    __table_args__ = (Index("ix_file_import_sha256", "sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    kind: Mapped[str]
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))  # None: sales outside shops
    file_name: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rows: Mapped[int]
    new: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    waiting: Mapped[int]  # money of orders that are not stored yet
    notes: Mapped[str]


class FileEntry(Base):
    """What one file said of one order or declaration. `kept` is JSON: the rows as they were before, or the money that waits."""

    __tablename__ = "file_entry"
    __table_args__ = (Index("ix_file_entry_external_id", "external_id"),)
    import_id: Mapped[int] = mapped_column(ForeignKey("file_import.id", ondelete="CASCADE"), primary_key=True)
    external_id: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]  # new, updated, unchanged, waiting; or exact: the API had said it already
    kept: Mapped[str | None]


class FileHold(Base):
    """An order whose lines (`order`) or settled money (`income`) are a file's: the marketplace's own answer takes its place."""

    __tablename__ = "file_hold"
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id", ondelete="CASCADE"), primary_key=True)
    aspect: Mapped[str] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("file_import.id", ondelete="CASCADE"))
