"""Orders into tables: overlapping windows, so that late updates are seen; the cursor moves with the rows it covers."""

import hashlib
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from connectors.base import MoneyLine, Order
from connectors.base import OrderLine as OrderLineFact
from jobs.run import Counts, Run
from jobs.stock import count_stock, taken
from models import Cursor, Shop
from models.orders_store import LineRow, MoneyRow, OrderRow, store_orders

STREAM = "orders"
OVERLAP = timedelta(hours=2)  # their update times may lag their lists (shopee.md 4.1, read 2026-11-23)
FIRST_REACH = timedelta(days=90)  # how far back the first pull of a shop looks


def pull_orders(run: Run, *, since: datetime | None = None) -> Counts:
    """Read every order updated since the cursor less the overlap. Safe to repeat: an unchanged order writes nothing."""
    app = run.app
    shop = app.shop(run.lane)
    until = app.now()
    start = since or _start(run, shop, until)
    counts: Counter[str] = Counter(new=0, updated=0, unchanged=0)
    reached: datetime | None = None
    for page in app.connector(shop).pull_orders(start, until):
        run.check()
        with app.database.write() as session:
            before = taken(session, shop, page.orders)
            stored = store_orders(session, shop.id, [_row(order, app.zone) for order in page.orders])
            counts.update(stored._asdict())
            if stored.new or stored.updated:
                count_stock(session, shop, before, page.orders)
            _move(session, shop, page.cursor)
        reached = page.cursor
    if reached is None or reached < until:
        with app.database.write() as session:
            _move(session, shop, until)
    return dict(counts) | {"cursor": until.isoformat()}


def _start(run: Run, shop: Shop, until: datetime) -> datetime:
    with run.app.database.session() as session:
        cursor = session.get(Cursor, (shop.id, STREAM))
        return cursor.position - OVERLAP if cursor else until - FIRST_REACH


def _move(session: Session, shop: Shop, position: datetime) -> None:
    """Forward only: a repeated early window must not send the next pull back."""
    cursor = session.get(Cursor, (shop.id, STREAM))
    if cursor is None:
        session.add(Cursor(shop_id=shop.id, stream=STREAM, position=position))
    elif cursor.position < position:
        cursor.position = position


def _row(order: Order, zone: ZoneInfo) -> OrderRow:
    local = order.placed_at.astimezone(zone)
    return OrderRow(
        external_id=order.external_id,
        state=order.state.value,
        raw_state=order.raw_state,
        placed_at=order.placed_at,
        updated_at=order.updated_at,
        paid_at=order.paid_at,
        province=order.province,
        content_hash=hashlib.sha256(order.raw.encode()).hexdigest(),
        raw=order.raw,
        placed_month=local.year * 100 + local.month,
        lines=tuple(_line(line) for line in order.lines),
        money=tuple(money_row(line) for line in order.money),
    )


def _line(line: OrderLineFact) -> LineRow:
    return LineRow(
        external_id=line.external_id,
        sku=line.sku,
        item_external_id=line.item_external_id,
        name=line.name,
        quantity=line.quantity,
        cancelled_quantity=line.cancelled_quantity,
        returned_quantity=line.returned_quantity,
        unit_price_vnd=line.unit_price_vnd,
        list_price_vnd=line.list_price_vnd,
    )


def money_row(line: MoneyLine) -> MoneyRow:
    return MoneyRow(line.line_external_id, line.code, line.stage.value, line.statement, line.amount_vnd)
