"""What Shopee paid, by Vietnamese day: it pays order by order and names no statement, so a day is one, as in the API's answers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from connectors.facts.statement import Statement, StatementLine
from connectors.shopee.mapper.times import day_of, midnight

PAID = "payout_amount"  # the API's name of what an order brought


class Days:
    """Gathers amounts as a file is read; gives its statements after that."""

    def __init__(self) -> None:
        self._lines: dict[datetime, list[StatementLine]] = defaultdict(list)
        self._paid_at: dict[datetime, datetime] = {}

    def add(self, at: datetime, order: str, code: str, amount_vnd: int) -> None:
        """`order` "" is an amount of the shop as a whole."""
        day = midnight(at)
        self._lines[day].append(StatementLine(order_external_id=order, code=code, amount_vnd=amount_vnd))
        self._paid_at[day] = max(at, self._paid_at.get(day, at))

    def statements(self) -> Iterator[Statement]:
        yield from (self._statement(day) for day in sorted(self._lines))

    def _statement(self, day: datetime) -> Statement:
        lines = tuple(sorted(self._lines[day], key=lambda line: (line.order_external_id, line.code, line.amount_vnd)))
        total_vnd = sum(line.amount_vnd for line in lines)
        return Statement(
            external_id=day_of(day),
            total_vnd=total_vnd,
            payout_vnd=total_vnd,
            period_start=day,
            period_end=day + timedelta(days=1),
            paid_at=self._paid_at[day],
            lines=lines,
        )
