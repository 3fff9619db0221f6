"""The grown end: due slots as jobs of Procrastinate, a queue in PostgreSQL, done by any number of `ocop worker` processes.

A lane is a `lock`, so that its jobs never overlap; a slot is a `queueing_lock`, so that it waits once however often it is
sent. There is no retry here (retry and `queueing_lock` refuse each other, and a job that backs off would hold its lane):
what is done again, and when, is decided by our own `job_run` rows, and a finished job leaves nothing in the queue.

A killed worker's job stays `doing` and holds its lane. Every send first sweeps: such a job gives way to a new one with a
new id, so that what its zombie still says about the old id reaches nobody. From the kill to the second try at most
SILENT_S + SWEEP_S + POLL_S, 31 s, pass. (Procrastinate 3.10, source and docs read 2026-11-24.)
"""

import asyncio
import logging
import signal
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued

from jobs.app import App
from jobs.dispatch import do
from jobs.heartbeat import STALE_AFTER_S
from jobs.queue_schema import libpq_url, prepare
from jobs.registry import JOBS, Kind
from jobs.slots import Slot, queued

log = logging.getLogger(__name__)
QUEUE, TASK = "slots", "do_slot"
CONCURRENCY = 8  # lanes one worker does at a time
WORKER_BEAT_S = 5.0
SILENT_S = 25.0  # a worker not heard of for so long is dead; later than STALE_AFTER_S, so that its slot can be claimed
STARTED_S = 60.0  # a live worker's job without a live run for so long is lost, whatever the worker says
SWEEP_S = 5.0
POLL_S = 0.5  # the next job of a lane is not announced when the one before it ends
PAUSE_S = 5.0  # before starting over without a database

_SWEEP = """
WITH dead AS (
    DELETE FROM procrastinate_jobs AS job
    WHERE job.queue_name = %(queue)s AND job.status = 'doing'
    AND NOT EXISTS (
        SELECT FROM job_run AS run
        WHERE run.job = job.args->>'job' AND run.lane = job.args->>'lane' AND run.slot = (job.args->>'at')::timestamptz
        AND run.state = 'running' AND run.heartbeat_at >= now() - make_interval(secs => %(stale_s)s))
    AND (NOT EXISTS (
            SELECT FROM procrastinate_workers AS worker
            WHERE worker.id = job.worker_id AND worker.last_heartbeat >= now() - make_interval(secs => %(silent_s)s))
        OR NOT EXISTS (
            SELECT FROM procrastinate_events AS event
            WHERE event.job_id = job.id AND event.type = 'started'
            AND event.at >= now() - make_interval(secs => %(started_s)s)))
    RETURNING job.task_name, job.lock, job.args)
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, args)
SELECT %(queue)s, task_name, 1, lock, args FROM dead
RETURNING args
"""  # priority 1: before what else waits in the lane; no queueing_lock: a twin sent meanwhile finds the slot done


class Queue:
    """A Dispatcher: puts slots into the queue. Makes or updates the queue's tables first. Safe from several processes."""

    def __init__(self, database_url: str) -> None:
        prepare(database_url)
        pool: dict[str, Any] = {"conninfo": libpq_url(database_url), "min_size": 1, "max_size": 2}
        self._connector = procrastinate.SyncPsycopgConnector(**pool)
        self._queue = procrastinate.App(connector=self._connector)
        self._queue.open()

    def send(self, slots: Iterable[Slot]) -> None:
        """Free what dead workers hold, then queue what is not in the queue yet."""
        self._sweep()
        there = {_slot(job.task_kwargs) for job in self._queue.job_manager.list_jobs(queue=QUEUE)}
        for slot in slots:
            if slot not in there:
                self._defer(slot)

    def close(self) -> None:
        self._queue.close()

    def _defer(self, slot: Slot) -> None:
        at = slot.at.isoformat()
        name = f"{slot.job}:{slot.lane}:{at}"
        job = self._queue.configure_task(TASK, queue=QUEUE, lock=slot.lane, queueing_lock=name)
        with suppress(AlreadyEnqueued):  # another scheduler was faster
            job.defer(job=slot.job, lane=slot.lane, at=at)

    def _sweep(self) -> None:
        ages = {"stale_s": STALE_AFTER_S, "silent_s": SILENT_S, "started_s": STARTED_S}
        for row in self._connector.execute_query_all(_SWEEP, queue=QUEUE, **ages):
            log.warning("a dead worker's slot is queued again", extra={"slot": row["args"]})


def work(app: App, jobs: Mapping[str, Kind] = JOBS) -> None:
    """Do jobs until SIGTERM or SIGINT, then finish those begun. Survives a restart of the database. Main thread only."""
    queue = Queue(app.settings.database_url)
    try:
        asyncio.run(_work(app, queue, jobs))
    finally:
        queue.close()


async def _work(app: App, queue: Queue, jobs: Mapping[str, Kind]) -> None:
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    loop.set_default_executor(ThreadPoolExecutor(CONCURRENCY + 1, thread_name_prefix="job"))  # and the sweeper
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    while not told.is_set():
        await _until_one_ends(_do_jobs(app, jobs), _keep_sweeping(app, queue), told.wait())
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PAUSE_S)


async def _until_one_ends(*parts: Any) -> None:
    """A part that dies takes the others with it, loudly: a worker that cannot sweep or fetch starts over as a whole."""
    tasks = [asyncio.create_task(part) for part in parts]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for end in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(end, Exception):
            log.error("the worker starts over", exc_info=end)


async def _do_jobs(app: App, jobs: Mapping[str, Kind]) -> None:
    """Procrastinate's worker. Cancelled, it lets running jobs end."""
    connector = procrastinate.PsycopgConnector(conninfo=libpq_url(app.settings.database_url), min_size=1, max_size=4)
    queue = procrastinate.App(connector=connector)

    @queue.task(name=TASK, queue=QUEUE)
    def do_slot(**slot: str) -> None:
        do(app, _slot(slot), jobs)

    async with queue.open_async():
        await queue.run_worker_async(
            queues=[QUEUE],
            concurrency=CONCURRENCY,
            fetch_job_polling_interval=POLL_S,
            update_heartbeat_interval=WORKER_BEAT_S,
            stalled_worker_timeout=SILENT_S,
            delete_jobs="always",
            install_signal_handlers=False,
        )


async def _keep_sweeping(app: App, queue: Queue) -> None:
    """What the scheduler's tick does, from every worker: nothing waits for a scheduler that is down."""
    while True:
        await asyncio.to_thread(_send_waiting, app, queue)
        await asyncio.sleep(SWEEP_S)


def _send_waiting(app: App, queue: Queue) -> None:
    with app.database.session() as session:
        waiting = queued(session, app.now())
    queue.send(waiting)


def _slot(args: Mapping[str, Any]) -> Slot:
    return Slot(args["job"], args["lane"], datetime.fromisoformat(args["at"]))
