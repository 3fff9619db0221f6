"""What orders earn, and when the money was released (v2 reference 4.3, 4.4, read 2026-11-23)."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from connectors.errors import NotFoundError, UnexpectedAnswerError
from connectors.facts.order import Income
from connectors.facts.statement import Statement
from connectors.shopee.codes import error_class
from connectors.shopee.endpoints import ESCROW_BATCH, ESCROW_LIST
from connectors.shopee.mapper.income import to_income, to_statement
from connectors.shopee.mapper.times import midnight, to_seconds, to_utc, windows
from connectors.shopee.payloads.income import EscrowBatch, EscrowListPage, EscrowListQuery, EscrowRow, Released
from connectors.shopee.shop import ShopeeShop

log = logging.getLogger(__name__)

ORDERS_A_CALL = 20  # 50 are allowed, 20 advised
PAGE = 100


class Earnings(ShopeeShop):
    """Only the released list says that an order is settled; the escrow itself answers estimates in the same shape.

    So `pull_settled` remembers what it saw, and `pull_income` of the same connector marks those orders as settled.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._released: dict[str, datetime] = {}

    def pull_settled(self, since: datetime, until: datetime) -> Iterator[str]:
        for row in self._read_released(since, until):
            self._released[row.order_sn] = to_utc(row.escrow_release_time)
            yield row.order_sn

    def pull_statements(self, since: datetime, until: datetime) -> Iterator[Statement]:
        """Shopee pays order by order; its released list, a whole Vietnamese day at a time, is what it says it paid."""
        days: dict[datetime, dict[str, Released]] = {}
        last = midnight(until)
        for row in self._read_released(midnight(since), last):
            released = to_utc(row.escrow_release_time)
            if released < last:  # today is not over
                days.setdefault(midnight(released), {})[row.order_sn] = row
        return (to_statement(day, rows.values()) for day, rows in sorted(days.items()))

    def pull_income(self, order_ids: Sequence[str]) -> Iterator[Income]:
        """An order Shopee has no income for yet is left out."""
        wanted = list(dict.fromkeys(order_ids))
        for start in range(0, len(wanted), ORDERS_A_CALL):
            batch = EscrowBatch(order_sn_list=wanted[start : start + ORDERS_A_CALL])
            for row in self._channel.call(ESCROW_BATCH, batch):
                if row.escrow_detail is None:
                    _report(row)
                else:
                    yield to_income(row.escrow_detail, self._released.get(row.escrow_detail.order_sn))

    def _read_released(self, since: datetime, until: datetime) -> Iterator[Released]:
        """Oldest window first; an order at the seam of two windows comes twice."""
        for start, end in windows(since, until):
            page_no, more = 1, True
            while more:
                page = self._released_page(start, end, page_no)
                yield from page.escrow_list
                page_no, more = page_no + 1, page.more

    def _released_page(self, start: datetime, end: datetime, page_no: int) -> EscrowListPage:
        query = EscrowListQuery(
            release_time_from=to_seconds(start), release_time_to=to_seconds(end), page_size=PAGE, page_no=page_no
        )
        return self._channel.call(ESCROW_LIST, query)


def _report(row: EscrowRow) -> None:
    """A failed row of a good answer: absence is normal, anything else is raised."""
    known = error_class(row.fail_error, row.fail_message)
    if known is None:
        raise UnexpectedAnswerError(row.fail_message, marketplace="shopee", code=row.fail_error)
    if not issubclass(known, NotFoundError):
        raise known(row.fail_message, marketplace="shopee", code=row.fail_error)
    log.info("order has no income yet", extra={"marketplace": "shopee", "order": row.order_sn})
