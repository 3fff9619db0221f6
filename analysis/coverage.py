"""What the figures of a period rest on: how far each shop has been read, and what could not be placed."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.report import Period
from analysis.rollup.read import are_up_to_date
from analysis.rollup.sales import counted
from models import Cursor, OrderLine, SalesOrder, Shop


def coverage(session: Session, period: Period) -> dict[str, object]:
    """Per shop: read until when. Overall: orders in any state, lines, and lines whose SKU the register does not know.

    `complete` only when every shop has been read from before the period until beyond it; without a shop nothing has been read.
    """
    since, until = read_between(session)
    orders, lines, unplaced = counted(session, period) if are_up_to_date(session) else _count(session, period)
    return {
        "orders_read_until": {
            name: at.astimezone(period.zone).isoformat() if at else None for name, at in until.items()
        },
        "as_of": _as_of(until, period),
        "complete": bool(until)
        and all(at is not None and at >= period.end for at in until.values())
        and all(at is not None and at <= period.start for at in since.values()),
        "orders": orders,
        "lines": lines,
        "lines_of_unknown_sku": unplaced,
    }


def _count(session: Session, period: Period) -> tuple[int, int, int]:
    """The same from the orders themselves."""
    of_unknown_sku = func.count(OrderLine.id).filter(OrderLine.variant_id.is_(None))
    query = (
        select(func.count(SalesOrder.id.distinct()), func.count(OrderLine.id), of_unknown_sku)
        .select_from(SalesOrder)
        .outerjoin(OrderLine, OrderLine.order_id == SalesOrder.id)
        .where(SalesOrder.placed_at >= period.start, SalesOrder.placed_at < period.end)
    )
    orders, lines, unplaced = session.execute(query).one()
    return orders, lines, unplaced


def read_between(session: Session) -> tuple[dict[str, datetime | None], dict[str, datetime | None]]:
    """From when and until when each shop has been read; None where nothing was."""
    cursors = (
        select(Shop.name, Cursor.stream, Cursor.position)
        .outerjoin(Cursor, (Cursor.shop_id == Shop.id) & Cursor.stream.in_(("orders_from", "orders")))
        .order_by(Shop.name)
    )
    since: dict[str, datetime | None] = {}
    until: dict[str, datetime | None] = {}
    for name, stream, position in session.execute(cursors):
        since.setdefault(name, None)
        until.setdefault(name, None)
        if stream is not None:
            (until if stream == "orders" else since)[name] = position
    return since, until


def _as_of(until: dict[str, datetime | None], period: Period) -> str | None:
    """The moment up to which every shop has been read; None while one has not been read at all."""
    moments = [at for at in until.values() if at]
    return min(moments).astimezone(period.zone).isoformat() if moments and len(moments) == len(until) else None
