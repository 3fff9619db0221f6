"""Runs that fell under their expectations, judged anew from what was kept of them."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from jobs.expectations import NEARLY_ALL, Expectations
from jobs.run import Run
from jobs.tally import Tally
from models import CrawlTally, WatchedPage
from models.evidence_store import Stored, stored_answers
from spiders.evidence import unpack
from spiders.places import place_of
from spiders.politeness import host_of
from spiders.reading import read_asked

CHUNK = 200


class Rejudged:
    """Which of a site's refused runs still fall under what was expected of them. Reads only, until `settle`."""

    def __init__(self, session: Session, site: str, expected: Mapping[str, frozenset[str]]) -> None:
        self._expected = expected
        places = {
            place_of(site, url) for url in session.scalars(select(WatchedPage.url).where(WatchedPage.site == site))
        }
        refused = select(CrawlTally.run_id, CrawlTally.site).where(CrawlTally.fault.is_not(None))
        faulty = {(run_id, place) for run_id, place in session.execute(refused) if place in places}
        mended = {run_id: self._mended(session, site, run_id) for run_id, _ in faulty}
        self._good = {(run_id, place) for run_id, place in faulty if place in mended[run_id]}
        self._bad = faulty - self._good

    def still_refuses(self, answer: Stored) -> bool:
        return (answer.run_id, place_of(answer.site, answer.asked_url)) in self._bad

    def settle(self, run: Run) -> None:
        """The runs that now hold are refused no more. A place stays off until a person starts it."""
        with run.app.database.write() as session:
            for run_id, place in self._good:
                whose = CrawlTally.run_id == run_id, CrawlTally.site == place
                session.execute(update(CrawlTally).where(*whose).values(fault=None))

    def _mended(self, session: Session, site: str, run_id: int) -> set[str]:
        """The places of a run whose kept pages now read as they should."""
        tallies: dict[str, Tally] = {}
        hosts: dict[str, Counter[str]] = {}
        for answers in stored_answers(session, site, CHUNK, run_id=run_id):
            for answer in answers:
                reading = read_asked(
                    site, answer.asked_url, answer.url, unpack(answer.packed), answer.status, answer.content_type
                )
                if reading.items or reading.ratings is None:
                    place = place_of(site, answer.asked_url)
                    tallies.setdefault(place, Tally()).add_reading(reading)
                    hosts.setdefault(place, Counter())[host_of(answer.asked_url)] += 1
        return {place for place, tally in tallies.items() if self._holds(tally, hosts[place])}

    def _holds(self, tally: Tally, hosts: Counter[str]) -> bool:
        """Shares as of any run, and every field that was expected of its hosts."""
        if Expectations({}).fault(tally, ()) is not None:
            return False
        wanted = {name for host in hosts for name in self._expected.get(host, ())}
        return all(tally.filled[name] >= NEARLY_ALL * tally.items for name in wanted if name != "price")
