"""Orders, and the income inside them.

Tiki Open API notes, section 7, read 2026-11-23. There is no statement or payout anywhere in the API, so no order is ever
*settled* here: income stays *processing*, and is reconciled by hand with the Seller Center statement.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from connectors.facts.order import Income, Order, OrderPage
from connectors.http import HttpChannel
from connectors.tiki import endpoints as e
from connectors.tiki.fresh import ask_until
from connectors.tiki.order_mapper import to_income, to_order
from connectors.tiki.payloads.orders import OrderList, OrderQuery, OrderRow
from connectors.tiki.walk import LIMIT, Walk
from connectors.tiki.words import to_utc, to_vietnam_text

log = logging.getLogger(__name__)


class Orders:
    """Reads only, so everything here is safe to repeat."""

    def __init__(self, channel: HttpChannel) -> None:
        self._channel = channel

    def pull(self, since: datetime, until: datetime) -> Iterator[OrderPage]:
        """Orders by time of update, oldest first.

        The end is believed only when a short answer comes twice with nothing new in it: Tiki has answered with an empty
        list by mistake.
        """
        walk = Walk(to_vietnam_text(since), to_vietnam_text(until))
        while not walk.is_over:
            rows = walk.take(self._orders(walk.query(), walk.fits))
            if rows:
                yield OrderPage(orders=tuple(map(to_order, rows)), cursor=max(since, to_utc(walk.start)))
        yield OrderPage(orders=(), cursor=until)

    def pull_income(self, order_ids: Sequence[str]) -> Iterator[Income]:
        """What Tiki says each order earns so far. An order it does not show is left out, with a warning."""
        for at in range(0, len(order_ids), LIMIT):
            yield from self._incomes(set(order_ids[at : at + LIMIT]))

    def read(self, order_ids: Sequence[str]) -> Iterator[Order]:
        """Those orders as they stand now; one that Tiki does not show is left out."""
        wanted = list(dict.fromkeys(order_ids))
        for at in range(0, len(wanted), LIMIT):
            yield from map(to_order, self._by_code(set(wanted[at : at + LIMIT])))

    def _by_code(self, asked: set[str]) -> list[OrderRow]:
        def fits(page: OrderList) -> bool:
            return {row.code for row in page.data} <= asked

        return self._orders(OrderQuery(code=",".join(sorted(asked))), fits)

    def _incomes(self, asked: set[str]) -> Iterator[Income]:
        rows = self._by_code(asked)
        yield from map(to_income, rows)
        if missing := asked - {row.code for row in rows}:
            log.warning("orders without income", extra={"orders": sorted(missing)})

    def _orders(self, query: OrderQuery, fits: Callable[[OrderList], bool]) -> list[OrderRow]:
        return ask_until(fits, lambda: self._channel.call(e.ORDERS, query)).data
