"""Which line of an order each amount belongs to, and what it is. Nothing is lost on the way: the parts add up to the amounts.

An amount that names a line is that line's. One of the whole order, or one whose line nobody knows (a marketplace that books
piece by piece names pieces, our lines hold several), is spread over the lines by the value of their goods: all amounts of the
code in that order together, so that what is known of one piece does not weigh twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.money.facts import Amount, Line, Order
from analysis.money.spread import spread
from analysis.sold import NOT_REVENUE
from catalog.money_codes import MoneyClass, money_class
from models.order import REPEATED

STAGES = ("placed", "processing", "settled")


class Part(NamedTuple):
    """A line's part of an amount. `kind` None: a name nobody has classed. `line` None: the order has no line at all."""

    line: Line | None
    stage: str
    code: str
    kind: MoneyClass | None
    amount_vnd: int


def parts(order: Order) -> Iterator[Part]:
    """All money of the order that stands at its stage.

    Of an order that was undone only settled money is money; of one that was settled the earlier estimate is not shown.
    Placed money is told net of what was cancelled or sent back since.
    """
    for stage, code, amounts in standing(order):
        yield from _of_code(order, stage, code, amounts)
    if _stands(order, "placed"):
        yield from _told_by_lines(order)
        yield from _gone(order)


def pieces(order: Order) -> Iterator[tuple[Line, str, int]]:
    """Pieces that stayed sold, by line and each stage at which the order has money; none of an undone order."""
    if order.state in NOT_REVENUE:
        return
    told = {"placed", *(amount.stage for amount in order.amounts)}
    for line in order.lines:
        for stage in sorted(told):
            if line.stayed and _stands(order, stage):
                yield line, stage, line.stayed


def _stands(order: Order, stage: str) -> bool:
    if stage == "settled":
        return True
    return order.state not in NOT_REVENUE and (stage == "placed" or order.settled_at is None)


def standing(order: Order) -> Iterator[tuple[str, str, list[Amount]]]:
    """Amounts by stage and code, of the stages that stand.

    An estimate ends, line by line and code by code, when a statement names the amount, paid or not yet.
    """
    paid = {(amount.line, amount.code) for amount in order.amounts if amount.stage == "settled"}
    grouped: dict[tuple[str, str], list[Amount]] = defaultdict(list)
    for amount in order.amounts:
        if amount.stage != "processing" or (amount.line, amount.code) not in paid:
            grouped[amount.stage, amount.code].append(amount)
    for (stage, code), amounts in grouped.items():
        if _stands(order, stage):
            yield stage, code, amounts


def _of_code(order: Order, stage: str, code: str, amounts: Sequence[Amount]) -> Iterator[Part]:
    kind = money_class(order.marketplace, code)
    for line, amount_vnd in _placed_on_lines(order, kind, amounts):
        if kind is MoneyClass.GOODS_LESS_VOUCHER:
            yield from _taken_apart(line, stage, code, amount_vnd)
        elif amount_vnd:
            yield Part(line, stage, code, kind, amount_vnd)


def _placed_on_lines(
    order: Order, kind: MoneyClass | None, amounts: Sequence[Amount]
) -> Iterator[tuple[Line | None, int]]:
    by_id = {line.external_id: line for line in order.lines}
    named = [by_id.get(amount.line.partition(REPEATED)[0]) for amount in amounts]
    if None not in named:
        yield from zip(named, (amount.amount_vnd for amount in amounts), strict=True)
        return
    total_vnd = sum(amount.amount_vnd for amount in amounts)
    if not order.lines:
        yield None, total_vnd
        return
    yield from zip(order.lines, spread(total_vnd, _weights(order.lines, kind)), strict=True)


def _weights(lines: Sequence[Line], kind: MoneyClass | None) -> list[int]:
    """A refund belongs to what was sent back; all else to the goods that were not cancelled."""
    returned = [line.returned * line.unit_price_vnd for line in lines]
    if kind is MoneyClass.REFUND and any(returned):
        return returned
    kept = [(line.quantity - line.cancelled) * line.unit_price_vnd for line in lines]
    return kept if any(kept) else [line.goods_vnd for line in lines]


def _taken_apart(line: Line | None, stage: str, code: str, amount_vnd: int) -> Iterator[Part]:
    """Goods at the line's price, and what is missing from them as the seller's voucher."""
    goods_vnd = amount_vnd if line is None else line.goods_vnd
    yield Part(line, stage, code, MoneyClass.GOODS, goods_vnd)
    if amount_vnd != goods_vnd:
        yield Part(line, stage, code, MoneyClass.SELLER_VOUCHER, amount_vnd - goods_vnd)


def _told_by_lines(order: Order) -> Iterator[Part]:
    """A source that names no placed money (a file of orders) still says what each line costs."""
    if not any(amount.stage == "placed" for amount in order.amounts):
        yield from (Part(line, "placed", "", MoneyClass.GOODS, line.goods_vnd) for line in order.lines)


def _gone(order: Order) -> Iterator[Part]:
    """What was cancelled or sent back of an order that otherwise stands, at the buyer's price."""
    for line in order.lines:
        if pieces := line.quantity - line.stayed:
            yield Part(line, "placed", "", MoneyClass.REFUND, -pieces * line.unit_price_vnd)
