"""Finance transactions and payouts of one shop, read once and kept for one run (reference, section 4.4, read 2026-11-24).

A transaction names its statement by the week it covers, a payout by a number and the day it was cut: a payout belongs to
the week that ended last before that day. Nothing else joins the two.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from connectors.errors import UnexpectedAnswerError
from connectors.http import HttpChannel
from connectors.lazada.endpoints import PAYOUTS, TRANSACTIONS
from connectors.lazada.payloads.finance import Payout, PayoutsQuery, Transaction, TransactionsQuery
from connectors.lazada.times import read_period, to_day

PAGE = 500
LONGEST = timedelta(days=179)  # a window is shorter than 180 days
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
PAYOUTS_BACK = timedelta(days=179)


class Ledger:
    """Reads only what was not read yet. Days are Vietnam's."""

    def __init__(self, channel: HttpChannel, now: datetime) -> None:
        self.read_at = now
        self._channel = channel
        self._today = to_day(now)
        self._first = self._today + DAY  # the earliest day read
        self._lines: list[Transaction] = []
        self._periods: dict[str, tuple[date, date]] = {}  # by the name of a statement
        self._payouts: list[Payout] | None = None

    @property
    def payouts(self) -> list[Payout]:
        """Statements cut in the last half year, oldest first."""
        if self._payouts is None:
            query = PayoutsQuery(created_after=(self._today - PAYOUTS_BACK).isoformat())
            payouts = self._channel.call(PAYOUTS, query)
            self._payouts = sorted(payouts, key=lambda payout: payout.created_at)
        return self._payouts

    def reach(self, day: date) -> None:
        """Have every transaction from this day on."""
        while day < self._first:
            start = max(day, self._first - LONGEST)
            self._lines += self._read(start, self._first - DAY)
            self._first = start

    def reach_statement(self, payout: Payout) -> None:
        """Have every transaction of this payout's statement, however long its period is."""
        self.reach(to_day(payout.created_at) - WEEK - DAY)
        if name := self.statement_of(payout):
            self.reach(self._periods[name][0])

    def reach_open(self) -> None:
        """Have every transaction that no payout covers yet."""
        cut = to_day(self.payouts[-1].created_at) if self.payouts else self._today - PAYOUTS_BACK
        self.reach(cut - WEEK - DAY)

    def statement_of(self, payout: Payout) -> str | None:
        """The name transactions give this payout's statement; None when no transaction read so far has it."""
        cut = to_day(payout.created_at)
        ended = {end: name for name, (_, end) in self._periods.items() if cut - WEEK <= end < cut}
        return ended[max(ended)] if ended else None

    def lines(self) -> dict[str, list[Transaction]]:
        """By order, "" for the shop's own; none of a statement that begins before what was read: it would be in parts."""
        whole = {name for name, (start, _) in self._periods.items() if start >= self._first}
        found: dict[str, list[Transaction]] = defaultdict(list)
        for line in self._lines:
            if line.statement is None or line.statement in whole:
                found[line.order_no or ""].append(line)
        return found

    def cut(self) -> dict[str, Payout]:
        """Payouts by the name of their statement, as far as it was read."""
        named = ((self.statement_of(payout), payout) for payout in self.payouts)
        return {name: payout for name, payout in named if name is not None}

    def _noted(self, line: Transaction) -> Transaction:
        if line.statement and line.statement not in self._periods:
            self._periods[line.statement] = _period(line.statement)
        return line

    def _read(self, start: date, end: date) -> Iterator[Transaction]:
        """No total is told: a short page is the last."""
        offset, rows = 0, PAGE
        while rows == PAGE:
            query = TransactionsQuery(start_time=start.isoformat(), end_time=end.isoformat(), limit=PAGE, offset=offset)
            page = self._channel.call(TRANSACTIONS, query)
            yield from map(self._noted, page)
            offset, rows = offset + len(page), len(page)


def _period(name: str) -> tuple[date, date]:
    try:
        return read_period(name)
    except ValueError:
        raise UnexpectedAnswerError(f"not a statement's period: {name!r}", marketplace="lazada") from None
