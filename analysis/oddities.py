"""Orders whose figures do not fit together. Nothing is corrected: each counts as its source tells it, and is named."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from analysis.money.attribution import Part
from analysis.money.facts import Order
from catalog.money_codes import MoneyClass


class Kind(StrEnum):
    PAYOUT_DIFFERS = "payout_differs"
    REFUND_EXCEEDS_GOODS = "refund_exceeds_goods"
    NEGATIVE_PAYOUT = "negative_payout"
    MORE_BACK_THAN_SOLD = "more_back_than_sold"
    MONEY_WITHOUT_LINES = "money_without_lines"


class Odd(NamedTuple):
    """The amount there is, and the one it is held against; đồng, or pieces for `more_back_than_sold`."""

    kind: Kind
    amount_vnd: int
    against_vnd: int


def oddities(order: Order, money: Iterable[Part]) -> Iterator[Odd]:
    """`money` are the order's parts (`attribution.parts`)."""
    stage = "processing" if order.settled_at is None else "settled"
    lines_vnd = sum(amount.amount_vnd for amount in order.amounts if amount.stage == stage)
    if order.payout_vnd is not None and lines_vnd != order.payout_vnd:
        yield Odd(Kind.PAYOUT_DIFFERS, lines_vnd, order.payout_vnd)
    yield from _of_what_was_paid(order, [part for part in money if part.stage == "settled"])
    back = sum(line.cancelled + line.returned for line in order.lines if line.stayed < 0)
    if back:
        yield Odd(Kind.MORE_BACK_THAN_SOLD, back, sum(line.quantity for line in order.lines if line.stayed < 0))
    if order.amounts and not order.lines:
        yield Odd(Kind.MONEY_WITHOUT_LINES, sum(amount.amount_vnd for amount in order.amounts), 0)


def _of_what_was_paid(order: Order, paid: Sequence[Part]) -> Iterator[Odd]:
    goods_vnd = sum(part.amount_vnd for part in paid if part.kind is MoneyClass.GOODS)
    refund_vnd = -sum(part.amount_vnd for part in paid if part.kind is MoneyClass.REFUND)
    if refund_vnd > max(goods_vnd, sum(line.goods_vnd for line in order.lines)):
        yield Odd(Kind.REFUND_EXCEEDS_GOODS, refund_vnd, goods_vnd)
    net_vnd = sum(part.amount_vnd for part in paid)
    if net_vnd < 0:
        yield Odd(Kind.NEGATIVE_PAYOUT, net_vnd, 0)
