"""How an office reads sheets that are nobody's known kind, and files that it chose to keep for some days."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class FileMapping(Base):
    """One saved mapping. `said` is JSON: which column is what, and how its numbers and days are written."""

    __tablename__ = "file_mapping"
    name: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)  # of the headings: a sheet is read by one mapping
    said: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FileOriginal(Base):
    """The bytes of an imported file, under a key of its own that a master key wraps. Gone with its import, or after its days."""

    __tablename__ = "file_original"
    import_id: Mapped[int] = mapped_column(ForeignKey("file_import.id", ondelete="CASCADE"), primary_key=True)
    master_key_id: Mapped[str]  # which master key wraps it
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
