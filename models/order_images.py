"""An order's rows as they are, as one JSON text, and back again: what an import touches can be put back exactly."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.among import among
from models.base import Base, UtcDateTime
from models.imports import FileHold
from models.order import MoneyLine, OrderLine, SalesOrder

PARTS: tuple[tuple[type[Base], InstrumentedAttribute[int]], ...] = (
    (SalesOrder, SalesOrder.id),
    (OrderLine, OrderLine.order_id),
    (MoneyLine, MoneyLine.order_id),
    (FileHold, FileHold.order_id),
)  # a table, and its column that says whose row it is; the order itself first


def images(session: Session, order_ids: Collection[int]) -> dict[int, str]:
    """By order id."""
    found: dict[int, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for model, owner in PARTS:
        table = _table(model)
        query = select(table).where(among(owner, "ids")).order_by(*table.primary_key)
        for row in session.execute(query, {"ids": order_ids}).mappings():
            found[row[owner.key]][table.name].append(dict(row))
    return {order_id: json.dumps(parts, ensure_ascii=False, default=_written) for order_id, parts in found.items()}


def content_hash(image: str) -> str:
    """Of what the order's source had said when the image was made."""
    (order,) = json.loads(image)[SalesOrder.__tablename__]
    return str(order["content_hash"])


def remove(session: Session, order_ids: Collection[int]) -> None:
    """Orders with everything that hangs on them."""
    for model, owner in reversed(PARTS):
        session.execute(delete(model).where(among(owner, "ids")), {"ids": order_ids}, execution_options=_QUIET)


def restore(session: Session, kept: Iterable[str]) -> None:
    """Put orders back as their images say, ids included; whatever stands there now is removed first."""
    parts = [json.loads(one) for one in kept]
    remove(session, [row["id"] for one in parts for row in one[SalesOrder.__tablename__]])
    for model, _ in PARTS:
        table = _table(model)
        if rows := [_read(table, row) for one in parts for row in one.get(table.name, ())]:
            session.execute(insert(table), rows)


_QUIET = {"synchronize_session": False}


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in an image")


def _read(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value)
        if value is not None and isinstance(table.c[name].type, UtcDateTime)
        else value
        for name, value in row.items()
    }
