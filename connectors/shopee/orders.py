"""Orders by the time they last changed (v2 reference 4.1, 4.2, read 2026-11-23)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import Order, OrderPage
from connectors.shopee.endpoints import ESCROW_BATCH, ORDER_DETAIL, ORDER_LIST
from connectors.shopee.mapper.income import to_subtotals
from connectors.shopee.mapper.orders import OPTIONAL_FIELDS, is_bundled, to_order
from connectors.shopee.mapper.times import to_seconds, windows
from connectors.shopee.paging import pages
from connectors.shopee.payloads.income import EscrowBatch
from connectors.shopee.payloads.orders import OrderDetailQuery, OrderListPage, OrderListQuery
from connectors.shopee.shop import ShopeeShop

PAGE = 100
DETAILS_A_CALL = 50
INCOMES_A_CALL = 20


class Orders(ShopeeShop):
    def pull_orders(self, since: datetime, until: datetime) -> Iterator[OrderPage]:
        """The list's order within a window is not documented, so the cursor moves only at a window's end."""
        for start, end in windows(since, until):
            for page in pages(partial(self._list, start, end)):
                orders = tuple(self._details([ref.order_sn for ref in page.order_list]))
                yield OrderPage(orders=orders, cursor=start if page.more else end)

    def read_orders(self, order_ids: Sequence[str]) -> Iterator[Order]:
        wanted = list(dict.fromkeys(order_ids))
        for start in range(0, len(wanted), DETAILS_A_CALL):
            yield from self._read_details(wanted[start : start + DETAILS_A_CALL])

    def _list(self, start: datetime, end: datetime, cursor: str) -> OrderListPage:
        query = OrderListQuery(
            time_range_field="update_time",
            time_from=to_seconds(start),
            time_to=to_seconds(end),
            page_size=PAGE,
            cursor=cursor,
        )
        return self._channel.call(ORDER_LIST, query)

    def _details(self, order_sns: Sequence[str]) -> Iterator[Order]:
        wanted = list(dict.fromkeys(order_sns))
        for start in range(0, len(wanted), DETAILS_A_CALL):
            yield from self._detail_batch(wanted[start : start + DETAILS_A_CALL])

    def _detail_batch(self, order_sns: list[str]) -> list[Order]:
        """Every order asked for, or an error: a listed order without detail would be lost silently."""
        orders = self._read_details(order_sns)
        if missing := set(order_sns) - {order.external_id for order in orders}:
            raise UnexpectedAnswerError(f"{len(missing)} listed orders came without detail", marketplace="shopee")
        return orders

    def _read_details(self, order_sns: list[str]) -> list[Order]:
        query = OrderDetailQuery(order_sn_list=order_sns, response_optional_fields=OPTIONAL_FIELDS)
        reply = self._channel.exchange(ORDER_DETAIL, query)
        details = reply.answer.order_list
        subtotals = self._bundled([one.order_sn for one in details if any(map(is_bundled, one.item_list))])
        rows = zip(details, reply.data["order_list"], strict=True)
        return [to_order(detail, row, subtotals.get(detail.order_sn, {})) for detail, row in rows]

    def _bundled(self, order_sns: list[str]) -> dict[str, dict[str, int]]:
        """Lines of orders with bundle deals: only their income says what the buyer pays."""
        found: dict[str, dict[str, int]] = {}
        for start in range(0, len(order_sns), INCOMES_A_CALL):
            batch = EscrowBatch(order_sn_list=order_sns[start : start + INCOMES_A_CALL])
            rows = self._channel.call(ESCROW_BATCH, batch)
            found |= {row.escrow_detail.order_sn: to_subtotals(row.escrow_detail) for row in rows if row.escrow_detail}
        if missing := set(order_sns) - found.keys():
            raise UnexpectedAnswerError(f"{len(missing)} bundle orders came without income", marketplace="shopee")
        return found
