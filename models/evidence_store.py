"""Evidence and tallies in bulk: bodies once by digest, answers once a run, both safe to repeat."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models.bulk import insert_ignore
from models.evidence import Evidence, EvidenceBody
from models.watch import WatchedPage


class EvidenceRow(NamedTuple):
    """One answer that was read. `digest` names its body."""

    page_id: int
    run_id: int
    url: str
    status: int
    content_type: str | None
    seen_at: datetime
    digest: str
    state: str
    reason: str


def store_evidence(session: Session, rows: Sequence[EvidenceRow], bodies: dict[str, bytes]) -> int:
    """Keep answers and whichever of their bodies are new; `bodies` by digest. Returns the answers that were new."""
    insert_ignore(session, EvidenceBody, list(bodies.items()), ("digest", "packed"))
    return insert_ignore(session, Evidence, rows, EvidenceRow._fields)


def prune_evidence_before(session: Session, moment: datetime, most: int) -> int:
    """Forget up to `most` of the oldest answers, and bodies that no answer names any more; returns the answers forgotten."""
    oldest = select(Evidence.id).where(Evidence.seen_at < moment).order_by(Evidence.seen_at).limit(most)
    ids = list(session.scalars(oldest))
    if not ids:
        return 0
    digests = set(session.scalars(select(Evidence.digest).where(Evidence.id.in_(ids))))
    session.execute(delete(Evidence).where(Evidence.id.in_(ids)))
    unnamed = ~exists().where(Evidence.digest == EvidenceBody.digest)
    session.execute(delete(EvidenceBody).where(EvidenceBody.digest.in_(digests), unnamed))
    return len(ids)


class Stored(NamedTuple):
    """An answer with its body, as reading it again needs it."""

    id: int
    page_id: int
    run_id: int
    site: str
    asked_url: str
    listing_id: int | None
    url: str
    status: int
    content_type: str | None
    seen_at: datetime
    state: str
    digest: str
    packed: bytes


def stored_answers(session: Session, site: str, chunk: int, *, run_id: int | None = None) -> Iterator[list[Stored]]:
    """Every kept answer, the newest first, `chunk` at a time: memory holds no more."""
    query = (
        select(
            Evidence.id, Evidence.page_id, Evidence.run_id, WatchedPage.site, WatchedPage.url, WatchedPage.listing_id,
            Evidence.url, Evidence.status,
            Evidence.content_type, Evidence.seen_at, Evidence.state, Evidence.digest, EvidenceBody.packed,
        )
        .join(WatchedPage, Evidence.page_id == WatchedPage.id)
        .join(EvidenceBody, Evidence.digest == EvidenceBody.digest)
        .order_by(Evidence.id.desc())
        .limit(chunk)
    )  # fmt: skip
    query = query.where(WatchedPage.site == site)
    if run_id is not None:
        query = query.where(Evidence.run_id == run_id)
    older = query
    while rows := [Stored._make(row) for row in session.execute(older)]:
        yield rows
        older = query.where(Evidence.id < rows[-1].id)


def kept_sites(session: Session) -> list[str]:
    """Sites of which an answer is kept, in alphabetical order."""
    query = select(WatchedPage.site).where(exists().where(Evidence.page_id == WatchedPage.id)).distinct()
    return list(session.scalars(query.order_by(WatchedPage.site)))
