"""Many rows at once: one statement text a (dialect, table, columns), plain tuples straight to the driver, no object a row.

Callers pass plain Python values: `None`, `int`, `str`, `bool`, `bytes`, `Decimal`, `date` and *aware* datetimes (a naive
one is a ValueError); each column that needs it is turned into its driver's own form, a column at a time. Column defaults
of the models are not applied: every column that must have a value is named. Safe to repeat: rows are told apart by a
unique key of the table. SQLite's and PostgreSQL's ON CONFLICT differ in nothing used here.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, cast

from sqlalchemy import Boolean, Dialect, FromClause, LargeBinary, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from models.base import Base, UtcDateTime
from models.transport import Row, Target, change, write

Adapter = Callable[[Any], Any]

CHUNK_ROWS = 5_000  # rows of a stream held at a time


def insert_ignore(session: Session, table: type[Base] | FromClause, rows: Sequence[Row], columns: Sequence[str]) -> int:
    """Insert the rows no unique key knows yet; returns how many those were."""
    return _write(session, Target(_as_table(table), tuple(columns), ()), "DO NOTHING", rows)


def upsert(
    session: Session,
    table: type[Base] | FromClause,
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    key: Sequence[str],
    update: Sequence[str],
) -> None:
    """Insert rows, or where `key` is known set the `update` columns.

    Raises ValueError when two rows (of one chunk) share a key: one of them would be lost, silently on SQLite.
    """
    assignments = ", ".join(f"{column}=excluded.{column}" for column in update)
    _write(session, Target(_as_table(table), tuple(columns), tuple(key)), f"DO UPDATE SET {assignments}", rows)


def update_rows(
    session: Session,
    table: type[Base] | FromClause,
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    key: Sequence[str] = ("id",),
) -> int:
    """Set the columns that are not in `key` of the rows it names; returns how many of those there are."""
    session.flush()
    target, connection = Target(_as_table(table), tuple(columns), tuple(key)), session.connection()
    target.check(rows)
    fitting = _adapted(list(rows), _adapters(connection.dialect, target.table, target.columns)) if rows else []
    return change(connection, target, fitting) if fitting else 0


def insert_into(session: Session, table: type[Base]) -> postgresql.Insert:
    """SQLAlchemy's INSERT with ON CONFLICT, for the session's database. SQLite's has the same methods."""
    return insert_for(session.get_bind().dialect.name, table)


def insert_for(dialect: str, table: type[Base]) -> postgresql.Insert:
    """The same by the dialect's name, for statements that are built once."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return cast("postgresql.Insert", insert(table))


def _as_table(table: type[Base] | FromClause) -> Table:
    return cast("Table", table if isinstance(table, FromClause) else table.__table__)


def _write(session: Session, target: Target, action: str, rows: Iterable[Row]) -> int:
    session.flush()  # rows may point at objects that are only in the session yet
    connection, written, stream = session.connection(), 0, iter(rows)
    while chunk := list(islice(stream, CHUNK_ROWS)):
        target.check(chunk)
        fitting = _adapted(chunk, _adapters(connection.dialect, target.table, target.columns))
        written += write(connection, target, action, fitting)
    return written


def _adapted(rows: list[Row], adapters: dict[int, Adapter]) -> list[Row]:
    """The rows with the columns that need it in the driver's form; turned on their side and back, which costs little."""
    if not adapters:
        return rows
    by_column: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for place, adapt in adapters.items():
        by_column[place] = map(adapt, by_column[place])
    return list(zip(*by_column, strict=True))


@lru_cache(maxsize=256)
def _adapters(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> dict[int, Adapter]:
    found = ((place, _adapter(table.c[name].type, dialect)) for place, name in enumerate(columns))
    return {place: adapter for place, adapter in found if adapter}


def _adapter(kind: TypeEngine[Any], dialect: Dialect) -> Adapter | None:
    if isinstance(kind, UtcDateTime):
        return _sqlite_utc if dialect.name == "sqlite" else _utc
    if isinstance(kind, (Boolean, LargeBinary)):
        return None  # both drivers take them as they are; SQLAlchemy's own check costs more than the insert
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _utc(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError("a datetime without a time zone was about to be stored")
    return value


def _sqlite_utc(value: datetime | None) -> str | None:
    """Letter for letter what SQLAlchemy's SQLite DateTime stores, at a quarter of its cost."""
    aware = _utc(value)
    return None if aware is None else aware.astimezone(UTC).isoformat(" ", "microseconds")[:26]
