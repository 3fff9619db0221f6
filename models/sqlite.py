"""How every SQLite connection of ours is set up: durable, foreign keys on, and a journal its library can be trusted with."""

import sqlite3
from typing import Any

BUSY_TIMEOUT_S = 30.0  # how long a statement waits for another connection's lock before "database is locked"

# The library lines that carry the fix of the WAL-reset bug, and the first patch of each that does (sqlite.org/wal.html,
# "The WAL-Reset Bug"); every line after the newest of them has it from the start.
_FIXED_LINES = {(3, 44): 6, (3, 50): 7, (3, 51): 3}


def wal_is_safe(version: str) -> bool:
    """Whether this SQLite library ("3.40.1") may use WAL: an unfixed one can corrupt a database that two processes write."""
    major, minor, patch = (int(part) for part in version.split("."))
    line = (major, minor)
    return line > max(_FIXED_LINES) or patch >= _FIXED_LINES.get(line, patch + 1)


def journal_mode(version: str = sqlite3.sqlite_version) -> str:
    """WAL where it is safe. Else TRUNCATE: with synchronous=FULL it also syncs the journal's end, which DELETE does not."""
    return "wal" if wal_is_safe(version) else "truncate"


def set_up(connection: sqlite3.Connection, _record: Any, *, synchronous: str = "FULL") -> None:
    """Runs once a connection. The driver's own transaction guesses are off: `begin_write` says BEGIN, nobody else."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    wanted = journal_mode()
    (mode,) = connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()
    if mode != wanted:
        raise sqlite3.OperationalError(f"the database would not change its journal from {mode} to {wanted}")


def set_up_reader(connection: sqlite3.Connection, record: Any) -> None:
    """A reading connection holds no lock between statements, and refuses to write."""
    set_up(connection, record)
    connection.execute("PRAGMA query_only=ON")
