"""The write gate: one writer at a time on a SQLite file, across threads and processes, in a fair order.

SQLite's own busy handler sleeps and retries, so a busy writer can starve the others. Here a writer first takes the
queue's lock, then waits for the gate's, then lets the queue go: whoever just left the gate cannot overtake the one who
waits at its head. Both are `flock` locks on files beside the database, so the kernel opens them when a process dies.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SHORTEST_NAP_S = 0.0001
_NAP = (
    1 / 8
)  # of the time waited so far: nobody wakes later than an eighth after the turn came, and long waits look seldom


class WriteGateTimeoutError(TimeoutError):
    """Another writer kept the gate for too long: a transaction somewhere is waiting for something slow."""


class WriteGate:
    """The gate of one database file. `timeout_s` covers the whole wait."""

    def __init__(self, database: Path, timeout_s: float = 60.0) -> None:
        self._queue_file = database.with_name(f"{database.name}-queue")
        self._gate_file = database.with_name(f"{database.name}-gate")
        self._timeout_s = timeout_s

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the gate and keep it for the block. Raises WriteGateTimeoutError."""
        since_s = time.monotonic()
        with _open(self._gate_file) as gate:
            with _open(self._queue_file) as queue:
                self._lock(queue, since_s)
                self._lock(gate, since_s)
            yield

    def _lock(self, descriptor: int, since_s: float) -> None:
        while not _locked_at_once(descriptor):
            waited_s = time.monotonic() - since_s
            if waited_s > self._timeout_s:
                raise WriteGateTimeoutError(
                    f"no turn to write within {self._timeout_s:g} s: another process or thread keeps {self._gate_file}",
                )
            time.sleep(max(_SHORTEST_NAP_S, waited_s * _NAP))


@contextmanager
def _open(path: Path) -> Iterator[int]:
    """A descriptor of its own for every wait: `flock` tells threads apart by it. Closing it gives the lock back."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _locked_at_once(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
