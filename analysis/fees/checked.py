"""An order's fees held against the table, each difference with its cause."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from analysis.fees.expected import SubGroupOf, expected, told
from analysis.money.attribution import parts
from analysis.money.facts import Order
from analysis.revenue import NOT_REVENUE
from catalog.fees import FeeRule
from catalog.money_codes import fee_of
from models.order import REPEATED


class Cause(StrEnum):
    AS_EXPECTED = "as_expected"
    ROUNDING = "rounding"  # at most a đồng a piece: some marketplaces charge piece by piece
    TWICE = "charged_twice"
    NOT_CHARGED = "not_charged"
    AFTER_RETURN = "charged_after_return"
    OTHER_RATE = "other_rate"
    NO_RATE = "no_rate"  # the table has none for these goods on that day


class Check(NamedTuple):
    """One fee of one order; signed đồng. `expected_vnd` None: the table does not say."""

    code: str
    stage: str
    expected_vnd: int | None
    charged_vnd: int
    cause: Cause


def checks(order: Order, rules: Sequence[FeeRule], on: date, sub_group: SubGroupOf) -> Iterator[Check]:
    """Every fee the table expects on the order's day or that was charged; none while no money but the placed is known.

    A marketplace may have paid a part and estimate the rest: both together are the order's fees.
    """
    money = [part for part in parts(order) if part.stage != "placed"]
    if not money:
        return
    stage = "processing" if any(part.stage == "processing" for part in money) else "settled"
    said = told(order.marketplace, money)
    due = expected(rules, order.marketplace, on, said, sub_group, is_undone=order.state in NOT_REVENUE)
    optional = {rule.code for rule in rules if rule.is_optional and rule.marketplace == order.marketplace}
    again = _named_again(order)
    pieces = sum(line.quantity for line in order.lines)
    for code in sorted(due.keys() | said.charged.keys()):
        charged_vnd, expected_vnd = said.charged[code], due.get(code)
        if charged_vnd or (expected_vnd and code not in optional):
            cause = _cause(expected_vnd, charged_vnd, again[code], pieces)
            yield Check(code, stage, expected_vnd, charged_vnd, cause)


def _named_again(order: Order) -> Counter[str]:
    """What each fee comes to of amounts that an answer named a second time: of one piece of several, perhaps."""
    again = {  # an estimate and the statement after it name the same amount
        (amount.line, amount.code): amount.amount_vnd
        for amount in order.amounts
        if amount.stage != "placed" and REPEATED in amount.line
    }
    found: Counter[str] = Counter()
    for (_, code), amount_vnd in again.items():
        found[fee_of(order.marketplace, code)] += amount_vnd
    return found


def _cause(expected_vnd: int | None, charged_vnd: int, again_vnd: int, pieces: int) -> Cause:
    if expected_vnd is None:
        return Cause.NO_RATE
    if charged_vnd == expected_vnd:
        return Cause.AS_EXPECTED
    if abs(charged_vnd - expected_vnd) <= pieces:
        return Cause.ROUNDING
    if expected_vnd == 0:
        return Cause.AFTER_RETURN
    if charged_vnd == 0:
        return Cause.NOT_CHARGED
    is_twice = any(
        extra_vnd and abs(charged_vnd - expected_vnd - extra_vnd) <= pieces for extra_vnd in (expected_vnd, again_vnd)
    )
    return Cause.TWICE if is_twice else Cause.OTHER_RATE
