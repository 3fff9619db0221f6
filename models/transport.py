"""How rows reach a table: on SQLite one prepared statement a row, on PostgreSQL one JSON parameter, or COPY for very many.

PostgreSQL pays for every statement, so a page's rows go as one parameter of one statement (measured: twice the rows a
second of one statement a row), and from COPY_FROM_ROWS on through a temporary table.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Table

Row = tuple[Any, ...]

COPY_FROM_ROWS = 1_000


class Target(NamedTuple):
    """Where rows go. Names are ours and plain words: nothing to quote."""

    table: Table
    columns: tuple[str, ...]
    key: tuple[str, ...]

    def insert_from(self, source: str, action: str) -> str:
        conflict = f"({', '.join(self.key)})" if self.key else ""
        return f"INSERT INTO {self.table.name} ({', '.join(self.columns)}) {source} ON CONFLICT {conflict} {action}"

    def check(self, rows: Sequence[Row]) -> None:
        """Raise ValueError when two rows share a key."""
        if not self.key:
            return
        key_of = itemgetter(*(self.columns.index(column) for column in self.key))
        if len(set(map(key_of, rows))) < len(rows):
            (twice, _), *_ = Counter(map(key_of, rows)).most_common(1)
            raise ValueError(f"two rows for {self.table.name} have the same {', '.join(self.key)}: {twice!r}")


def write(connection: Connection, target: Target, action: str, rows: list[Row]) -> int:
    """Insert rows whose values are in the driver's form; `action` is what ON CONFLICT does. Returns the rows written."""
    if connection.dialect.name == "sqlite":
        statement = target.insert_from(f"VALUES ({', '.join('?' * len(target.columns))})", action)
        return connection.exec_driver_sql(statement, rows).rowcount
    return (_copy if len(rows) >= COPY_FROM_ROWS else _send)(connection, target, action, rows)


def change(connection: Connection, target: Target, rows: list[Row]) -> int:
    """Set the other columns of the rows that the key names. Returns the rows there were."""
    changed = [name for name in target.columns if name not in target.key]
    if connection.dialect.name == "sqlite":
        in_order = itemgetter(*(target.columns.index(name) for name in (*changed, *target.key)))
        statement = _update(target, (f"{name}=?" for name in changed), "", (f"{name}=?" for name in target.key))
        return connection.exec_driver_sql(statement, list(map(in_order, rows))).rowcount
    source = f" FROM {_recordset(target, connection.dialect)}"
    same = (f"{target.table.name}.{name}=incoming.{name}" for name in target.key)
    statement = _update(target, (f"{name}=incoming.{name}" for name in changed), source, same)
    return connection.exec_driver_sql(statement, (_document(target, rows),)).rowcount


def _update(target: Target, values: Iterable[str], source: str, where: Iterable[str]) -> str:
    return f"UPDATE {target.table.name} SET {', '.join(values)}{source} WHERE {' AND '.join(where)}"  # noqa: S608 - names from our models


def _send(connection: Connection, target: Target, action: str, rows: list[Row]) -> int:
    source = f"SELECT * FROM {_recordset(target, connection.dialect)}"  # noqa: S608 - names from our models
    return connection.exec_driver_sql(target.insert_from(source, action), (_document(target, rows),)).rowcount


def _document(target: Target, rows: list[Row]) -> str:
    named = [dict(zip(target.columns, row, strict=True)) for row in rows]
    return json.dumps(named, ensure_ascii=False, default=_json_text)


@lru_cache(maxsize=256)
def _recordset(target: Target, dialect: Dialect) -> str:
    kinds = (f"{name} {target.table.c[name].type.compile(dialect)}" for name in target.columns)
    return f"json_to_recordset(%s::json) AS incoming({', '.join(kinds)})"


def _json_text(value: object) -> str:
    """How a value that JSON has no word for is written for PostgreSQL's own types to read."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a {type(value).__name__} has no place in a row")


def _copy(connection: Connection, target: Target, action: str, rows: list[Row]) -> int:
    columns = ", ".join(target.columns)
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {columns} FROM {target.table.name} WITH NO DATA",  # noqa: S608 - names from our models
    )
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY incoming ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    source = f"SELECT {columns} FROM incoming"  # noqa: S608 - names from our models
    written = connection.exec_driver_sql(target.insert_from(source, action)).rowcount
    connection.exec_driver_sql("DROP TABLE incoming")
    return written
