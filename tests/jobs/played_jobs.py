"""Small jobs that leave a trace, for tests of who does what when; run as a program, a worker process that does them.

Each job appends lines `lane minute event pid seconds` to one file; the seconds are the machine's, the same for every process.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jobs.app import App, JobError, SystemClock
from jobs.registry import Kind
from jobs.run import Counts, Run
from models.database import open_database
from models.secrets import Vault, parse_master_keys
from settings import Settings

MASTER_KEYS = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
START = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One thing a job said."""

    lane: str
    minute: int
    event: str
    pid: int
    at_s: float


class Trace:
    """The file the jobs write to, and the folder of the doors they wait at."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def say(self, run: Run, event: str) -> None:
        line = f"{run.lane} {run.slot.minute} {event} {os.getpid()} {time.monotonic()}\n"
        with self._file.open("a") as out:  # one short write at the end of the file is whole, whoever else writes
            out.write(line)

    def lines(self, event: str | None = None) -> list[Line]:
        if not self._file.exists():
            return []
        split = [line.split() for line in self._file.read_text().splitlines()]
        found = [Line(lane, int(minute), said, int(pid), float(at)) for lane, minute, said, pid, at in split]
        return [line for line in found if event in {None, line.event}]

    def wait_for(self, event: str, count: int = 1, within_s: float = 20.0) -> list[Line]:
        """Until so many jobs have said it."""
        wait_until(lambda: len(self.lines(event)) >= count, within_s)
        return self.lines(event)

    def open_door(self) -> None:
        self._door.touch()

    @property
    def is_open(self) -> bool:
        return self._door.exists()

    @property
    def _door(self) -> Path:
        return self._file.with_suffix(".door")


def wait_until(is_so: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, f"not within {within_s} s"
        time.sleep(0.05)


def played_jobs(trace: Trace) -> dict[str, Kind]:
    """`brief` takes a moment, `shut` waits until the door opens, `failing` says why not, `broken` has a bug."""

    def brief(run: Run) -> Counts:
        trace.say(run, "begin")
        time.sleep(0.02)
        trace.say(run, "end")
        return {"pid": os.getpid()}

    def shut(run: Run) -> Counts:
        trace.say(run, "begin")
        wait_until(lambda: trace.is_open, 120.0)
        run.check()
        trace.say(run, "end")
        return {"pid": os.getpid()}

    def failing(run: Run) -> Counts:
        raise JobError(f"Gian hàng «{run.lane}» chưa khai địa chỉ kho.")

    def broken(run: Run) -> Counts:
        trace.say(run, "begin")
        raise ZeroDivisionError("a bug")

    functions = (brief, shut, failing, broken)
    return {function.__name__: Kind(function.__name__, function, lambda *_: ["a", "b"]) for function in functions}


def open_played_app(url: str) -> App:
    settings = Settings(database_url=url, contact="ocop@example.vn", timezone="Asia/Ho_Chi_Minh")
    return App(settings, open_database(url), SystemClock(), Vault(parse_master_keys(MASTER_KEYS)))


if __name__ == "__main__":
    from jobs.procrastination import work

    app = open_played_app(sys.argv[1])
    work(app, played_jobs(Trace(Path(sys.argv[2]))))
    app.close()
