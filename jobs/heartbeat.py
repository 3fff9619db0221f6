"""A thread that says a run is alive while its job works, so that only a dead or frozen process looks dead."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from models.gate import WriteGateTimeoutError

log = logging.getLogger(__name__)
BEAT_S = 5.0
STALE_AFTER_S = 20.0  # a run not heard of for this long may be done again: within 45 s of a kill it must have begun


@contextmanager
def beating(name: str, beat: Callable[[], None]) -> Iterator[None]:
    """Call `beat` every BEAT_S during the block."""
    over = threading.Event()
    thread = threading.Thread(target=_beat, args=(name, beat, over), name=f"heartbeat {name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(name: str, beat: Callable[[], None], over: threading.Event) -> None:
    while not over.wait(BEAT_S):
        try:
            beat()
        except (OperationalError, WriteGateTimeoutError):  # a database that restarts: the next beat may arrive
            log.warning("a heartbeat was lost", extra={"run": name}, exc_info=True)
