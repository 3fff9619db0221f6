"""Which jobs of the queue count as dead: the worker's heartbeat, the time, and our own run decide together."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import TupleRow

from jobs.app import App
from jobs.slot_queue import Queue
from jobs.slots import Slot
from models.runs_store import claim_slot, finish_run
from tests.jobs.played_jobs import START

SLOT = Slot("brief", "a", START)
Connection = psycopg.Connection[TupleRow]


@pytest.fixture
def queue(grown_app: App) -> Iterator[Queue]:
    opened = Queue(grown_app.settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def sql(queue: Queue, postgresql_url: str) -> Iterator[Connection]:  # noqa: ARG001 - the tables are made first
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        yield connection


def fetched(sql: Connection, queue: Queue, *, heard_s: int, started_s: int) -> int:
    """The slot's job in the hands of a worker last heard of, and given the job, so many seconds ago. Gives the job's id."""
    queue.send([SLOT])
    [(worker,)] = sql.execute("SELECT * FROM procrastinate_register_worker_v1()").fetchall()
    [(job,)] = sql.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker]).fetchall()
    sql.execute(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s) WHERE id = %s",
        [heard_s, worker],
    )
    sql.execute(
        "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s) WHERE job_id = %s", [started_s, job]
    )
    return int(job)


def claimed(app: App, *, beaten_s: int) -> tuple[int, int]:
    """The slot's run, its heart last heard so many seconds ago."""
    with app.database.write() as session:
        at = app.now() - timedelta(seconds=beaten_s)
        run = claim_slot(session, SLOT.job, SLOT.lane, SLOT.at, "host:1:a", at)
        assert run is not None
        return run.id, run.fence


def swept(sql: Connection, queue: Queue, job: int) -> bool:
    """Whether a sweep put a new job in the old one's place; the same slot, in the same lane, before all others."""
    queue.send([])
    rows = sql.execute("SELECT id, status, lock, priority, args->>'lane' FROM procrastinate_jobs").fetchall()
    if rows == [(job, "doing", "a", 0, "a")]:
        return False
    [(new_id, *rest)] = rows
    assert new_id > job
    assert rest == ["todo", "a", 1, "a"]
    return True


@pytest.mark.parametrize(
    ("heard_s", "beaten_s", "is_dead"), [(0, 0, False), (26, 21, True), (24, 21, False), (26, 5, False)]
)
def test_a_silent_workers_job_is_freed_once_its_run_can_be_claimed(
    grown_app: App, queue: Queue, sql: Connection, heard_s: int, beaten_s: int, is_dead: bool
) -> None:
    """Neither a late word of the worker's loop nor a late heartbeat of the run is enough alone."""
    job = fetched(sql, queue, heard_s=heard_s, started_s=30)
    claimed(grown_app, beaten_s=beaten_s)
    assert swept(sql, queue, job) is is_dead


def test_a_job_never_begun_is_freed(queue: Queue, sql: Connection) -> None:
    """A worker killed between taking the job and claiming its slot leaves no run; silence alone decides."""
    job = fetched(sql, queue, heard_s=26, started_s=26)
    assert swept(sql, queue, job) is True


def test_a_worker_gone_from_the_list_is_dead(grown_app: App, queue: Queue, sql: Connection) -> None:
    """Another worker, starting, strikes silent ones off; the job that is left without a worker is freed."""
    job = fetched(sql, queue, heard_s=26, started_s=30)
    claimed(grown_app, beaten_s=21)
    sql.execute("SELECT procrastinate_prune_stalled_workers_v1(25)")
    assert swept(sql, queue, job) is True


@pytest.mark.parametrize(("started_s", "is_lost"), [(55, False), (61, True)])
def test_a_live_worker_may_have_lost_its_job(
    grown_app: App, queue: Queue, sql: Connection, started_s: int, is_lost: bool
) -> None:
    """A run that ended while its worker could not say so to the queue does not hold the lane for longer than a minute."""
    job = fetched(sql, queue, heard_s=0, started_s=started_s)
    run_id, fence = claimed(grown_app, beaten_s=0)
    with grown_app.database.write() as session:
        finish_run(session, run_id, fence, "done", "{}", None, grown_app.now())
    assert swept(sql, queue, job) is is_lost


def test_a_long_job_is_left_alone(grown_app: App, queue: Queue, sql: Connection) -> None:
    """However long ago it began, a run whose heart beats is not swept."""
    job = fetched(sql, queue, heard_s=0, started_s=7200)
    claimed(grown_app, beaten_s=1)
    assert swept(sql, queue, job) is False


def test_a_zombie_cannot_end_the_new_job(grown_app: App, queue: Queue, sql: Connection) -> None:
    """What a woken worker says about its old job reaches no job at all."""
    job = fetched(sql, queue, heard_s=26, started_s=30)
    claimed(grown_app, beaten_s=21)
    assert swept(sql, queue, job) is True
    with pytest.raises(psycopg.errors.RaiseException, match="Job was not found"):
        sql.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [job])
    assert sql.execute("SELECT status FROM procrastinate_jobs").fetchall() == [("todo",)]


def test_a_freed_slot_waits_once(grown_app: App, queue: Queue, sql: Connection) -> None:
    """Sweeping again, and sending the slot again, add nothing to the one that took the dead job's place."""
    job = fetched(sql, queue, heard_s=26, started_s=30)
    claimed(grown_app, beaten_s=21)
    for _ in range(2):
        queue.send([SLOT])
    assert swept(sql, queue, job) is True
