"""Orders by the time they last changed, with what came back of them (Partner reference 4, 4.1, read 2026-11-24)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import Order as OrderFact
from connectors.facts.order import OrderPage as OrderPageFact
from connectors.http import Reply
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.mapper.orders import RETURNABLE, to_order
from connectors.tiktok_shop.mapper.times import after, to_seconds, to_utc
from connectors.tiktok_shop.paging import changes, pages
from connectors.tiktok_shop.payloads import orders as theirs
from connectors.tiktok_shop.shop import TiktokShop

IDS_A_CALL = 50
Rows = Sequence[tuple[theirs.Order, dict[str, Any]]]  # an order and the JSON it was read from


class Orders(TiktokShop):
    def pull_orders(self, since: datetime, until: datetime) -> Iterator[OrderPageFact]:
        """Earliest change first; then orders of which only a return changed: a return need not touch its order."""
        seen: set[str] = set()
        end = after(until)
        for reply, reached in self._changed(to_seconds(since), end):
            rows = _rows(reply)
            seen.update(order.id for order, _ in rows)
            yield OrderPageFact(orders=self._with_returns(rows), cursor=max(since, to_utc(reached)))
        late = [order_id for order_id in self._returned_lately(to_seconds(since), end) if order_id not in seen]
        found = self._with_returns(self._by_ids(late))
        if missing := set(late) - {order.external_id for order in found}:
            raise UnexpectedAnswerError(f"{len(missing)} returned orders are not there", marketplace=self.code)
        yield OrderPageFact(orders=found, cursor=until)

    def read_orders(self, order_ids: Sequence[str]) -> Iterator[OrderFact]:
        yield from self._with_returns(self._by_ids(list(dict.fromkeys(order_ids))))

    def _changed(self, start: int, end: int) -> Iterator[tuple[Reply[theirs.OrderPage], int]]:
        def read(since: int, token: str | None) -> Reply[theirs.OrderPage]:
            filters = theirs.OrderSearch(update_time_ge=since, update_time_lt=end)
            return self.search(e.ORDER_SEARCH, filters, token)

        return changes(read, lambda page: [order.update_time for order in page.orders], start, end)

    def _returned_lately(self, start: int, end: int) -> dict[str, None]:
        """Ids of orders of which a return changed."""

        def read(since: int, token: str | None) -> Reply[theirs.ReturnPage]:
            filters = theirs.ReturnSearch(update_time_ge=since, update_time_lt=end)
            return self.search(e.RETURN_SEARCH, filters, token)

        walk = changes(read, lambda page: [one.update_time for one in page.return_orders], start, end)
        return {one.order_id: None for reply, _ in walk for one in reply.answer.return_orders}

    def _by_ids(self, order_ids: Sequence[str]) -> Rows:
        """TikTok leaves out what it does not know."""
        rows: list[tuple[theirs.Order, dict[str, Any]]] = []
        for start in range(0, len(order_ids), IDS_A_CALL):
            rows += _rows(self.exchange(e.ORDERS, theirs.OrderIds(ids=list(order_ids[start : start + IDS_A_CALL]))))
        return rows

    def _with_returns(self, rows: Rows) -> tuple[OrderFact, ...]:
        returns = self._returns([order.id for order, _ in rows if order.status in RETURNABLE])
        return tuple(to_order(order, row, returns.get(order.id, ())) for order, row in rows)

    def _returns(self, order_ids: Sequence[str]) -> dict[str, list[theirs.Return]]:
        """Every return of these orders; an order that was never sent costs no question."""
        found: dict[str, dict[str, theirs.Return]] = defaultdict(dict)
        for start in range(0, len(order_ids), IDS_A_CALL):
            for one in self._returns_of(order_ids[start : start + IDS_A_CALL]):
                found[one.order_id][one.return_id] = one
        return {order_id: list(returns.values()) for order_id, returns in found.items()}

    def _returns_of(self, order_ids: Sequence[str]) -> Iterator[theirs.Return]:
        filters = theirs.ReturnSearch(order_ids=list(order_ids))
        for page in pages(lambda token: self.search(e.RETURN_SEARCH, filters, token).answer):
            yield from page.return_orders


def _rows(reply: Reply[Any]) -> Rows:
    return list(zip(reply.answer.orders, reply.data.get("orders", []), strict=True))
