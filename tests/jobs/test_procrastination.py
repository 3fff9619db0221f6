"""Procrastinate's workers as real processes on a real PostgreSQL."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select

from jobs.app import App
from jobs.health import health
from jobs.heartbeat import BEAT_S
from jobs.slot_queue import Queue
from jobs.slots import Slot, open_slots, queued
from models import JobRun
from tests.databases import PostgresServer
from tests.jobs.played_jobs import START, Trace, wait_until

ROOT = Path(__file__).parents[2]
StartWorker = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def start_worker(postgresql_url: str, trace: Trace, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts worker processes and ends those still alive after the test."""
    command = [sys.executable, "-m", "tests.jobs.played_jobs", postgresql_url, str(tmp_path / "trace")]
    with ExitStack() as running:

        def start() -> subprocess.Popen[str]:
            process = running.enter_context(subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True))
            running.callback(process.kill)
            return process

        yield start
        trace.open_door()


@pytest.fixture
def queue(grown_app: App) -> Iterator[Queue]:
    opened = Queue(grown_app.settings.database_url)
    yield opened
    opened.close()


def insert(app: App, *slots: Slot) -> list[Slot]:
    with app.database.write() as session:
        for slot in slots:
            open_slots(session, slot.job, slot.lane, [slot.at])
    with app.database.session() as session:
        return queued(session, app.now())


def runs(app: App) -> list[JobRun]:
    with app.database.session() as session:
        return list(session.scalars(select(JobRun).order_by(JobRun.lane, JobRun.slot)))


def states(app: App) -> set[str]:
    return {run.state for run in runs(app)}


def slots_of(job: str, lane: str, count: int) -> list[Slot]:
    return [Slot(job, lane, START + timedelta(minutes=minute)) for minute in range(count)]


def in_queue(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT status, lock, priority FROM procrastinate_jobs ORDER BY id").fetchall()


def test_two_workers_share_the_slots_and_lanes_never_overlap(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace, postgresql_url: str
) -> None:
    """Forty slots in four lanes are each done exactly once, in a lane one after the other and in order; no trace is left."""
    slots = [slot for lane in "abcd" for slot in slots_of("brief", lane, 10)]
    queue.send(insert(grown_app, *slots))
    workers = [start_worker(), start_worker()]
    wait_until(lambda: states(grown_app) == {"done"}, 60.0)
    assert [(run.lane, run.slot.minute, run.fence) for run in runs(grown_app)] == [
        (lane, minute, 1) for lane in "abcd" for minute in range(10)
    ]
    for lane in "abcd":
        said = [line for line in trace.lines() if line.lane == lane]
        assert [(line.minute, line.event) for line in said] == [(m, e) for m in range(10) for e in ("begin", "end")]
        assert all(before.at_s <= after.at_s for before, after in pairwise(said))
    assert {line.pid for line in trace.lines()} == {worker.pid for worker in workers}
    wait_until(lambda: in_queue(postgresql_url) == [])


@pytest.mark.slow
def test_a_killed_workers_slot_is_done_again_within_45_seconds(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace
) -> None:
    """SIGKILL in mid-job: another worker does the slot under the next fence, before what waits behind it in the lane."""
    queue.send(insert(grown_app, *slots_of("shut", "a", 2)))
    killed = start_worker()
    [begun] = trace.wait_for("begin")
    start_worker()
    killed.kill()
    trace.open_door()
    first, second = trace.wait_for("end", 2, 45.0)
    assert begun.pid == killed.pid
    assert (first.minute, second.minute) == (0, 1)
    wait_until(lambda: states(grown_app) == {"done"})
    assert [run.fence for run in runs(grown_app)] == [2, 1]


@pytest.mark.slow
def test_a_frozen_workers_late_word_is_void(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace
) -> None:
    """A worker that wakes after its slot was taken over does no effect, and what it says about the end changes nothing."""
    queue.send(insert(grown_app, *slots_of("shut", "a", 1)))
    frozen = start_worker()
    trace.wait_for("begin")
    frozen.send_signal(signal.SIGSTOP)
    other = start_worker()
    trace.wait_for("begin", 2, 45.0)
    trace.open_door()
    trace.wait_for("end")
    frozen.send_signal(signal.SIGCONT)
    frozen.send_signal(signal.SIGTERM)
    frozen.wait(20)
    assert [line.pid for line in trace.lines("end")] == [other.pid]
    [run] = runs(grown_app)
    assert (run.state, run.fence, run.counts, run.error) == ("done", 2, f'{{"pid": {other.pid}}}', None)


def test_a_slot_sent_twice_waits_once(grown_app: App, queue: Queue, postgresql_url: str) -> None:
    """However many schedulers send a slot, and however often, the queue holds it once."""
    other = Queue(postgresql_url.replace("postgresql://", "postgresql+psycopg://"))
    slots = insert(grown_app, *slots_of("brief", "a", 3))
    for sender in (queue, other, queue):
        sender.send(slots)
    other.close()
    assert in_queue(postgresql_url) == [("todo", "a", 0)] * 3


def test_a_worker_told_to_stop_finishes_its_job(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace
) -> None:
    """SIGTERM: the job that runs is done and recorded, what waits stays, and the process ends well."""
    queue.send(insert(grown_app, *slots_of("shut", "a", 2)))
    worker = start_worker()
    trace.wait_for("begin")
    worker.send_signal(signal.SIGTERM)
    trace.open_door()
    assert worker.wait(20) == 0
    assert [run.state for run in runs(grown_app)] == ["done", "queued"]


def test_a_bug_is_recorded_and_loud_and_the_lane_goes_on(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace
) -> None:
    """A job that breaks is a failed run with its error and an error in the log; the lane's next slot is done."""
    queue.send(insert(grown_app, Slot("broken", "a", START), Slot("brief", "a", START + timedelta(minutes=1))))
    worker = start_worker()
    trace.wait_for("end")
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=20)
    broken, brief = runs(grown_app)
    assert (broken.state, broken.error, broken.error_code) == ("failed", "ZeroDivisionError: a bug", "bug")
    assert brief.state == "done"
    assert "ZeroDivisionError: a bug" in log


def test_a_worker_needs_no_scheduler(grown_app: App, start_worker: StartWorker, trace: Trace) -> None:
    """A slot that was inserted but never sent, because the scheduler died between the two, is done."""
    insert(grown_app, *slots_of("brief", "a", 1))
    start_worker()
    trace.wait_for("end")
    wait_until(lambda: states(grown_app) == {"done"})


def test_a_worker_outlives_its_connections(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace, postgresql_url: str
) -> None:
    """When PostgreSQL drops every connection, as in a restart, the running job ends well and new slots are done."""
    queue.send(insert(grown_app, *slots_of("shut", "a", 1)))
    start_worker()
    trace.wait_for("begin")
    with psycopg.connect(postgresql_url) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    trace.open_door()
    insert(grown_app, Slot("brief", "b", START))
    trace.wait_for("end", 2, 30.0)
    wait_until(lambda: states(grown_app) == {"done"})


@pytest.mark.slow
def test_a_job_outlives_a_database_that_is_away(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace, postgres: PostgresServer, postgresql_url: str
) -> None:
    """A heartbeat that finds no database is lost, not the run: once it is back the job ends under its first fence."""
    queue.send(insert(grown_app, *slots_of("shut", "a", 2)))
    worker = start_worker()
    trace.wait_for("begin")
    name = make_url(postgresql_url).database
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        time.sleep(BEAT_S + 1)
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
    trace.open_door()
    trace.wait_for("end", 2, 60.0)
    wait_until(lambda: states(grown_app) == {"done"})
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=20)
    assert [run.fence for run in runs(grown_app)] == [1, 1]
    assert "a heartbeat was lost" in log


@pytest.mark.slow
def test_a_worker_that_lost_its_heartbeat_starts_over_beside_its_long_job(
    grown_app: App, queue: Queue, start_worker: StartWorker, trace: Trace, postgresql_url: str
) -> None:
    """It comes back under a new number and takes new jobs while the long one still runs, and that one ends well."""
    queue.send(insert(grown_app, *slots_of("shut", "a", 1)))
    worker = start_worker()
    trace.wait_for("begin")
    beat = "ALTER FUNCTION {}(bigint) RENAME TO {}"
    with psycopg.connect(postgresql_url, autocommit=True) as sql:
        sql.execute(beat.format("procrastinate_update_heartbeat_v1", "away").encode())
        time.sleep(BEAT_S + 1)
        sql.execute(beat.format("away", "procrastinate_update_heartbeat_v1").encode())
        wait_until(lambda: sql.execute("SELECT max(id) FROM procrastinate_workers").fetchone() == (2,))
    queue.send(insert(grown_app, *slots_of("brief", "b", 3)))
    assert [line.lane for line in trace.wait_for("end", 3)] == ["b"] * 3
    trace.open_door()
    trace.wait_for("end", 4)
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=20)
    assert "HeartStoppedError" in log
    assert [(run.state, run.fence) for run in runs(grown_app)] == [("done", 1)] * 4


def test_the_doctor_counts_living_workers(grown_app: App, start_worker: StartWorker, postgresql_url: str) -> None:
    """None before the first start; one while it runs; none again once it is not heard of any more."""

    def said() -> tuple[bool, str]:
        [check] = [check for check in health(grown_app) if check.name == "workers"]
        return check.ok, check.sentence

    nobody = (False, "0 tiến trình đang nhận việc: hãy chạy `ocop worker`")
    assert said() == nobody
    worker = start_worker()
    wait_until(lambda: said() == (True, "1 tiến trình đang nhận việc"))
    worker.kill()
    worker.wait()
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '21 s'")
    assert said() == nobody
