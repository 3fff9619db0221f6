"""Procrastinate's own tables, beside ours in the same PostgreSQL database: made, and brought forward when its package is newer.

Its schema and migrations come from the installed package. The package keeps no record of what was applied, so the name
of the last step is the comment on its main table. A step and its record are one transaction, and an advisory lock lets
one process at a time do them: safe to repeat and safe to be killed in. (Procrastinate 3.10's "Migrations" page, read
2026-11-24.)
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
from procrastinate.schema import SchemaManager
from sqlalchemy import make_url

from jobs.app import JobError

_LOCK_KEY = 0x6F636F71  # models.migrate's key and one: the two never wait for each other
_LOOK = "SELECT to_regclass('procrastinate_jobs') IS NOT NULL, obj_description(to_regclass('procrastinate_jobs'))"


def libpq_url(database_url: str) -> str:
    """The URL as PostgreSQL's own library reads it, without SQLAlchemy's driver name."""
    return make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)


def prepare(database_url: str) -> str:
    """Make or update the queue's tables and return the step they are at. Raises JobError when somebody else made them."""
    with psycopg.connect(libpq_url(database_url), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK_KEY])
        at = _step(connection)
        for name, statements in _missing(at):
            connection.execute(f"{statements};\nCOMMENT ON TABLE procrastinate_jobs IS '{name}'".encode())
            at = name
    return str(at)


def _step(connection: psycopg.Connection) -> str | None:
    """The last step applied; None where there is no such table yet."""
    step: str | None
    [(exists, step)] = connection.execute(_LOOK).fetchall()
    if exists and step is None:
        raise JobError(
            "Cơ sở dữ liệu đã có bảng procrastinate_jobs của một chương trình khác. Hãy dùng một cơ sở dữ liệu riêng cho ocop."
        )
    return step


def _missing(at: str | None) -> Iterator[tuple[str, str]]:
    """Steps still to be done: the whole schema at once for a new database, else what came after `at`."""
    steps = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    if at is None:
        yield steps[-1].name, SchemaManager.get_schema()
        return
    for step in steps:
        if step.name > at:
            yield step.name, step.read_text(encoding="utf-8")
