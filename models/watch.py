"""What shoppers see: watched pages, what each reading said, reviews, and how each site treats us."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime


class WatchedPage(Base):
    """One public face of one listing, ours or another's. `source_class`: api (the shop's own figures) or page (crawled).

    A page that the office took off its list keeps its row, for its readings do: `removed_at` says so, and only the office
    puts it back.
    """

    __tablename__ = "watched_page"
    __table_args__ = (UniqueConstraint("site", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str]
    url: Mapped[str]
    source_class: Mapped[str]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id"), index=True)
    state: Mapped[str | None]  # of the last visit, in the readers' words
    evidence: Mapped[str | None]
    gone_since: Mapped[date | None]  # first day it was missing; confirmed only by a second day
    next_visit_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    last_visit_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    allowed_by: Mapped[str]  # who decided that it may be read
    allowed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # None: decided before that was written down
    terms_checked_on: Mapped[date | None]  # when somebody read the site's terms; None: nobody has said so
    every_days: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    is_enabled: Mapped[bool] = mapped_column(default=True)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SiteState(Base):
    """The stop rule's memory for one site: refusals in a row, the pause they earned, and whether a person must re-enable it.

    `site` is a marketplace's code, or the host of a plain shop: one shop's refusal is not another's.
    `stopped_for`, while `is_disabled`: refused, layout_changed or person.
    """

    __tablename__ = "site_state"
    site: Mapped[str] = mapped_column(primary_key=True)
    refusals_in_row: Mapped[int] = mapped_column(default=0)
    refused_days: Mapped[str] = mapped_column(default="[]")  # JSON list of dates
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_disabled: Mapped[bool] = mapped_column(default=False)
    evidence: Mapped[str | None]
    stopped_for: Mapped[str | None]
    stopped_by: Mapped[str | None]  # the person, where a person stopped it
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Observation(Base):
    """One reading of one public face. Append-only; a run that is stored twice adds nothing."""

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("page_id", "run_id", "external_key"),
        Index("ix_observation_page_seen", "page_id", "seen_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("watched_page.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("job_run.id"))
    external_key: Mapped[str] = mapped_column(default="")  # id+variant on a page of many cards; "" on a page of one
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    source_class: Mapped[str]
    title: Mapped[str | None]
    currency: Mapped[str | None]
    price_vnd: Mapped[int | None] = mapped_column(BigInteger)  # whole đồng, before vouchers; None in another currency
    list_price_vnd: Mapped[int | None] = mapped_column(BigInteger)
    sold_raw: Mapped[str | None]
    sold_lo: Mapped[int | None]
    sold_hi: Mapped[int | None]  # None with sold_lo set: open above
    rating_average: Mapped[float | None]
    rating_count: Mapped[int | None]
    stars: Mapped[str | None]  # JSON, 1★→5★
    available: Mapped[bool | None]
    stock: Mapped[int | None]
    flags: Mapped[str] = mapped_column(default="[]")


class Review(Base):
    """One review. No name, avatar or buyer id: `author_hash` is keyed, and absent when the site gives no author."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("marketplace", "external_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    marketplace: Mapped[str]
    external_id: Mapped[str]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("watched_page.id"), index=True)  # where a crawl read it
    stars: Mapped[int]
    text: Mapped[str | None]
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    images: Mapped[int | None]
    variant: Mapped[str | None]
    reply: Mapped[str | None]
    author_hash: Mapped[str | None]
    content_hash: Mapped[str]
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when all were read and it was not among them
