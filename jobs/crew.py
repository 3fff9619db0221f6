"""Processes of this machine that share due slots by lane: several shops at once, each on a core of its own.

One interpreter does one thing at a time, so threads of one process (`jobs.dispatch.Pool`) hide a slow shop and add no speed.
A hand is forked before anything is open, opens its own application, and ends with its parent, by whatever death.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from datetime import datetime
from functools import cache
from multiprocessing import connection

from connectors.ports import Clock
from jobs.app import App
from jobs.dispatch import do
from jobs.registry import JOBS
from jobs.slots import Slot

# Given to every hand with its work: it must survive pickling, and be equal to itself there.
Opening = Callable[[Clock], App]

_MOST_LANES = 32  # threads that wait for a process of their job's own


class Crew:
    """A Dispatcher for a caller whose clock stands still meanwhile: `send` returns when everything is done.

    Make it before any thread is started or database opened; `open` it when there is something to open.
    """

    def __init__(self, hands: int) -> None:
        fork = multiprocessing.get_context("fork")
        self._hands = ProcessPoolExecutor(hands, mp_context=fork, initializer=_watch_parent)
        self._hands.submit(os.getpid).result()  # the first work forks all hands
        self._here = ThreadPoolExecutor(_MOST_LANES, thread_name_prefix="job")  # begins a thread when there is work

    def open(self, opening: Opening, app: App) -> None:
        """`app` is this process's own: it tells the time, and does the jobs that have a process of their own anyway."""
        self._opening, self._app = opening, app

    def send(self, slots: Iterable[Slot]) -> None:
        """Raises what a bug in a job raises, when all that was begun has ended."""
        lanes: dict[tuple[bool, str], list[Slot]] = {}
        for slot in slots:
            lanes.setdefault((JOBS[slot.job].is_apart, slot.lane), []).append(slot)
        begun = [self._begin(due, is_apart=is_apart) for (is_apart, _), due in lanes.items()]
        wait(begun)
        for lane in begun:
            lane.result()

    def close(self) -> None:
        self._here.shutdown()
        self._hands.shutdown()

    def _begin(self, slots: Sequence[Slot], *, is_apart: bool) -> Future[None]:
        if is_apart:
            return self._here.submit(_do_all, self._app, slots)
        return self._hands.submit(_by_hand, self._opening, self._app.now(), slots)


class _ToldClock:
    """Stands where the crew's own clock stood when the work was given."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def _watch_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when its hands rest
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()


def _end_with_parent() -> None:
    """At once and wherever it is: what it was doing is done again by whoever comes next."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


_clock = _ToldClock()  # of this hand


def _by_hand(opening: Opening, now: datetime, slots: Sequence[Slot]) -> None:
    _clock.at = now
    _do_all(_opened(opening), slots)


@cache
def _opened(opening: Opening) -> App:
    return opening(_clock)


def _do_all(app: App, slots: Sequence[Slot]) -> None:
    for slot in slots:
        do(app, slot)
