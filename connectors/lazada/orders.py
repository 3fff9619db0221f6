"""Orders by the time they last changed, with their units (reference, sections 4.1 and 4.2, read 2026-11-24)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from connectors.errors import NotFoundError, UnexpectedAnswerError
from connectors.facts.order import Order, OrderPage
from connectors.http import Reply
from connectors.lazada.endpoints import ORDER, ORDER_ITEMS, ORDERS
from connectors.lazada.mapper.orders import Units, to_order
from connectors.lazada.payloads.orders import ItemsQuery, OrderQuery, OrderRow
from connectors.lazada.shop import LazadaShop
from connectors.lazada.walk import Walk

ITEMS_A_CALL = 50


class Orders(LazadaShop):
    def pull_orders(self, since: datetime, until: datetime) -> Iterator[OrderPage]:
        """A page may repeat orders of the page before; the cursor stands where everything earlier has been seen."""
        walk = Walk(since, until)
        while not walk.is_over:
            reply = self._channel.exchange(ORDERS, walk.query())
            raw = {str(row["order_id"]): row for row in reply.data["orders"]}
            rows = walk.take(reply.answer)
            if rows:
                yield OrderPage(orders=tuple(self._whole(rows, raw)), cursor=max(since, walk.start))
        yield OrderPage(orders=(), cursor=until)

    def read_orders(self, order_ids: Sequence[str]) -> Iterator[Order]:
        """One call an order, and one for the units of fifty. Lazada warns of lists asked for in a loop: a message names its order."""
        wanted = list(dict.fromkeys(order_ids))
        for at in range(0, len(wanted), ITEMS_A_CALL):
            replies = [reply for one in wanted[at : at + ITEMS_A_CALL] if (reply := self._read(one))]
            rows = [reply.answer for reply in replies]
            yield from self._whole(rows, {row.order_id: reply.data for row, reply in zip(rows, replies, strict=True)})

    def _read(self, order_id: str) -> Reply[OrderRow] | None:
        """None: Lazada knows no such order."""
        try:
            return self._channel.exchange(ORDER, OrderQuery(order_id=order_id))
        except NotFoundError:
            return None

    def _whole(self, rows: Sequence[OrderRow], raw: dict[str, dict[str, object]]) -> Iterator[Order]:
        for at in range(0, len(rows), ITEMS_A_CALL):
            batch = rows[at : at + ITEMS_A_CALL]
            units = self._units([row.order_id for row in batch])
            yield from (to_order(row, raw[row.order_id], units[row.order_id]) for row in batch)

    def _units(self, order_ids: Sequence[str]) -> dict[str, Units]:
        """The units of every order asked for, or an error: an order without them would be lost silently."""
        reply = self._channel.exchange(ORDER_ITEMS, ItemsQuery(order_ids=f"[{','.join(order_ids)}]"))
        found: dict[str, Units] = {
            order.order_id: list(zip(order.order_items, row["order_items"], strict=True))
            for order, row in zip(reply.answer, reply.data, strict=True)
            if order.order_items
        }
        if missing := set(order_ids) - found.keys():
            raise UnexpectedAnswerError(f"{len(missing)} listed orders came without items", marketplace=self.code)
        return found
