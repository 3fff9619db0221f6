"""Bring a database to the tables this version knows, or take them away. Safe to repeat, and safe when two processes do it at once.

All steps run in one transaction, on SQLite too: a step that fails leaves the database as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from models.database import Database

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK_KEY = 0x6F636F70  # "ocop": the PostgreSQL advisory lock of all migrations


def head() -> str:
    """The revision this version of the product needs."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(database: Database) -> str | None:
    """The revision the database is at; None for one that was never migrated."""
    with database.session() as session:
        return _revision(session.connection())


def upgrade(database: Database) -> str:
    """Run what is missing and return the revision reached."""
    with _alone(database) as connection:
        command.upgrade(_config(connection), "head")
        return str(_revision(connection))


def downgrade(database: Database, revision: str = "base") -> None:
    """Undo down to `revision`. At `base` no table of ours is left, nor any row."""
    with _alone(database) as connection:
        command.downgrade(_config(connection), revision)


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    with database.write() as session:
        if database.dialect == "postgresql":  # SQLite's write gate is enough
            session.execute(select(func.pg_advisory_xact_lock(_LOCK_KEY)))
        yield session.connection()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
