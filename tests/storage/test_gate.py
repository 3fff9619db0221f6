"""The write gate: one writer at a time, nobody starves, and a killed holder gives it back."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from models import Shop
from models.database import Database, open_database
from models.gate import WriteGate, WriteGateTimeoutError

_COUNT = """
import sys
from sqlalchemy import select
from models import Shop
from models.database import open_database

database = open_database(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with database.write() as session:  # read, think, write: loses counts unless writers are alone
        shop = session.scalars(select(Shop)).one()
        shop.clock_skew_s += 1
database.close()
"""

_HOLD = """
import sys, time
from sqlalchemy import text
from models.database import open_database

with open_database(sys.argv[1]).write() as session:
    session.execute(text("UPDATE shop SET state = 'disabled'"))
    print("held", flush=True)
    time.sleep(600)
"""


def _add_shop(database: Database) -> None:
    with database.write() as session:
        session.add(Shop(name="Trà", marketplace="tiki", external_id="1", state="connected", clock_skew_s=0.0))


def test_writers_of_many_processes_lose_nothing(sqlite_url: str) -> None:
    """Four processes that read, add one and write back, 50 times each, reach exactly 200."""
    database = open_database(sqlite_url)
    _add_shop(database)
    command = [sys.executable, "-c", _COUNT, sqlite_url, "50"]
    writers = [subprocess.Popen(command) for _ in range(4)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0, 0]
    with database.session() as session:
        assert session.scalars(select(Shop.clock_skew_s)).one() == 200.0
    database.close()


def test_killed_holder_gives_the_gate_back(sqlite_url: str) -> None:
    """SIGKILL inside a write: its change is gone, and the next writer does not wait for a timeout."""
    database = open_database(sqlite_url)
    _add_shop(database)
    with subprocess.Popen([sys.executable, "-c", _HOLD, sqlite_url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        os.kill(holder.pid, signal.SIGKILL)
    started = time.monotonic()
    with database.write() as session:
        session.execute(update(Shop).values(external_id="2"))
    assert time.monotonic() - started < 5.0
    with database.session() as session:
        assert session.execute(select(Shop.state, Shop.external_id)).all() == [("connected", "2")]
        assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    database.close()


def test_busy_writer_cannot_starve_another(tmp_path: Path) -> None:
    """One thread takes the gate over and over; each of another's ten turns waits for at most one of its turns or two."""
    gate, over, turns = WriteGate(tmp_path / "ocop.db"), threading.Event(), [0]

    def hog() -> None:
        while not over.is_set():
            with gate.held():
                turns[0] += 1
                time.sleep(0.002)

    greedy = threading.Thread(target=hog)
    greedy.start()
    waited = []
    for _ in range(10):
        before = turns[0]
        with gate.held():
            waited.append(turns[0] - before)
    over.set()
    greedy.join()
    assert max(waited) <= 3


def test_gate_kept_too_long_is_named(tmp_path: Path) -> None:
    """Who waits in vain learns which file is kept and how long they waited, and leaves the queue free."""
    path = tmp_path / "ocop.db"
    with (
        WriteGate(path).held(),
        pytest.raises(WriteGateTimeoutError, match=r"within 0\.05 s: .*ocop\.db-gate"),
        WriteGate(path, timeout_s=0.05).held(),
    ):
        pass
    with WriteGate(path, timeout_s=0.05).held():
        pass


def test_gate_opens_after_an_error(tmp_path: Path) -> None:
    """An error inside the gate gives it back."""
    gate = WriteGate(tmp_path / "ocop.db", timeout_s=0.05)
    with pytest.raises(ZeroDivisionError), gate.held():
        raise ZeroDivisionError
    with gate.held():
        pass
