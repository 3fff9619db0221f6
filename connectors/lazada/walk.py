"""The way through a window of orders that change while they are read (reference, section 4.1, read 2026-11-24)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from connectors.errors import UnexpectedAnswerError
from connectors.lazada.payloads.orders import OrderRow, OrdersPage, OrdersQuery
from connectors.lazada.times import to_iso

LIMIT = 100
SECOND = timedelta(seconds=1)


class Walk:
    """By time of update, oldest first. A page moves the window's start to just before its latest order.

    So offsets only ever count orders of one and the same second: counted further, an order that is updated meanwhile would
    leave the list, and the one after it would slip by unread.
    """

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start = start
        self.is_over = False
        self._end = end
        self._offset = 0
        self._seen: set[tuple[str, datetime]] = set()

    def query(self) -> OrdersQuery:
        after, before = to_iso(self.start), to_iso(self._end)
        return OrdersQuery(update_after=after, update_before=before, limit=LIMIT, offset=self._offset)

    def take(self, page: OrdersPage) -> Sequence[OrderRow]:
        """The rows not seen before; moves on. Raises UnexpectedAnswerError when a list with more to come is empty."""
        rows = page.orders
        fresh = [row for row in rows if (row.order_id, row.updated_at) not in self._seen]
        self._seen.update((row.order_id, row.updated_at) for row in fresh)
        if self._offset + len(rows) >= page.countTotal:
            self.is_over = True
        elif not rows:
            raise UnexpectedAnswerError("an empty page of orders before their end", marketplace="lazada")
        elif (latest := max(row.updated_at for row in rows) - SECOND) > self.start:
            self.start, self._offset = latest, 0
        else:
            self._offset += len(rows)
        return fresh
