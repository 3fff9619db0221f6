"""What was read, kept so that it can be read again, and how each crawl of a site went."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class EvidenceBody(Base):
    """One body, once however often it was read: personal fields taken out, compressed by Zstandard."""

    __tablename__ = "evidence_body"
    digest: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the body without its personal fields
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class Evidence(Base):
    """One answer of a site: where it came from, and what the reader of that day took it for."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("page_id", "run_id", "url"), Index("ix_evidence_seen_at", "seen_at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("watched_page.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("job_run.id"))
    url: Mapped[str]  # where the answer came from, redirects followed
    status: Mapped[int]
    content_type: Mapped[str | None]
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(ForeignKey("evidence_body.digest"), index=True)
    state: Mapped[str]
    reason: Mapped[str]  # the reader's mark for that state


class CrawlTally(Base):
    """How one run of a crawl went at one site, counted in the transactions that stored it: whole however often it was killed.

    `site`: a marketplace's code, or the host of a plain shop.
    """

    __tablename__ = "crawl_tally"
    run_id: Mapped[int] = mapped_column(ForeignKey("job_run.id"), primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)
    states: Mapped[str]  # JSON: answers by state, pages of reviews not counted
    filled: Mapped[str]  # JSON: items with that field filled
    items: Mapped[int]
    unpriced: Mapped[int]  # items on sale without a price: the ones a mended reader would price
    review_pages: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fault: Mapped[str | None]  # the expectation it fell under: then it stored no reading
