"""The money table from the sums: the same figures as from the orders themselves."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from analysis.money.table import Money
from analysis.rollup.build import codes_digest
from analysis.rollup.grains import MONEY, UNCLASSED, Cut, rows
from analysis.rollup.names import Naming, shops
from models import RollupDue, RollupState


def are_up_to_date(session: Session) -> bool:
    """Nothing is due, and the sums rest on today's codes."""
    if session.scalar(select(RollupState.codes_digest)) != codes_digest():
        return False
    return not session.scalar(select(exists().where(RollupDue.shop_id.is_not(None))))


def money(session: Session, cut: Cut) -> Money:
    """Raises nothing of its own: ask `are_up_to_date` first."""
    found, naming = Money(), Naming(session, cut.names)
    for fine, shop_id, when, stage, *figures in rows(session, MONEY, cut):
        found.add((naming.key(fine, shop_id, when), stage), figures)
    _add_unclassed(session, cut, naming, found)
    return found


def _add_unclassed(session: Session, cut: Cut, naming: Naming, found: Money) -> None:
    """Of each shop apart, for a name is a marketplace's own."""
    of_shop = shops(session)
    apart = cut._replace(names=(*cut.names, "shop"))
    for fine, shop_id, when, stage, code, amount_vnd in rows(session, UNCLASSED, apart):
        found.add_unclassed((naming.key(fine, shop_id, when), stage), f"{of_shop[shop_id][0]}:{code}", amount_vnd)
