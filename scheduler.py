"""The timetable: when each job is done, Vietnam time. `jobs/` says what, `ocop run JOB` calls the same functions.

APScheduler is the clock only: its memory job store holds one tick a minute. A slot is a row under a unique key, so two
schedulers do no harm, and a slot missed while nothing ran is caught up or recorded as skipped (docs/decisions/004).
"""

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.orm import Session

from jobs.app import App
from jobs.dispatch import Dispatcher, dispatcher_for
from jobs.registry import JOBS, Kind
from jobs.slots import Slot, last_slots, open_slots, queued, release_dead
from models.runs_store import acquire_lease

log = logging.getLogger(__name__)
LEASE = "scheduler"
LEASE_S = 60.0
TICK_S = 15.0


@dataclass(frozen=True)
class Timed:
    """One line of the timetable: a job and a crontab expression in Vietnam time."""

    job: str
    cron: str


TIMETABLE = (
    Timed("pull_orders", "5 6-21/3 * * *"),  # while people buy; before the push, so that sold stock leaves the others
    Timed("push_listings", "15 6-21/3 * * *"),
    Timed("await_reviews", "35 7-21/7 * * *"),  # where the marketplace has still to say that something is on sale
    Timed("pull_listings", "5 2 * * *"),  # figures changed by hand, goods taken down; pages for the crawl to find
    Timed("crawl_site", "30 2 * * *"),  # off-peak for the sites we visit; beside the shops' own night's work
    Timed("pull_settlements", "30 2 * * *"),
    Timed("pull_statements", "30 2 * * *"),  # after the lines they are held against: a moment's slots keep this order
    Timed("pull_metrics", "30 2 * * *"),
    Timed("pull_reviews", "30 2 * * *"),
    Timed("pull_messages", "50 5 * * *"),  # pushes that never arrived, and Tiki's queue: before the day's first orders
    Timed("handle_messages", "55 5 * * *"),  # what a failed run left; a new message has its own slot at once
    Timed("refresh_rollups", "50 2,14 * * *"),  # after the pulls that change orders and their money
    Timed("refresh_floors", "40 5 * * *"),  # before the day's first push: fees and rates may have changed over night
    Timed("remind_login", "0 7 * * *"),  # no request: it only looks at dates
    Timed("prune_evidence", "20 5 * * *"),
    Timed("erase_originals", "20 5 * * *"),
)


def fire_times(cron: str, zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[datetime]:
    """Every slot of a crontab line in (after, until]."""
    trigger = _trigger(cron, zone)
    at = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    while at is not None and at <= until:
        yield at
        at = trigger.get_next_fire_time(at, at + timedelta(microseconds=1))


def next_fire(app: App, after: datetime) -> datetime:
    """When the timetable next has anything to do."""
    just_after = after + timedelta(microseconds=1)
    soon: list[datetime] = [_trigger(timed.cron, app.zone).get_next_fire_time(None, just_after) for timed in TIMETABLE]
    return min(soon)


@cache
def _trigger(cron: str, zone: ZoneInfo) -> CronTrigger:
    trigger: CronTrigger = CronTrigger.from_crontab(cron, timezone=zone)
    return trigger


def tick(
    app: App, since: datetime, timetable: Sequence[Timed] = TIMETABLE, jobs: Mapping[str, Kind] = JOBS
) -> list[Slot]:
    """Insert every slot due by now and give what waits. `since`: where a lane without any slot yet begins."""
    with app.database.session() as session:
        last = last_slots(session)
        due = [found for timed in timetable for found in _due(session, app, timed.cron, jobs[timed.job], last, since)]
    if due:
        _open(app, due)
    with app.database.session() as session:
        return queued(session, app.now())


def _open(app: App, due: list[tuple[Kind, str, list[datetime]]]) -> None:
    with app.database.write() as session:
        for kind, lane, times in due:
            open_slots(session, kind.name, lane, times)


def _due(
    session: Session, app: App, cron: str, kind: Kind, last: Mapping[tuple[str, str], datetime], since: datetime
) -> Iterator[tuple[Kind, str, list[datetime]]]:
    now = app.now()
    oldest = min((at for (job, _), at in last.items() if job == kind.name), default=since)
    if next(fire_times(cron, app.zone, oldest, now), None) is None:
        return  # the clock has not come to this line since its last slot: nobody need be asked for lanes
    for lane in kind.lanes(session, now):
        times = list(fire_times(cron, app.zone, last.get((kind.name, lane), since), now))
        if times:
            yield kind, lane, times


class Scheduler:
    """Ticks until stopped. The lease decides which of several schedulers inserts slots; the unique key would anyway."""

    def __init__(self, app: App, dispatcher: Dispatcher | None = None, tick_s: float = TICK_S) -> None:
        self._app = app
        self._tick_s = tick_s
        self._dispatcher = dispatcher or dispatcher_for(app)
        self._clock = BackgroundScheduler(timezone=app.zone)
        self._since = app.now()
        self._stopped = threading.Event()
        self._ticked_at = app.now()

    def start(self) -> None:
        release_dead(self._app)
        self._clock.add_job(
            self._tick, "interval", seconds=self._tick_s, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        self._clock.start()
        self._tick()
        threading.Thread(target=self._watch, name="scheduler watchdog", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._clock.shutdown(wait=True)
        self._dispatcher.close()

    def wait(self) -> None:
        self._stopped.wait()

    def _tick(self) -> None:
        with self._app.database.write() as session:
            mine = acquire_lease(session, LEASE, self._app.owner, self._app.now(), LEASE_S)
        if mine:
            self._dispatcher.send(tick(self._app, self._since))
        self._ticked_at = self._app.now()

    def _watch(self) -> None:
        """Outside the scheduler's thread: says so when ticks have stopped, which the tick itself cannot."""
        while not self._stopped.wait(self._tick_s):
            silent = (self._app.now() - self._ticked_at).total_seconds()
            if silent > 4 * self._tick_s:
                log.error("the timetable has stopped ticking", extra={"silent_s": silent})
