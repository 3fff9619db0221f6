"""Who does a due slot: this thread, a pool of threads (the default), or Procrastinate's workers on PostgreSQL.

One lane at a time: two jobs of one shop never run together, and one shop's failure never blocks another.
"""

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from jobs.app import App
from jobs.registry import JOBS
from jobs.run import Finished, perform
from jobs.slots import Slot

log = logging.getLogger(__name__)


def do(app: App, slot: Slot) -> Finished | None:
    """Do one slot now. None when somebody else has it or had it."""
    return perform(app, slot.job, JOBS[slot.job].function, slot.lane, slot.at)


class Dispatcher(Protocol):
    """Takes due slots; safe to be given the same slot again."""

    def send(self, slots: Iterable[Slot]) -> None: ...

    def close(self) -> None: ...


class Inline:
    """Does each slot at once, in order: the demo and the tests."""

    def __init__(self, app: App) -> None:
        self._app = app

    def send(self, slots: Iterable[Slot]) -> None:
        for slot in slots:
            do(self._app, slot)

    def close(self) -> None:
        return


class Pool:
    """Threads of this process, one lane at a time, so that a hung shop holds its own lane and no other."""

    def __init__(self, app: App, threads: int = 8) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="job")
        self._busy: dict[str, list[Slot]] = {}
        self._lock = threading.Lock()

    def send(self, slots: Iterable[Slot]) -> None:
        with self._lock:
            for slot in slots:
                waiting = self._busy.get(slot.lane)
                if waiting is None:
                    self._busy[slot.lane] = []
                    self._start(slot)
                elif slot not in waiting:
                    waiting.append(slot)

    def _start(self, slot: Slot) -> None:
        future = self._threads.submit(do, self._app, slot)
        future.add_done_callback(lambda done: self._next(slot, done))

    def _next(self, slot: Slot, done: "Future[Finished | None]") -> None:
        if err := done.exception():
            log.error("job died", exc_info=err, extra={"job": slot.job, "lane": slot.lane})
        with self._lock:
            waiting = self._busy[slot.lane]
            if waiting:
                self._start(waiting.pop(0))
            else:
                del self._busy[slot.lane]

    def close(self) -> None:
        self._threads.shutdown(wait=True)


def dispatcher_for(app: App) -> Dispatcher:
    """Threads on SQLite, Procrastinate on PostgreSQL: chosen by the database URL alone."""
    if app.database.dialect == "postgresql":
        from jobs.procrastination import Queue  # noqa: PLC0415 - an optional dependency

        return Queue(app.settings.database_url)
    return Pool(app)
