"""`among(column, "keys")`: a column is one of the values bound to `keys`, with one statement text for any number of them.

SQLAlchemy's `in_` writes a new text for each call, which costs more than the search, and each database caps how many
values it takes. Here they travel as one parameter: a JSON list on SQLite, an array on PostgreSQL.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, String, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Values(TypeDecorator[Collection[Any]]):
    """Many values of one type as one parameter."""

    impl = String
    cache_ok = True

    def __init__(self, item: TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String() if dialect.name == "sqlite" else ARRAY(self.item))

    def process_bind_param(self, value: Collection[Any] | None, dialect: Dialect) -> Any:
        values = list(value or ())
        return json.dumps(values, ensure_ascii=False) if dialect.name == "sqlite" else values


class _Among(FunctionElement[bool]):
    """Left without the type Boolean on purpose: SQLAlchemy would add `= 1` on SQLite, and no index would be used."""

    name = "among"
    inherit_cache = True


@compiles(_Among, "sqlite")
def _on_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - compiled parts


@compiles(_Among, "postgresql")
def _on_postgresql(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({values})"


def among(column: InstrumentedAttribute[Any], parameter: str) -> ColumnElement[bool]:
    """True where `column` is one of the values given as `parameter` when the statement is executed. No value: never true."""
    return _Among(column, bindparam(parameter, type_=_Values(column.type)))
