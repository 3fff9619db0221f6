"""What a marketplace's statements and payouts state, in their own words and sums."""

from datetime import datetime

from catalog.base import Fact


class StatementLine(Fact):
    """One amount as the statement itself states it. `order_external_id` "" is an amount of the shop as a whole.

    The code "opening_balance" is kept for what was carried over from the statement before.
    """

    order_external_id: str = ""
    code: str
    amount_vnd: int


class Statement(Fact):
    """One statement or payout as the marketplace states it. It is held against its lines; a difference is shown.

    `external_id` equals `MoneyLine.statement` of the amounts it covers. `lines` are what the statement says by order
    (its sum an order, not every fee) and every amount that belongs to no order; empty where it says only its total.
    """

    external_id: str
    total_vnd: int  # what the statement comes to, in its own words
    payout_vnd: int | None = None  # what was or will be paid out for it; None: it does not say
    period_start: datetime | None = None
    period_end: datetime  # the moment it was cut; an order settled before it and named by none is missing
    paid_at: datetime | None = None
    raw_state: str = ""
    lines: tuple[StatementLine, ...] = ()
