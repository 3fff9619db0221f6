"""Orders into tables: overlapping windows, so that late updates are seen; the cursor moves with the rows it covers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.orm import Session

from connectors.facts.order import Order
from jobs.imports_waiting import pay_waiting
from jobs.order_rows import order_row
from jobs.run import Counts, Run
from jobs.stock import count_stock, taken
from jobs.trouble import is_over
from models import Cursor, Shop
from models.bulk import insert_for
from models.imports_store import yield_orders
from models.orders_store import Counts as Stored
from models.orders_store import store_orders

STREAM = "orders"
REACHED_BACK = "orders_from"  # how far back a shop was ever read: coverage needs both ends
FIRST_REACH = timedelta(days=90)  # how far back the first pull of a shop looks


def pull_orders(run: Run, *, since: datetime | None = None) -> Counts:
    """Read every order updated since the cursor less the marketplace's overlap. Safe to repeat: an unchanged order writes nothing.

    `since` reads again from that moment; a `since` after the cursor leaves a gap, so then the cursor stays where it is.
    """
    app = run.app
    shop = app.shop(run.lane)
    connector = app.connector(shop)
    window = _window(run, shop, connector.order_overlap, since)
    counts: Counter[str] = Counter(new=0, updated=0, unchanged=0)
    for page in connector.pull_orders(window.start, window.until):
        if page.orders:
            run.check()
            with app.database.write() as session:
                counts.update(keep_orders(session, shop, page.orders, app.zone)._asdict())
                window.reach(session, shop, page.cursor)
    with app.database.write() as session:
        window.reach(session, shop, window.until)
        if since is not None:  # what `income` asks a person for; if it was not far enough, it will ask again
            is_over(session, f"income:{shop.name}:", app.now())
    return dict(counts) | {"cursor": window.until.isoformat()}


@dataclass(frozen=True)
class Window:
    """What one pull reads. `is_joined`: it begins no later than what was read before ends, so the cursor may move over it."""

    start: datetime
    until: datetime
    is_joined: bool

    def reach(self, session: Session, shop: Shop, position: datetime) -> None:
        """Move the cursor forward, in the transaction of the rows it covers."""
        if self.is_joined:
            move_cursor(session, shop, STREAM, position, forward=True)
            move_cursor(session, shop, REACHED_BACK, self.start, forward=False)


def _window(run: Run, shop: Shop, overlap: timedelta, since: datetime | None) -> Window:
    until = run.app.now()
    with run.app.database.session() as session:
        cursor = session.get(Cursor, (shop.id, STREAM))
    if cursor is None:
        return Window(since or until - FIRST_REACH, until, is_joined=True)
    start = since or cursor.position - overlap
    return Window(start, until, is_joined=start <= cursor.position)


def move_cursor(session: Session, shop: Shop, stream: str, position: datetime, *, forward: bool) -> None:
    """Keep the farther of the two positions: a repeated early window must not send the next pull back."""
    connection = session.connection()
    said = {"of_shop": shop.id, "of_stream": stream, "at": position}
    connection.execute(_moving(connection.dialect.name, forward=forward), said)


@cache
def _moving(dialect: str, *, forward: bool) -> Insert:
    """Built once: every pull of every shop ends with it."""
    insert = insert_for(dialect, Cursor).values(
        shop_id=bindparam("of_shop"), stream=bindparam("of_stream"), position=bindparam("at")
    )
    asked = insert.excluded.position
    is_farther = asked > Cursor.position if forward else asked < Cursor.position
    key = [Cursor.shop_id, Cursor.stream]
    return insert.on_conflict_do_update(index_elements=key, set_={"position": asked}, where=is_farther)


def keep_orders(session: Session, shop: Shop, orders: Sequence[Order], zone: ZoneInfo) -> Stored:
    """Write orders and the stock they take, together. Safe to repeat, and an older reading never wins.

    What a file said of them before gives way: the marketplace's own answer is the more exact. Money that files named before their
    orders were here finds them now.
    """
    keys = [order.external_id for order in orders]
    before = taken(session, shop, orders)
    yield_orders(session, shop.id, keys)
    stored = store_orders(session, shop.id, [order_row(order, zone) for order in orders])
    if stored.new or stored.updated:
        count_stock(session, shop, before, orders)
    if stored.new:
        pay_waiting(session, shop, keys, zone)
    return stored
