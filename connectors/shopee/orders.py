"""Orders by the time they last changed (v2 reference 4.1, 4.2, read 2026-11-23)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from connectors.base import Order, OrderPage
from connectors.errors import UnexpectedAnswerError
from connectors.shopee.endpoints import ORDER_DETAIL, ORDER_LIST
from connectors.shopee.mapper.orders import OPTIONAL_FIELDS, to_order
from connectors.shopee.mapper.times import to_seconds, windows
from connectors.shopee.paging import pages
from connectors.shopee.payloads.orders import OrderDetailQuery, OrderListPage, OrderListQuery
from connectors.shopee.shop import ShopeeShop

PAGE = 100
DETAILS_A_CALL = 50


class Orders(ShopeeShop):
    def pull_orders(self, since: datetime, until: datetime) -> Iterator[OrderPage]:
        """The list's order within a window is not documented, so the cursor moves only at a window's end."""
        for start, end in windows(since, until):
            for page in pages(partial(self._list, start, end)):
                orders = tuple(self._details([ref.order_sn for ref in page.order_list]))
                yield OrderPage(orders=orders, cursor=start if page.more else end)

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
        query = OrderDetailQuery(order_sn_list=order_sns, response_optional_fields=OPTIONAL_FIELDS)
        reply = self._channel.exchange(ORDER_DETAIL, query)
        rows = zip(reply.answer.order_list, reply.data["order_list"], strict=True)
        orders = [to_order(detail, row) for detail, row in rows]
        if missing := set(order_sns) - {order.external_id for order in orders}:
            raise UnexpectedAnswerError(f"{len(missing)} listed orders came without detail", marketplace="shopee")
        return orders
