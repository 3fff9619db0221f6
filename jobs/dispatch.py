"""Who does a due slot: this thread, a pool of threads (the default), or Procrastinate's workers on PostgreSQL.

One lane at a time: two jobs of one shop never run together, and one shop's failure never blocks another.
"""

import logging
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Protocol

from jobs.app import App
from jobs.registry import JOBS, Kind
from jobs.run import Finished, perform
from jobs.slots import Slot

log = logging.getLogger(__name__)


def do(app: App, slot: Slot, jobs: Mapping[str, Kind] = JOBS) -> Finished | None:
    """Do one slot now. None when somebody else has it or had it. Raises what a bug in the job raises, once recorded."""
    return perform(app, slot.job, jobs[slot.job].function, slot.lane, slot.at)


class Dispatcher(Protocol):
    """Takes due slots; safe to be given the same slot again."""

    def send(self, slots: Iterable[Slot]) -> None: ...

    def close(self) -> None: ...


class Inline:
    """Does the slots at once: the demo and the tests. One after the other, but crawls, each in a process of its own, beside them."""

    def __init__(self, app: App, jobs: Mapping[str, Kind] = JOBS) -> None:
        self._app, self._jobs = app, jobs

    def send(self, slots: Iterable[Slot]) -> None:
        """Raises what a bug in a job raises, when all that was begun has ended."""
        apart: dict[str, list[Slot]] = {}
        here: list[Slot] = []
        for slot in slots:
            (apart.setdefault(slot.lane, []) if self._jobs[slot.job].is_apart else here).append(slot)
        with ThreadPoolExecutor(max(1, len(apart)), thread_name_prefix="job") as threads:
            begun = [threads.submit(self._in_order, lane) for lane in apart.values()]
            self._in_order(here)
        for lane in begun:
            lane.result()

    def close(self) -> None:
        return

    def _in_order(self, slots: Iterable[Slot]) -> None:
        for slot in slots:
            do(self._app, slot, self._jobs)


class Pool:
    """Threads of this process, one lane at a time, so that a hung shop holds its own lane and no other."""

    def __init__(self, app: App, threads: int = 8, jobs: Mapping[str, Kind] = JOBS) -> None:
        self._app, self._jobs = app, jobs
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="job")
        self._waiting: dict[str, deque[Slot]] = {}  # a lane is here while one of its slots is being done
        self._lock = threading.Lock()
        self._closed = False

    def send(self, slots: Iterable[Slot]) -> None:
        with self._lock:
            for slot in slots:
                waiting = self._waiting.get(slot.lane)
                if waiting is None:
                    self._waiting[slot.lane] = deque()
                    self._start(slot)
                elif slot not in waiting:
                    waiting.append(slot)

    def close(self) -> None:
        """Let running jobs end. What waits stays a queued row."""
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=True)

    def _start(self, slot: Slot) -> None:
        self._threads.submit(self._do, slot).add_done_callback(partial(_report, slot))

    def _do(self, slot: Slot) -> None:
        try:
            do(self._app, slot, self._jobs)
        finally:
            self._next(slot.lane)

    def _next(self, lane: str) -> None:
        with self._lock:
            if self._waiting[lane] and not self._closed:
                self._start(self._waiting[lane].popleft())
            else:
                del self._waiting[lane]


def _report(slot: Slot, done: Future[None]) -> None:
    if err := done.exception():
        log.error("job died", exc_info=err, extra={"job": slot.job, "lane": slot.lane})


def dispatcher_for(app: App) -> Dispatcher:
    """Threads on SQLite, Procrastinate on PostgreSQL: chosen by the database URL alone."""
    if app.database.dialect == "postgresql":
        from jobs.slot_queue import Queue  # noqa: PLC0415 - an optional dependency

        return Queue(app.settings.database_url)
    return Pool(app)
