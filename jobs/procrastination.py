"""`ocop worker`: does the slots that wait in PostgreSQL, through Procrastinate's worker. Any number, on any number of machines.

A killed worker's slot is begun again after at most SILENT_S + SWEEP_S + POLL_S = 31 s, whether a scheduler runs or not.
A finished job leaves nothing in the queue: its `job_run` row is the record. (Procrastinate 3.10, source read 2026-11-24.)
"""

import asyncio
import logging
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import procrastinate

from jobs.app import App
from jobs.dispatch import do
from jobs.queue_schema import libpq_url
from jobs.registry import JOBS, Kind
from jobs.slot_queue import QUEUE, SILENT_S, TASK, Queue, slot_of
from jobs.slots import queued

log = logging.getLogger(__name__)
CONCURRENCY = 8  # lanes one worker does at a time
BEAT_S = 5.0
SWEEP_S = 5.0
POLL_S = 0.5  # no listener: the next job of a lane is not announced when the one before it ends, so we look anyway
PAUSE_S = 5.0  # before starting over without a database


class HeartStoppedError(Exception):
    """Procrastinate's worker is not heard of any more, although nobody told it to stop."""


def work(app: App, jobs: Mapping[str, Kind] = JOBS) -> None:
    """Do jobs until SIGTERM or SIGINT, then finish those begun. Survives a restart of the database. Main thread only."""
    queue = Queue(app.settings.database_url)
    try:
        asyncio.run(_work(app, queue, jobs))
    finally:
        queue.close()


async def _work(app: App, queue: Queue, jobs: Mapping[str, Kind]) -> None:
    """One life after another: a worker that cannot fetch, beat or sweep starts over, and jobs of its earlier lives run on."""
    told, lives = _told_to_stop(), list[asyncio.Task[object]]()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(CONCURRENCY + 1, thread_name_prefix="job"))
    while not told.is_set():
        life = [asyncio.create_task(part) for part in (_do_jobs(app, jobs), _keep_sweeping(app, queue), told.wait())]
        await asyncio.wait(life, return_when=asyncio.FIRST_COMPLETED)
        for part in life:
            part.add_done_callback(_report)
            part.cancel()  # Procrastinate's worker, cancelled, lets its running jobs end
        lives += life
        with suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), PAUSE_S)
    await asyncio.wait(lives)


def _told_to_stop() -> asyncio.Event:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    return told


def _report(part: asyncio.Task[object]) -> None:
    if not part.cancelled() and (err := part.exception()):
        log.error("the worker starts over", exc_info=err)


async def _do_jobs(app: App, jobs: Mapping[str, Kind]) -> None:
    connector = procrastinate.PsycopgConnector(conninfo=libpq_url(app.settings.database_url), min_size=1, max_size=4)
    queue = procrastinate.App(connector=connector)

    @queue.task(name=TASK, queue=QUEUE)
    def do_slot(**slot: str) -> None:
        do(app, slot_of(slot), jobs)

    async with queue.open_async():
        await queue.run_worker_async(
            queues=[QUEUE],
            concurrency=CONCURRENCY,
            fetch_job_polling_interval=POLL_S,
            listen_notify=False,
            update_heartbeat_interval=BEAT_S,
            stalled_worker_timeout=SILENT_S,
            delete_jobs="always",
            install_signal_handlers=False,
        )


async def _keep_sweeping(app: App, queue: Queue) -> None:
    """What the scheduler's tick does, from every worker. Raises HeartStoppedError when the worker beside it has no heart."""
    while not _is_beating():  # noqa: ASYNC110 - Procrastinate announces its start to nobody
        await asyncio.sleep(POLL_S)
    while _is_beating():
        await asyncio.to_thread(_send_waiting, app, queue)
        await asyncio.sleep(SWEEP_S)
    raise HeartStoppedError


def _send_waiting(app: App, queue: Queue) -> None:
    with app.database.session() as session:
        waiting = queued(session, app.now())
    queue.send(waiting)


def _is_beating() -> bool:
    """Whether a worker's heartbeat runs: one whose heartbeat failed works on as a ghost, and one that stops waits for its jobs.

    Procrastinate's own monitor does not see it: it ends with the first of its tasks, and without periodic tasks one ends at once.
    """
    return any(task.get_name() == "update_heartbeats" for task in asyncio.all_tasks())
