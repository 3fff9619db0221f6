"""Fees no table has a rate for, as the share of the goods they came to lately: an observation, never mixed with rates."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from analysis.fees.expected import told
from analysis.money.attribution import parts
from analysis.money.facts import orders, placed_in
from analysis.report import Period
from analysis.revenue import NOT_REVENUE
from catalog.fees import FeeRule, rule_for

REACH = timedelta(days=90)


def recent_shares(session: Session, period: Period, rules: Sequence[FeeRule]) -> dict[str, Fraction]:
    """By marketplace: fees without a rate ÷ goods, over orders of the 90 days to the period's last day that stand.

    A marketplace without such orders is absent: nothing is known of its other fees.
    """
    lately = Period(period.last - REACH, period.last, period.zone)
    goods: Counter[str] = Counter()
    charged: Counter[str] = Counter()
    for order in orders(session, placed_in(lately)):
        money = [part for part in parts(order) if part.stage != "placed"]
        if order.state in NOT_REVENUE or not money:
            continue
        said, day = told(order.marketplace, money), order.placed_at.astimezone(period.zone).date()
        goods[order.marketplace] += sum(base.goods_vnd + base.refund_vnd for base in said.bases.values())
        charged[order.marketplace] -= sum(
            vnd for code, vnd in said.charged.items() if not _has_rate(rules, order.marketplace, code, day)
        )
    return {market: Fraction(charged[market], vnd) for market, vnd in goods.items() if vnd > 0}


def _has_rate(rules: Sequence[FeeRule], marketplace: str, code: str, on: date) -> bool:
    return rule_for(rules, marketplace, code, None, on) is not None
