"""One variant in one shop: what we want, what we sent, what the marketplace says, and why they differ."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from models.base import Base, UtcDateTime
from models.register import Variant
from models.shop import Shop


class Listing(Base):
    """The three states side by side. A push is the difference between the intended and the other two."""

    __tablename__ = "listing"
    __table_args__ = (
        UniqueConstraint("shop_id", "variant_id"),
        Index("ix_listing_shop_external", "shop_id", "external_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)

    # intended: composed from the register, good until `intended_until` (a certificate or paper runs out) or the next revision
    wanted: Mapped[bool] = mapped_column(default=False)  # should it be on sale
    blockers: Mapped[str] = mapped_column(default="[]")  # JSON list of {code, sentence}: why it is not wanted
    intended_content: Mapped[str | None] = mapped_column(
        deferred=True
    )  # JSON of all but the figures, as it will be sent
    intended_hash: Mapped[str | None]  # of that content
    intended_price_vnd: Mapped[int | None] = mapped_column(BigInteger)
    intended_stock: Mapped[int | None]
    intended_revision: Mapped[int] = mapped_column(default=0)
    intended_until: Mapped[date | None]

    # sent: what the marketplace has acknowledged (a read-back corrects it)
    external_id: Mapped[str | None]
    external_variant_id: Mapped[str | None]
    tracking_id: Mapped[str | None]  # an asynchronous create or edit whose answer is still to come
    sent_wanted: Mapped[bool] = mapped_column(default=False)
    sent_hash: Mapped[str | None]
    sent_price_vnd: Mapped[int | None] = mapped_column(BigInteger)
    sent_stock: Mapped[int | None]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    # reported: the marketplace's own word
    reported_state: Mapped[str | None]
    reported_raw_state: Mapped[str | None]
    reported_price_vnd: Mapped[int | None] = mapped_column(BigInteger)
    reported_stock: Mapped[int | None]
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the report last changed
    url: Mapped[str | None]

    # why they differ
    must_look_up: Mapped[bool] = mapped_column(default=False)  # a create may have happened: find the SKU first
    refused_hash: Mapped[str | None]  # the content that was refused: not sent again until it changes
    last_code: Mapped[str | None]
    last_error: Mapped[str | None]

    shop: Mapped[Shop] = relationship()
    variant: Mapped[Variant] = relationship()
    waits: Mapped[dict[str, "ListingWait"]] = relationship(
        collection_class=attribute_keyed_dict("kind"), cascade="all, delete-orphan"
    )


class ListingWait(Base):
    """One kind of change of one listing that is held back, and until when. No row: nothing waits."""

    __tablename__ = "listing_wait"
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # content, price, stock, on_off
    attempts: Mapped[int]  # failures in a row
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    refused_figure: Mapped[int | None] = mapped_column(BigInteger)  # only this figure waits; None: whatever is wanted
    code: Mapped[str]  # the marketplace's, of the last failure


class ListingEvent(Base):
    """What was asked, answered or reported about a listing, and when. Append-only."""

    __tablename__ = "listing_event"
    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str]  # created, updated, price, stock, withdrawn, restored, refused, unknown, reported
    detail: Mapped[str] = mapped_column(default="{}")  # JSON


class PushAttempt(Base):
    """The outbox: one intended write. in_flight at a restart means *unknown*, and is resolved by reading back."""

    __tablename__ = "push_attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id"), index=True)
    action: Mapped[str]  # create, update, price, stock, withdraw, restore
    payload_hash: Mapped[str]
    price_vnd: Mapped[int | None] = mapped_column(BigInteger)  # the figures that went out with it
    stock: Mapped[int | None]
    fence: Mapped[int]  # the job run's fence: a newer run's number wins
    state: Mapped[str] = mapped_column(index=True)  # in_flight, unknown, done, refused
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    code: Mapped[str | None]
    request_id: Mapped[str | None]
