"""One database, opened once and passed on: reading sessions, and writing sessions that take their turn.

`session()` reads the latest committed rows, statement by statement, and refuses to write (on PostgreSQL a read-only
transaction). `write()` commits when its block ends well and rolls back otherwise; on SQLite it holds the write gate for
the block, so keep it short and call nobody outside from it. SQLite's transaction control follows SQLAlchemy 2.1's page on
the sqlite3 driver ("Enabling Non-Legacy SQLite Transactional Modes", read 2026-11-24).
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from models import sqlite
from models.gate import WriteGate
from models.sqlite import wal_is_safe

__all__ = ["Database", "DatabaseUrlError", "open_database", "wal_is_safe"]

_EXAMPLES = "write sqlite:///var/ocop.db or postgresql://user:password@host/database"


class DatabaseUrlError(ValueError):
    """The URL names no database we can open. The sentence never repeats the URL: it may carry a password."""


class Database:
    """A register's database. `engine` writes (on SQLite each transaction is BEGIN IMMEDIATE); reads go through `session()`."""

    def __init__(self, engine: Engine, readers: Engine, gate: WriteGate | None) -> None:
        self.engine = engine
        self._readers = readers
        self._gate = gate
        self._thread = threading.local()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Read. Holds no lock once a result has been read to its end."""
        self._refuse_inside_a_write()
        with Session(self._readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Write, alone on SQLite. Commits at the end of the block, rolls back on any error."""
        self._refuse_inside_a_write()
        with self._turn(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            self._thread.writes = True
            try:
                yield session
            finally:
                self._thread.writes = False

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()
        self._readers.dispose()

    def _turn(self) -> AbstractContextManager[None]:
        return self._gate.held() if self._gate else nullcontext()

    def _refuse_inside_a_write(self) -> None:
        """A second session inside a write would wait for the first for ever, or read what the first has not said yet."""
        if getattr(self._thread, "writes", False):
            raise RuntimeError("this thread is inside write(): use the session it gave")


def open_database(url: str, *, is_for_keeps: bool = True) -> Database:
    """`sqlite:///path` (the folder is made) or `postgresql://...` (psycopg 3). Raises DatabaseUrlError. Opens no connection.

    `is_for_keeps` False, on SQLite: what was committed outlives a killed process but not a power cut, and nobody waits for
    the disk. For figures that can be played again.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseUrlError(f"the database URL cannot be read: {_EXAMPLES}") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed, "FULL" if is_for_keeps else "OFF")
        case "postgresql":
            return _open_postgresql(parsed)
        case other:
            raise DatabaseUrlError(f"a database of the kind {other!r} is not supported: {_EXAMPLES}")


def _open_sqlite(url: URL, synchronous: str) -> Database:
    if url.database in {None, "", ":memory:"}:
        raise DatabaseUrlError(f"a SQLite database must be a file, so that processes can share it: {_EXAMPLES}")
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    timeout = {"timeout": sqlite.BUSY_TIMEOUT_S}
    writers, readers = create_engine(url, connect_args=timeout), create_engine(url, connect_args=timeout)
    event.listen(writers, "connect", partial(sqlite.set_up, synchronous=synchronous))
    event.listen(writers, "begin", _begin_immediate)
    event.listen(readers, "connect", sqlite.set_up_reader)
    return Database(writers, readers, WriteGate(path))


def _begin_immediate(connection: Connection) -> None:
    """The write lock is taken at BEGIN: a transaction that reads first could not be promoted later."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgresql(url: URL) -> Database:
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError:
        raise DatabaseUrlError("PostgreSQL needs psycopg 3: pip install 'ocop[postgres]'") from None
    return Database(engine, engine.execution_options(postgresql_readonly=True), None)
