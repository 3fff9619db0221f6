"""Many rows at once: one statement text a (dialect, table, columns), plain tuples straight to the driver, no object a row.

Callers pass plain Python values: `None`, `int`, `str`, `bool`, `bytes`, `Decimal`, `date` and *aware* datetimes (a naive
one is a ValueError); each column that needs it is turned into its driver's own form, a column at a time. Column defaults
of the models are not applied: every column that must have a value is named. Safe to repeat: rows are told apart by a
unique key of the table. SQLite's and PostgreSQL's ON CONFLICT differ in nothing used here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, cast
from zlib import crc32

from sqlalchemy import Boolean, Connection, Dialect, FromClause, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from models.base import Base, UtcDateTime

Row = tuple[Any, ...]
Adapter = Callable[[Any], Any]

CHUNK_ROWS = 5_000  # rows of a stream held at a time
COPY_FROM_ROWS = 40  # on PostgreSQL, from here on COPY into a temporary table beats one statement a row (measured)


def insert_ignore(session: Session, table: type[Base] | FromClause, rows: Sequence[Row], columns: Sequence[str]) -> int:
    """Insert the rows no unique key knows yet; returns how many those were."""
    return _write(session, _Target(_as_table(table), tuple(columns), ()), "DO NOTHING", rows)


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
    _write(session, _Target(_as_table(table), tuple(columns), tuple(key)), f"DO UPDATE SET {assignments}", rows)


def insert_into(session: Session, table: type[Base]) -> postgresql.Insert:
    """SQLAlchemy's INSERT with ON CONFLICT, for the session's database. SQLite's has the same methods."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return cast("postgresql.Insert", insert(table))


class _Target(NamedTuple):
    """Where rows go. Names are ours and plain words: nothing to quote."""

    table: Table
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def insert(self, source: str, action: str) -> str:
        conflict = f"({', '.join(self.key)})" if self.key else ""
        return f"INSERT INTO {self.table.name} ({', '.join(self.columns)}) {source} ON CONFLICT {conflict} {action}"

    def check(self, rows: Sequence[Row]) -> None:
        if not self.key:
            return
        key_of = itemgetter(*(self.columns.index(column) for column in self.key))
        if len(set(map(key_of, rows))) < len(rows):
            (twice, _), *_ = Counter(map(key_of, rows)).most_common(1)
            raise ValueError(f"two rows for {self.table.name} have the same {', '.join(self.key)}: {twice!r}")

    @property
    def incoming(self) -> str:
        """A temporary table's name for these columns: other columns of the same table get another."""
        return f"incoming_{self.table.name}_{crc32(' '.join(self.columns).encode()):08x}"


def _as_table(table: type[Base] | FromClause) -> Table:
    return cast("Table", table if isinstance(table, FromClause) else table.__table__)


def _write(session: Session, target: _Target, action: str, rows: Iterable[Row]) -> int:
    session.flush()  # rows may point at objects that are only in the session yet
    connection, written, stream = session.connection(), 0, iter(rows)
    while chunk := list(islice(stream, CHUNK_ROWS)):
        target.check(chunk)
        fitting = _adapted(chunk, _adapters(connection.dialect, target.table, target.columns))
        written += _write_chunk(connection, target, action, fitting)
    return written


def _write_chunk(connection: Connection, target: _Target, action: str, rows: list[Row]) -> int:
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM_ROWS:
        return _copy(connection, target, action, rows)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    statement = target.insert(f"VALUES ({', '.join([mark] * len(target.columns))})", action)
    return connection.exec_driver_sql(statement, rows).rowcount


def _copy(connection: Connection, target: _Target, action: str, rows: list[Row]) -> int:
    """COPY into a table of this connection alone, which empties itself at each commit, and one INSERT from there."""
    columns, incoming = ", ".join(target.columns), target.incoming
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} ON COMMIT DELETE ROWS"  # noqa: S608 - names from our models
        f" AS SELECT {columns} FROM {target.table.name} WITH NO DATA; DELETE FROM {incoming}",
    )
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {incoming} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    source = f"SELECT {columns} FROM {incoming}"  # noqa: S608 - names from our models
    return connection.exec_driver_sql(target.insert(source, action)).rowcount


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
    if isinstance(kind, Boolean):
        return None  # both drivers take a bool; SQLAlchemy's own check costs more than the insert
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _utc(value: datetime | None) -> datetime | None:
    if value is not None and value.tzinfo is None:
        raise ValueError("a datetime without a time zone was about to be stored")
    return value


def _sqlite_utc(value: datetime | None) -> str | None:
    """Letter for letter what SQLAlchemy's SQLite DateTime stores, at a quarter of its cost."""
    aware = _utc(value)
    return None if aware is None else aware.astimezone(UTC).isoformat(" ", "microseconds")[:26]
