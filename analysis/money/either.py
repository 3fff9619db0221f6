"""Money of a cut: from the sums, or while sums are due from the orders themselves, which say the same."""

from sqlalchemy.orm import Session

from analysis.dated import Dated
from analysis.money.facts import orders
from analysis.money.keys import keyed
from analysis.money.table import Money
from analysis.rollup.grains import Cut
from analysis.rollup.read import are_up_to_date, money
from analysis.sold import STAR


def money_of(session: Session, cut: Cut) -> Money:
    """The star is that of the day of placing, which sums by other days do not know."""
    if are_up_to_date(session) and not (STAR in cut.names and cut.dated is not Dated.PLACED):
        return money(session, cut)
    found = Money()
    found.add_orders(orders(session, cut.dated.within(cut.period)), keyed(session, cut.period, cut.names, cut.dated))
    return found
