"""What shoppers saw, and what they wrote. Readings are appended once a run; reviews are kept by id and edits are noticed."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from models.among import among
from models.bulk import insert_ignore, upsert
from models.watch import Observation, Review


class ObservationRow(NamedTuple):
    """One reading of one watched page. None: the page does not say. `stars` and `flags` are JSON lists."""

    page_id: int
    external_key: str  # "" on a page of one product
    seen_at: datetime
    source_class: str
    title: str | None
    currency: str | None
    price_vnd: int | None
    list_price_vnd: int | None
    sold_raw: str | None
    sold_lo: int | None
    sold_hi: int | None
    rating_average: float | None
    rating_count: int | None
    stars: str | None
    available: bool | None
    stock: int | None
    flags: str


class ReviewRow(NamedTuple):
    """One review without any personal field: `author_hash` is a keyed hash. `content_hash` covers what an edit can change."""

    marketplace: str
    external_id: str
    listing_id: int | None
    stars: int
    text: str | None
    created_at: datetime | None
    images: int | None
    variant: str | None
    reply: str | None
    author_hash: str | None
    content_hash: str
    page_id: int | None = None  # where a crawl read it; kept once known


class ReviewCounts(NamedTuple):
    new: int
    updated: int
    unchanged: int


_REVIEW_KEY = ("marketplace", "external_id")
_HASHES = select(Review.marketplace, Review.external_id, Review.content_hash).where(
    among(Review.marketplace, "marketplaces"), among(Review.external_id, "ids"), Review.deleted_at.is_(None)
)
_EDITABLE = tuple(name for name in ReviewRow._fields if name not in {*_REVIEW_KEY, "page_id"})


def store_observations(session: Session, run_id: int, rows: Sequence[ObservationRow]) -> int:
    """Append the readings of a run; returns how many were new. Storing the same run again adds nothing."""
    return insert_ignore(session, Observation, [(run_id, *row) for row in rows], ("run_id", *ObservationRow._fields))


def replace_observations(session: Session, rows: Sequence[tuple[int, ObservationRow]], gone: Collection[int]) -> None:
    """Readings of (run, page, key) as they should have been; `gone`: ids of readings that should never have been. Safe to repeat."""
    upsert(
        session,
        Observation,
        ("run_id", *ObservationRow._fields),
        [(run_id, *row) for run_id, row in rows],
        key=("page_id", "run_id", "external_key"),
        update=ObservationRow._fields[2:],
    )
    if gone:
        session.execute(delete(Observation).where(among(Observation.id, "gone")), {"gone": list(gone)})


def store_reviews(session: Session, rows: Sequence[ReviewRow], now: datetime) -> ReviewCounts:
    """Keep reviews by (marketplace, id). One whose content hash differs was edited: it is replaced and `changed_at` set.

    One that had been deleted and is there again counts as new.
    """
    latest = {(row.marketplace, row.external_id): row for row in rows}
    known = _known_hashes(session, latest.keys())
    new = [(*row, now, None, None) for key, row in latest.items() if key not in known]
    edited = [(*row, now, now, None) for key, row in latest.items() if key in known and known[key] != row.content_hash]
    columns = (
        *ReviewRow._fields,
        "first_seen_at",
        "changed_at",
        "deleted_at",
    )  # first_seen_at is written once, by the insert
    changes = (*_EDITABLE, "changed_at", "deleted_at")
    upsert(session, Review, columns, [*new, *edited], key=_REVIEW_KEY, update=changes)
    return ReviewCounts(len(new), len(edited), len(rows) - len(new) - len(edited))


def _known_hashes(session: Session, keys: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    ids = [external_id for _, external_id in keys]  # of all marketplaces: a stranger's equal id is looked up in vain
    rows = session.execute(_HASHES, {"marketplaces": {marketplace for marketplace, _ in keys}, "ids": ids})
    return {(marketplace, external_id): content_hash for marketplace, external_id, content_hash in rows}


def mend_reviews(session: Session, rows: Sequence[ReviewRow]) -> int:
    """Put right what was misread of known reviews: their writers edited nothing, so no moment is noted. Returns how many differed."""
    latest = {(row.marketplace, row.external_id): row for row in rows}
    known = _known_hashes(session, latest.keys())
    wrong = [row for key, row in latest.items() if key in known and known[key] != row.content_hash]
    moment = (datetime.now(UTC),)  # never stored: every one of these rows is there already
    columns = (*ReviewRow._fields, "first_seen_at")
    upsert(session, Review, columns, [(*row, *moment) for row in wrong], key=_REVIEW_KEY, update=_EDITABLE)
    return len(wrong)


def mark_deleted(
    session: Session,
    seen: Collection[str],
    now: datetime,
    *,
    page_id: int | None = None,
    listing_id: int | None = None,
    since: datetime | None = None,
) -> int:
    """Of a page's and its listing's reviews, those that a whole reading did not meet; returns how many that were. Safe to repeat.

    `since`: the reading went back no further, so nothing is said of older reviews, nor of those whose moment is not known.
    """
    whose = or_(*(column == key for column, key in ((Review.page_id, page_id), (Review.listing_id, listing_id)) if key))
    looked_for = whose if since is None else and_(whose, Review.created_at >= since)
    held = session.execute(select(Review.id, Review.external_id).where(looked_for, Review.deleted_at.is_(None)))
    gone = [row_id for row_id, external_id in held if external_id not in seen]
    if gone:
        session.execute(update(Review).where(among(Review.id, "gone")).values(deleted_at=now), {"gone": gone})
    return len(gone)
