"""One thing we do, and one time it was done; where each pull has got to; what a person must look at."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class JobRun(Base):
    """A slot of the timetable or a command. The unique key lets two schedulers insert the same slot and do it once.

    `state`: queued, running, done, failed, skipped. `fence` rises each time a run is (re)claimed: an effect carrying an
    older fence is refused.
    """

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "lane", "slot"),
        Index("ix_job_run_state_slot", "state", "slot"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    lane: Mapped[str]  # a shop's name, a site, or "" for the whole register
    slot: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default="queued")
    fence: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[str] = mapped_column(default="{}")  # JSON
    error: Mapped[str | None]
    error_code: Mapped[str | None]


class Cursor(Base):
    """How far a stream of one shop has been read. Moves in the same transaction as the rows it covers."""

    __tablename__ = "cursor"
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"), primary_key=True)
    stream: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[datetime] = mapped_column(UtcDateTime)


class Lease(Base):
    """Who may do a thing only one process should do, until when. The scheduler's heartbeat is its lease."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Problem(Base):
    """Something a person must act on, once, with a count. `sentence` says what happened and what to do."""

    __tablename__ = "problem"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # kind:shop:sku:code
    shop: Mapped[str | None]
    sku: Mapped[str | None]
    code: Mapped[str]
    sentence: Mapped[str]
    request_id: Mapped[str | None]
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int] = mapped_column(default=1)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
