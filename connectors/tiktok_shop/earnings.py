"""What orders earn, and the statements that say so (Partner reference 5, read 2026-11-24).

Statements are cut daily at 00:00 UTC. Their transactions name every amount of a hundred orders a page, so what `pull_settled`
read last is remembered, and `pull_income` of the same connector answers from it. Only an order whose statements at hand merely
correct it, or that neither they nor the estimates name, is asked for by itself.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors.endpoint import NoPayload
from connectors.errors import NotFoundError
from connectors.facts.order import Income
from connectors.facts.statement import Statement
from connectors.tiktok_shop import endpoints as e
from connectors.tiktok_shop.mapper import money
from connectors.tiktok_shop.mapper.times import after, to_seconds
from connectors.tiktok_shop.paging import pages
from connectors.tiktok_shop.payloads import finance as theirs
from connectors.tiktok_shop.shop import TiktokShop

log = logging.getLogger(__name__)

PAGE = 100
UNSETTLED_REACH = timedelta(days=90)  # cash on delivery and returns settle within weeks
UNSETTLED_KEPT = timedelta(minutes=5)  # one sweep answers a whole run, which asks by fifties


class Earnings(TiktokShop):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._settled: dict[str, list[money.Settled]] = {}  # by order, of the last `pull_settled`
        self._unsettled: dict[str, list[theirs.Unsettled]] = {}
        self._unsettled_at: datetime | None = None

    def pull_settled(self, since: datetime, until: datetime) -> Iterator[str]:
        """Orders that a statement cut in [since, until] names."""
        settled: dict[str, list[money.Settled]] = defaultdict(list)
        for statement in self._statements(since, until):
            for one in self._transactions(statement)[1]:
                if one.type != money.RESERVE and (order_id := money.order_of(one)):
                    settled[order_id].append((statement, one))
        self._settled = dict(settled)
        yield from settled

    def pull_statements(self, since: datetime, until: datetime) -> Iterator[Statement]:
        for statement in self._statements(since, until):
            payable_vnd, transactions = self._transactions(statement)
            yield money.to_statement(statement, transactions, payable_vnd)

    def pull_income(self, order_ids: Sequence[str]) -> Iterator[Income]:
        """An order TikTok Shop has no amount for yet is left out."""
        for order_id in dict.fromkeys(order_ids):
            if (income := self._income(order_id)) is not None:
                yield income

    def _income(self, order_id: str) -> Income | None:
        settled = self._settled.get(order_id, [])
        if any(money.pays_for_goods(one) for _, one in settled):
            return money.to_settled_income(order_id, settled)
        if not settled and (estimates := self._estimates().get(order_id)):
            return money.to_estimate(order_id, estimates)
        return self._whole_story(order_id, settled)

    def _whole_story(self, order_id: str, settled: Sequence[money.Settled]) -> Income | None:
        try:
            story = self.call(e.ORDER_SETTLEMENT, NoPayload(), order_id=order_id)
        except NotFoundError:
            story = None
        if story is None or not (story.sku_transactions or settled):
            log.info("order has no income yet", extra={"marketplace": self.code, "order": order_id})
            return None
        return money.to_whole_income(story, settled)

    def _statements(self, since: datetime, until: datetime) -> Iterator[theirs.Statement]:
        start, end = to_seconds(since), after(until)
        for page in pages(
            lambda token: self.call(
                e.STATEMENTS,
                theirs.StatementQuery(statement_time_ge=start, statement_time_lt=end, page_size=PAGE, page_token=token),
            )
        ):
            yield from page.statements

    def _transactions(self, statement: theirs.Statement) -> tuple[int | None, list[theirs.Transaction]]:
        """What is payable, and each transaction once, however its pages overlap."""
        found = list(
            pages(
                lambda token: self.call(
                    e.TRANSACTIONS, theirs.TransactionQuery(page_size=PAGE, page_token=token), statement_id=statement.id
                )
            )
        )
        by_id = {one.id: one for page in found for one in page.transactions}
        return found[0].payable_amount, list(by_id.values())

    def _estimates(self) -> dict[str, list[theirs.Unsettled]]:
        """By order. What is settled meanwhile disappears from here."""
        now = self.clock.now()
        if self._unsettled_at is None or not now - self._unsettled_at < UNSETTLED_KEPT:
            found: dict[str, list[theirs.Unsettled]] = defaultdict(list)
            for one in self._read_unsettled(to_seconds(now - UNSETTLED_REACH)):
                found[money.order_of(one)].append(one)
            self._unsettled, self._unsettled_at = dict(found), now
        return self._unsettled

    def _read_unsettled(self, start: int) -> Iterator[theirs.Unsettled]:
        for page in pages(
            lambda token: self.call(
                e.UNSETTLED, theirs.UnsettledQuery(search_time_ge=start, page_size=PAGE, page_token=token)
            )
        ):
            yield from page.transactions
