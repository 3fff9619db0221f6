"""Finance transactions as signed amounts, payouts as statements (reference, section 4.4, read 2026-11-24).

There is no official Vietnamese list of fees: type and name are kept as they come, and nothing is known of them here.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.facts.statement import Statement, StatementLine
from connectors.lazada.payloads.finance import Payout, Transaction
from connectors.lazada.times import read_period, start_of

WITHHELD = "WHT_amount"  # a column of its own beside the amount
OPENING = "opening_balance"
OF_AN_ORDER = "order"


def to_income(order_id: str, lines: Iterable[Transaction], cut: Mapping[str, Payout]) -> Income:
    """Settled where a payout covers the line's statement, processing until then. Lazada names no total of an order.

    A fee that stands there twice is two lines. `settled_at` is when the last of its payouts was marked paid; None while
    one is not, or while an amount is processing.
    """
    told = [(line, cut.get(line.statement or "")) for line in lines]
    paid_at = [payout.updated_at if payout and payout.paid else None for _, payout in told]
    return Income(
        order_external_id=order_id,
        lines=tuple(money for line, payout in told for money in _money(line, payout)),
        settled_at=None if None in paid_at else max(moment for moment in paid_at if moment),
    )


def amounts(line: Transaction) -> Iterator[tuple[str, int]]:
    """The amount and, apart from it, the tax withheld on it; their sum is what moves. Zeroes say nothing."""
    code = f"{line.fee_type} {line.fee_name}"
    inside = line.WHT_amount if line.WHT_included_in_amount else 0
    if rest := line.amount - inside:
        yield code, rest
    if line.WHT_amount:
        yield f"{code} {WITHHELD}", line.WHT_amount


def to_statement(payout: Payout, name: str | None, lines: Mapping[str, Iterable[Transaction]]) -> Statement:
    """`name` is the period by which transactions speak of it, `lines` are all that was read, by order. Without any it says only its total."""
    start, end = (None, None) if name is None else read_period(name)
    return Statement(
        external_id=payout.statement_number,
        total_vnd=payout.closing_balance,
        payout_vnd=payout.payout,
        period_start=None if start is None else start_of(start),
        period_end=payout.created_at if end is None else start_of(end + timedelta(days=1)),
        paid_at=payout.updated_at if payout.paid else None,
        raw_state=f"paid={int(payout.paid)}",
        lines=(*_opening(payout), *_stated(name, lines)),
    )


def _money(line: Transaction, payout: Payout | None) -> Iterator[MoneyLine]:
    for code, amount_vnd in amounts(line):
        yield MoneyLine(
            code=code,
            amount_vnd=amount_vnd,
            stage=MoneyStage.SETTLED if payout else MoneyStage.PROCESSING,
            line_external_id=line.orderItem_no or "",
            statement=payout.statement_number if payout else "",
        )


def _opening(payout: Payout) -> Iterator[StatementLine]:
    """What was carried over from the statement before."""
    if payout.opening_balance:
        yield StatementLine(code=OPENING, amount_vnd=payout.opening_balance)


def _stated(name: str | None, lines: Mapping[str, Iterable[Transaction]]) -> Iterator[StatementLine]:
    """The sum of each order, and every amount that belongs to none."""
    for order_id, found in lines.items():
        stated = [one for line in found if name is not None and line.statement == name for one in amounts(line)]
        if not order_id:
            yield from (StatementLine(code=code, amount_vnd=amount_vnd) for code, amount_vnd in stated)
        elif stated:
            total_vnd = sum(amount_vnd for _, amount_vnd in stated)
            yield StatementLine(order_external_id=order_id, code=OF_AN_ORDER, amount_vnd=total_vnd)
