"""Rehearsals as child processes, and the moments at which they are killed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

DAYS, PRODUCTS = 8, 8  # long enough for reviews, returns and settlements
TIMEOUT_S = 240
LOOK_S = 0.003  # between two looks at whether the moment has come
ORPHANS_END_S = 10  # a crawling child whose parent was killed ends by itself within this

Moment = Callable[[int], bool]  # asked with the process id


def started(directory: Path) -> "subprocess.Popen[str]":
    """In a process group of its own, so that whatever it starts can be counted and killed with it."""
    words = ["demo", "--days", str(DAYS), "--products", str(PRODUCTS), "--json", "--dir", str(directory)]
    command = [sys.executable, "-m", "cli", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def lived_to_its_end(directory: Path) -> dict[str, Any]:
    process = started(directory)
    out, err = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 0, err
    answer: dict[str, Any] = json.loads(out)
    return answer


def killed(directory: Path, moment: Moment, kill: Callable[[int, int], None]) -> bool:
    """Whether it died of `kill` (os.kill or os.killpg). False: it was done before its moment came."""
    process = started(directory)
    while process.poll() is None:
        if moment(process.pid):
            kill(process.pid, signal.SIGKILL)
            break
        time.sleep(LOOK_S)
    process.communicate(timeout=ORPHANS_END_S)  # ends once nobody holds its pipes any more
    _await_orphans(process.pid)
    return process.returncode == -signal.SIGKILL


def _await_orphans(group: int) -> None:
    """AssertionError when a process of that group outlives its parent."""
    end = time.monotonic() + ORPHANS_END_S
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(LOOK_S)
    raise AssertionError(f"processes of group {group} live on")


def journal(directory: Path) -> bytes:
    """Writes and moves of the clock that the marketplaces have accepted, one a line."""
    path = directory / "world.journal"
    return path.read_bytes() if path.exists() else b""


def after_more(directory: Path, more: int, target: bytes = b"\n") -> Moment:
    """Once so many further lines (that name `target`) were accepted: between an effect at the marketplace and our row about it."""
    goal = journal(directory).count(target) + more
    return lambda _: journal(directory).count(target) >= goal


def after_s(seconds: float) -> Moment:
    end = time.monotonic() + seconds
    return lambda _: time.monotonic() >= end


def during(directory: Path, job: str, wait_s: float, start: Moment) -> Moment:
    """`wait_s` after this life was first seen doing the job, `start` being past."""
    seen: list[float] = []

    def moment(pid: int) -> bool:
        if not seen and start(pid) and _is_doing(directory, job, pid):
            seen.append(time.monotonic())
        return bool(seen) and time.monotonic() >= seen[0] + wait_s

    return moment


def _is_doing(directory: Path, job: str, group: int) -> bool:
    """Whether any process of this life does it."""
    if not (path := directory / "ocop.db").exists():
        return False
    statement = "select owner from job_run where job = ? and state = 'running'"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        try:
            return any(_is_of(group, owner) for (owner,) in database.execute(statement, (job,)))
        except sqlite3.OperationalError:  # its tables are still to be made
            return False


def _is_of(group: int, owner: str) -> bool:
    try:
        return os.getpgid(int(owner.split(":")[1])) == group
    except ProcessLookupError:  # of an earlier life
        return False
