"""What was kept of pages, read again after a reader was mended: nothing is fetched, and what the old reading said wrong is replaced.

A run that had fallen under its expectations is judged anew by the same measure: only when it now holds them are its readings stored.
"""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobs.expectations import expected_fields
from jobs.figures import review_row
from jobs.observe import observation_rows
from jobs.rejudging import Rejudged
from jobs.run import Counts, Run
from models import Evidence, Observation, WatchedPage
from models.among import among
from models.evidence_store import Stored, stored_answers
from models.observations_store import ObservationRow, ReviewRow, mend_reviews, replace_observations
from spiders.evidence import unpack
from spiders.page import Reading
from spiders.places import place_of
from spiders.reading import read_asked

CHUNK = 200  # answers read and stored in one transaction
SAID = ObservationRow._fields[4:]  # what a reading says, after which page it was, when and how

Key = tuple[int, int, str]


def reparse_site(run: Run) -> Counts:
    """Every kept answer of the site through today's reader, the newest first. Safe to repeat: the second time nothing differs."""
    counts: Counter[str] = Counter(read=0, changed=0, added=0, removed=0, reviews_changed=0)
    with run.app.database.session() as session:
        judged = Rejudged(session, run.lane, expected_fields(session, run.lane, run.app.now()))
    met: set[tuple[str, str]] = set()
    with run.app.database.session() as session:
        for answers in stored_answers(session, run.lane, CHUNK):
            run.check()
            readings = [(answer, reread(answer)) for answer in answers if not judged.still_refuses(answer)]
            _store(run, readings, met, counts)
    judged.settle(run)
    return dict(counts)


def reread(answer: Stored) -> Reading:
    """What today's reader makes of it."""
    return read_asked(
        answer.site, answer.asked_url, answer.url, unpack(answer.packed), answer.status, answer.content_type
    )


def _store(
    run: Run, readings: Sequence[tuple[Stored, Reading]], met: set[tuple[str, str]], counts: Counter[str]
) -> None:
    pages = [(answer, reading) for answer, reading in readings if reading.items or reading.ratings is None]
    reviews = [row for answer, reading in readings for row in _reviews(answer, reading) if _is_first(row, met)]
    with run.app.database.write() as session:
        _replace(session, pages, counts)
        counts["reviews_changed"] += mend_reviews(session, reviews)
        _restate(session, readings)
    counts["read"] += len(readings)


def _replace(session: Session, pages: Sequence[tuple[Stored, Reading]], counts: Counter[str]) -> None:
    before = _before(session, [answer for answer, _ in pages])
    wrong: list[tuple[int, ObservationRow]] = []
    for answer, reading in pages:
        for row in observation_rows(answer.page_id, reading, answer.seen_at):
            old = before.pop((answer.page_id, answer.run_id, row.external_key), None)
            if old is None or old[1] != tuple(row[4:]):
                counts["added" if old is None else "changed"] += 1
                wrong.append((answer.run_id, row))
    counts["removed"] += len(before)
    replace_observations(session, wrong, [row_id for row_id, _ in before.values()])


def _before(session: Session, answers: Sequence[Stored]) -> dict[Key, tuple[int, tuple[object, ...]]]:
    """What the tables say of these answers: id and content by page, run and key."""
    asked = {(answer.page_id, answer.run_id) for answer in answers}
    columns = (getattr(Observation, name) for name in SAID)
    query = select(Observation.page_id, Observation.run_id, Observation.external_key, Observation.id, *columns).where(
        among(Observation.page_id, "pages"), among(Observation.run_id, "runs"), Observation.source_class == "page"
    )
    given = {"pages": list({page for page, _ in asked}), "runs": list({run for _, run in asked})}
    return {
        (page_id, run_id, key): (row_id, tuple(said))
        for page_id, run_id, key, row_id, *said in session.execute(query, given)
        if (page_id, run_id) in asked
    }


def _reviews(answer: Stored, reading: Reading) -> list[ReviewRow]:
    if reading.ratings is None or reading.items:
        return []
    place = place_of(answer.site, answer.asked_url)
    return [review_row(place, answer.listing_id, review, page_id=answer.page_id) for review in reading.ratings.reviews]


def _is_first(row: ReviewRow, met: set[tuple[str, str]]) -> bool:
    """Older answers hold a review as it was before an edit: the newest mention counts."""
    key = (row.marketplace, row.external_id)
    is_new = key not in met
    met.add(key)
    return is_new


def _restate(session: Session, readings: Sequence[tuple[Stored, Reading]]) -> None:
    """The state of an answer, and of its page where no later visit has been."""
    for answer, reading in readings:
        if reading.state.value == answer.state:
            continue
        said = {"state": reading.state.value}
        session.execute(update(Evidence).where(Evidence.id == answer.id).values(**said, reason=reading.evidence))
        newest = WatchedPage.id == answer.page_id, WatchedPage.last_visit_at == answer.seen_at
        session.execute(update(WatchedPage).where(*newest).values(**said, evidence=reading.evidence or None))
