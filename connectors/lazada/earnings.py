"""What orders earn, and which statements paid it (reference, section 4.4, read 2026-11-24)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from connectors.facts.order import Income
from connectors.facts.statement import Statement
from connectors.lazada.ledger import Ledger
from connectors.lazada.mapper.money import to_income, to_statement
from connectors.lazada.payloads.finance import Payout
from connectors.lazada.shop import LazadaShop
from connectors.lazada.times import to_day

FRESH = timedelta(hours=1)  # as long as one run may take
LOOK_BACK = timedelta(days=90)  # where nobody said since when


class Earnings(LazadaShop):
    """Transactions cannot be asked for by fifty orders, so a run's are read by date, once, and orders are picked from them.

    `pull_settled` begins a new reading, which `pull_income` of the same connector goes on with.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ledger: Ledger | None = None

    def pull_settled(self, since: datetime, until: datetime) -> Iterator[str]:
        """Orders whose statement was cut or paid in [since, until]."""
        ledger = self._ledger = Ledger(self._channel, self.clock.now())
        names = {name for name, _ in _changed(ledger, since, until)}
        for order_id, lines in ledger.lines().items():
            if order_id and any(line.statement in names for line in lines):
                yield order_id

    def pull_income(self, order_ids: Sequence[str]) -> Iterator[Income]:
        """An order without any transaction yet is left out."""
        ledger = self._read_ledger()
        ledger.reach_open()
        cut, lines = ledger.cut(), ledger.lines()
        for order_id in dict.fromkeys(order_ids):
            if found := lines.get(order_id):
                yield to_income(order_id, found, cut)

    def pull_statements(self, since: datetime, until: datetime) -> Iterator[Statement]:
        ledger = Ledger(self._channel, self.clock.now())
        changed = list(_changed(ledger, since, until))
        lines = ledger.lines()
        yield from (to_statement(payout, name, lines) for name, payout in changed)

    def _read_ledger(self) -> Ledger:
        now = self.clock.now()
        if self._ledger is None or now - self._ledger.read_at > FRESH:
            self._ledger = Ledger(self._channel, now)
            self._ledger.reach(to_day(now - LOOK_BACK))
        return self._ledger


def _changed(ledger: Ledger, since: datetime, until: datetime) -> Iterator[tuple[str | None, Payout]]:
    """Payouts cut or changed in [since, until], with the name of their statement; its transactions are read."""
    for payout in reversed(ledger.payouts):  # newest first: the reading goes back in time
        if since <= payout.updated_at <= until or since <= payout.created_at <= until:
            ledger.reach_statement(payout)
            yield ledger.statement_of(payout), payout
