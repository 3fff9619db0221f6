"""What a crawl's visits come to in the tables: one short transaction a batch, and nothing twice."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from jobs.expectations import Expectations
from jobs.figures import review_row
from jobs.observe import observation_rows
from jobs.run import Run
from jobs.stop_rule import LAYOUT_CHANGED, closed_places, heed, stop
from jobs.tally import Tally, load, store
from jobs.visit_marks import mark
from models import Observation, WatchedPage
from models.among import among
from models.evidence_store import EvidenceRow, store_evidence
from models.observations_store import ReviewRow, mark_deleted, store_observations, store_reviews
from models.runs_store import report_problem, resolve_problem
from spiders.page import PageState
from spiders.places import place_of
from spiders.politeness import host_of
from spiders.visits import Visit

REASON_CHARS = 500


class Keeper:
    """Stores a run's visits batch by batch. `counts` is the run's answer."""

    def __init__(self, run: Run, pages: Sequence[WatchedPage], expectations: Expectations) -> None:
        self.counts: Counter[str] = Counter()
        self._run = run
        self._expectations = expectations
        self._listing_of = {page.id: page.listing_id for page in pages}
        self._hosts = {place_of(run.lane, page.url): set[str]() for page in pages}
        for page in pages:
            self._hosts[place_of(run.lane, page.url)].add(host_of(page.url))
        self._met: dict[int, set[str]] = {}  # by page whose every review is being read, those met so far
        self._tallies: dict[str, Tally] = {}
        self._left_alone: set[str] = set()

    def store(self, visits: Sequence[Visit]) -> list[tuple[str, str]]:
        """Everything of these visits, or nothing. Returns (host, reason) of hosts that must not be asked any more."""
        now = self._run.app.now()
        with self._run.app.database.write() as session:
            self._mark_pages(session, visits)
            refusing = {place for place, _ in self._heed(session, visits)}
            for place, of_place in _by_place(self._run.lane, visits):
                self._store_place(session, place, of_place)
                if place not in refusing and any(visit.state is PageState.OK for visit in of_place):
                    self._settle(session, place)
            self._keep_evidence(session, visits)
            closed = closed_places(session, now) & (self._hosts.keys() | {self._run.lane})
        return self._to_leave(closed)

    def _mark_pages(self, session: Session, visits: Sequence[Visit]) -> None:
        app = self._run.app
        ids = {visit.page_id for visit in visits}
        pages = {page.id: page for page in session.scalars(select(WatchedPage).where(WatchedPage.id.in_(ids)))}
        for visit in visits:
            if visit.review_page is not None:  # it says nothing of the goods
                self.counts["review_pages"] += 1
                continue
            self.counts[visit.state.value] += 1
            self.counts["items"] += len(visit.items)
            self.counts["flagged"] += sum(bool(item.flags) for item in visit.items)
            mark(pages[visit.page_id], visit, app.now(), app.today())

    def _heed(self, session: Session, visits: Sequence[Visit]) -> list[tuple[str, str]]:
        app = self._run.app
        alarms = heed(session, self._run.lane, visits, app.now(), app.today())
        for place, sentence in alarms:
            report_problem(session, f"site:{place}", sentence, app.now(), code="refused")
        return alarms

    def _store_place(self, session: Session, place: str, visits: Sequence[Visit]) -> None:
        now = self._run.app.now()
        tally = self._tallies.get(place) or load(session, self._run.id, place)
        self._tallies[place] = tally
        for visit in visits:
            tally.add(visit)
        if tally.fault is None:
            tally.fault = self._expectations.fault(tally, visits)
            if tally.fault is not None:
                self._refuse_run(session, place, tally.fault)
        store(session, self._run.id, place, tally)
        if tally.fault is None:
            rows = [row for visit in visits for row in observation_rows(visit.page_id, visit, now)]
            self.counts["observations"] += store_observations(session, self._run.id, rows)
        self._store_reviews(session, place, visits)

    def _refuse_run(self, session: Session, place: str, fault: str) -> None:
        """The run's readings of this place are taken back, and the place is off until a person has looked."""
        now, site = self._run.app.now(), self._run.lane
        pages = session.execute(select(WatchedPage.id, WatchedPage.url).where(WatchedPage.site == site))
        there = [page_id for page_id, url in pages if place_of(site, url) == place]
        ours = Observation.run_id == self._run.id, among(Observation.page_id, "there")
        taken = list(session.scalars(select(Observation.id).where(*ours), {"there": there}))
        session.execute(delete(Observation).where(*ours), {"there": there})
        self.counts["observations"] -= min(
            len(taken), self.counts["observations"]
        )  # an earlier life's are not counted here
        stop(session, place, LAYOUT_CHANGED, fault, now)
        sentence = (
            f"Trang «{place}» có vẻ đã đổi cách trình bày: {fault}. Lượt đọc này không được lưu và trang tạm tắt. Hãy xem lại "
            f"trang; khi trình đọc đã đúng, chạy `ocop crawl --reparse {site}` rồi `ocop watch start {place}`."
        )
        report_problem(session, f"site:{place}", sentence, now, code=LAYOUT_CHANGED)

    def _settle(self, session: Session, place: str) -> None:
        """The place reads again, and so does the site it belongs to."""
        if self._tallies[place].fault is None:
            for name in {place, self._run.lane}:
                resolve_problem(session, f"site:{name}", self._run.app.now())

    def _store_reviews(self, session: Session, place: str, visits: Sequence[Visit]) -> None:
        rows = [row for visit in visits for row in _reviews(place, visit, self._listing_of[visit.page_id])]
        stored = store_reviews(session, rows, self._run.app.now())
        self.counts["reviews"] += stored.new
        self.counts["reviews_edited"] += stored.updated
        for visit in visits:
            if visit.all_reviews:
                self.counts["reviews_deleted"] += self._meet(session, visit)

    def _meet(self, session: Session, visit: Visit) -> int:
        """After the last page of all its reviews: those of the page that were not met are deleted there."""
        if visit.ratings is None or visit.state is not PageState.OK:
            self._met.pop(visit.page_id, None)
            return 0
        if visit.review_page == 1:
            self._met[visit.page_id] = set()
        if (met := self._met.get(visit.page_id)) is None:
            return 0  # a page before this one could not be read: nothing is known of what it held
        met.update(review.external_id for review in visit.ratings.reviews)
        if visit.ratings.has_next is not False:
            return 0
        del self._met[visit.page_id]
        return mark_deleted(
            session, met, self._run.app.now(), page_id=visit.page_id, listing_id=self._listing_of[visit.page_id]
        )

    def _keep_evidence(self, session: Session, visits: Sequence[Visit]) -> None:
        now = self._run.app.now()
        kept = [(visit, visit.kept) for visit in visits if visit.kept is not None and visit.status is not None]
        rows = [
            EvidenceRow(
                v.page_id, self._run.id, v.final_url, v.status or 0, body.content_type, now, body.digest, v.state.value,
                v.evidence[:REASON_CHARS],
            )
            for v, body in kept
        ]  # fmt: skip
        store_evidence(session, rows, {body.digest: body.packed for _, body in kept})

    def _to_leave(self, closed: Iterable[str]) -> list[tuple[str, str]]:
        fresh = set(closed) - self._left_alone
        self._left_alone |= fresh
        places = self._hosts.keys() if self._run.lane in fresh else fresh
        return [(host, "its site was switched off or is resting") for place in places for host in self._hosts[place]]


def _by_place(site: str, visits: Sequence[Visit]) -> list[tuple[str, list[Visit]]]:
    def place(visit: Visit) -> str:
        return place_of(site, visit.url)

    return [(name, list(of_place)) for name, of_place in groupby(sorted(visits, key=place), key=place)]


def _reviews(place: str, visit: Visit, listing_id: int | None) -> list[ReviewRow]:
    """A plain shop's ids are its own: they are kept under its host."""
    if visit.ratings is None:
        return []
    return [review_row(place, listing_id, review, page_id=visit.page_id) for review in visit.ratings.reviews]
