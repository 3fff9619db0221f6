"""Due slots as jobs of Procrastinate, a queue in PostgreSQL: put there once each, and freed from workers that died.

A lane is a `lock`, so that its jobs never overlap; a slot is a `queueing_lock`, so that it waits once however often it is
sent. There is no retry here (retry and `queueing_lock` refuse each other, and a job that backs off would hold its lane):
what is done again, and when, is decided by our own `job_run` rows.

A killed worker's job stays `doing` and holds its lane. Every send first sweeps: such a job gives way to a new one with a
new id, so that what its zombie still says about the old id reaches nobody. (Procrastinate 3.10, source and docs read
2026-11-24.)
"""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued

from jobs.heartbeat import STALE_AFTER_S
from jobs.queue_schema import libpq_url, prepare
from jobs.slots import Slot

log = logging.getLogger(__name__)
QUEUE, TASK = "slots", "do_slot"
SILENT_S = 25.0  # a worker not heard of for so long is dead; later than STALE_AFTER_S, so that its slot can be claimed
STARTED_S = 60.0  # a live worker's job without a live run for so long is lost, whatever the worker says

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
        there = {slot_of(job.task_kwargs) for job in self._queue.job_manager.list_jobs(queue=QUEUE)}
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


def slot_of(args: Mapping[str, Any]) -> Slot:
    """The slot a job of the queue stands for."""
    return Slot(args["job"], args["lane"], datetime.fromisoformat(args["at"]))
