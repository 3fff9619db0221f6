"""Amounts of statements and estimates, under TikTok Shop's own names and with its own signs (Partner reference 5, read 2026-11-24).

Real answers carry charges as negative numbers, so every amount of a breakdown is a line as it stands, and a settlement is the
sum of its lines. Withheld taxes keep their own names (`local_vat_amount`, `pit_amount`).
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from connectors.errors import UnexpectedAnswerError
from connectors.facts.order import Income, MoneyLine, MoneyStage
from connectors.facts.statement import Statement, StatementLine
from connectors.tiktok_shop.mapper.fees import EXPLAINING, KNOWN
from connectors.tiktok_shop.mapper.times import DAY, to_utc
from connectors.tiktok_shop.payloads import finance as theirs

log = logging.getLogger(__name__)

ORDER, RESERVE, PAID = "ORDER", "RESERVE", "PAID"
FOR_THE_GOODS = "subtotal_before_discount_amount"

Settled = tuple[theirs.Statement, theirs.Transaction]
Named = Iterator[tuple[str, int]]


def to_settled_income(order_id: str, settled: Sequence[Settled]) -> Income:
    """What the statements say of one order. `payout_vnd` is the sum of TikTok's own totals."""
    return Income(
        order_external_id=order_id,
        lines=tuple(_lines((_amounts(one), statement.id, "") for statement, one in settled)),
        payout_vnd=sum(settlement_vnd(one) for _, one in settled),
        settled_at=_settled_at(settled),
    )


def to_whole_income(story: theirs.OrderSettlement, settled: Sequence[Settled]) -> Income:
    """An order over all its statements, told SKU by SKU. Adjustments are only in the statements themselves."""
    adjustments = [(statement, one) for statement, one in settled if one.type != ORDER]
    parts = [(_parts(sku), sku.statement_id, sku.sku_id) for sku in story.sku_transactions]
    parts += [(_amounts(one), statement.id, "") for statement, one in adjustments]
    adjusted_vnd = sum(settlement_vnd(one) for _, one in adjustments)
    return Income(
        order_external_id=story.order_id,
        lines=tuple(_lines(parts)),
        payout_vnd=None if story.settlement_amount is None else story.settlement_amount + adjusted_vnd,
        settled_at=_settled_at(settled),
    )


def to_estimate(order_id: str, unsettled: Sequence[theirs.Unsettled]) -> Income:
    """What an order is expected to earn."""
    return Income(
        order_external_id=order_id,
        lines=tuple(_lines(((_amounts(one), "", "") for one in unsettled), MoneyStage.PROCESSING)),
        payout_vnd=sum(settlement_vnd(one) for one in unsettled),
    )


def to_statement(
    statement: theirs.Statement, transactions: Sequence[theirs.Transaction], payable_vnd: int | None
) -> Statement:
    """One day's statement. A reserve is held back from the payout, not from the settlement, so it is no line."""
    cut_at = to_utc(statement.statement_time)
    paid_at = statement.payment_time if statement.payment_status == PAID else None
    return Statement(
        external_id=statement.id,
        total_vnd=statement.settlement_amount,
        payout_vnd=payable_vnd,
        period_start=cut_at - DAY,
        period_end=cut_at,
        paid_at=to_utc(paid_at) if paid_at else None,
        raw_state=statement.payment_status,
        lines=tuple(
            StatementLine(order_external_id=order_of(one), code=one.type, amount_vnd=settlement_vnd(one))
            for one in transactions
            if one.type != RESERVE
        ),
    )


def order_of(one: theirs.Transaction | theirs.Unsettled) -> str:
    """The order a transaction is about; "" when it is about the shop."""
    return (one.order_id if one.type == ORDER else one.adjustment_order_id) or ""


def pays_for_goods(one: theirs.Transaction) -> bool:
    """The first settlement of an order; later ones only correct it."""
    return one.type == ORDER and one.revenue_breakdown.get(FOR_THE_GOODS, 0) > 0


def settlement_vnd(one: theirs.Transaction | theirs.Unsettled) -> int:
    """TikTok's own total. Raises UnexpectedAnswerError when a transaction names none."""
    amount = one.settlement_amount
    if amount is None and one.type != ORDER:
        amount = one.adjustment_amount
    if amount is None:
        raise UnexpectedAnswerError(f"a transaction of type {one.type} without amount", marketplace="tiktok_shop")
    return amount


def _settled_at(settled: Sequence[Settled]) -> datetime | None:
    return to_utc(max(statement.statement_time for statement, _ in settled)) if settled else None


def _lines(parts: Iterable[tuple[Named, str, str]], stage: MoneyStage = MoneyStage.SETTLED) -> Iterator[MoneyLine]:
    """What is not 0. An amount that is named twice stays two lines: a fee charged twice must not look like one."""
    for amounts, statement, line_id in parts:
        for code, amount in amounts:
            if amount:
                yield MoneyLine(
                    code=code, amount_vnd=amount, stage=stage, statement=statement, line_external_id=line_id
                )


def _amounts(one: theirs.Transaction | theirs.Unsettled) -> Named:
    """An order's parts, or an adjustment under the name of its kind."""
    if one.type == ORDER:
        yield from _parts(one)
    else:
        yield one.type, settlement_vnd(one)


def _parts(one: theirs.Amounted | theirs.Unsettled) -> Named:
    fees = one.fee_tax_breakdown.fee | one.fee_tax_breakdown.tax
    yield from _adding_up(one.revenue_breakdown, one.revenue_amount)
    yield from _adding_up(one.shipping_cost_breakdown, one.shipping_cost_amount)
    yield from _adding_up(fees, one.fee_tax_amount)


def _adding_up(amounts: Mapping[str, int], total: int | None) -> Named:
    """The amounts that make up a part. Names no table knows are warned of; they count unless the known ones are the total already."""
    known = {code: amount for code, amount in amounts.items() if code in KNOWN}
    yield from known.items()
    unknown = {code: amounts[code] for code in amounts.keys() - KNOWN - EXPLAINING if amounts[code]}
    for code in sorted(unknown):
        log.warning("income has an amount we do not know", extra={"marketplace": "tiktok_shop", "code": code})
        if sum(known.values()) != total:
            yield code, unknown[code]
